"""Small things every view stands on, and what every page shows around its content."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from leap.accounts.models import User

WITH_FAMILIES, WITH_NUMBERS = "families", "numbers"
NAVIGATION = (
    ("My work", "my_work", ""),
    ("Families", "families:search", WITH_FAMILIES),
    ("Referrals", "referrals:queue", WITH_FAMILIES),
    ("Sites", "sites:sites", ""),
    ("Outcomes", "outcomes:outcomes", WITH_NUMBERS),
    ("Reports", "reports:reports", WITH_NUMBERS),
)
FOOTER = (
    ("What’s on", "whats_on"),
    ("Last night", "outcomes:last_night"),
    ("Is everything working?", "health"),
    ("Help", "help"),
    ("Interface for other systems", "api_docs"),
)


def signed_in(request: HttpRequest) -> "User":
    """The practitioner behind the request. LoginRequiredMiddleware has let nobody else through."""
    return cast("User", request.user)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": settings.DEMO}
    return {
        "demo": settings.DEMO,
        "signed_in": user,
        "team": _where(user),
        "navigation": _navigation(user, request.path),
        "search_url": _address("families:search") if _works_with_families(user) else "",
        "footer_links": [link for label, name in FOOTER if (link := _link(label, name))],
    }


def _navigation(user: "User", path: str) -> list[dict[str, Any]]:
    may = {
        "": True,
        WITH_FAMILIES: _works_with_families(user),
        WITH_NUMBERS: _works_with_families(user) or bool(user.programme_role),
    }
    links = [link for label, name, kind in NAVIGATION if may[kind] and (link := _link(label, name))]
    for link in links:
        home = link["url"] == "/"
        link["active"] = path == "/" if home else path.startswith(link["url"])
    return links


def _works_with_families(user: "User") -> bool:
    """Champions and programme staff have no families to look for. The views decide, not this."""
    return any(team.discipline not in ("champions", "programme") for team in user.teams)


def _where(user: "User") -> str:
    names = [team.name for team in user.teams]
    if not names:
        return str(user.get_programme_role_display()) if user.programme_role else ""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _link(label: str, name: str) -> dict[str, Any] | None:
    url = _address(name)
    return {"label": label, "url": url} if url else None


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
