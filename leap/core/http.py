"""Small things every view stands on, and what every page shows around its content."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import is_valid_path

from leap.core import parse

if TYPE_CHECKING:
    from leap.core.accounts.models import User

SEARCH = "/families/"
WITH_FAMILIES, WITH_NUMBERS, IN_PROGRAMME = "families", "numbers", "programme"
RUNS_SOMETHING, DECIDES = "runs", "decides"
NAVIGATION = (
    ("My work", "/", ""),
    ("Families", SEARCH, WITH_FAMILIES),
    ("Referrals", "/referrals/", WITH_FAMILIES),
    ("Sites", "/sites/", ""),
    ("Outcomes", "/outcomes/", WITH_NUMBERS),
    ("Reports", "/reports/", IN_PROGRAMME),
    ("Possible duplicates", "/merging/duplicates/", DECIDES),
    ("Administration", "/admin/", RUNS_SOMETHING),
)
FOOTER = (
    ("What’s on", "/whats-on/"),
    ("Last night", "/outcomes/last-night/"),
    ("Is everything working?", "/health/"),
    ("For other systems", "/api/v1/docs/"),
    ("Help", "/help/"),
)


def signed_in(request: HttpRequest) -> "User":
    """The practitioner behind the request. LoginRequiredMiddleware has let nobody else through."""
    return cast("User", request.user)


def clean_fields(sent: QueryDict) -> QueryDict:
    """What was sent, by leap.core.parse: the one reader of text. A password is as it is."""
    cleaned = QueryDict(mutable=True)
    for name, values in sent.lists():
        if "password" in name:
            cleaned.setlist(name, values)
        else:
            cleaned.setlist(parse.clean_text(name), [parse.clean_text(each) for each in values])
    cleaned._mutable = False
    return cleaned


def address_of(request: HttpRequest) -> str:
    """Where the request comes from. Behind our TLS front, what the front says; else the socket."""
    told = str(request.headers.get("X-Forwarded-For", "")) if settings.SECURE else ""
    return told.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": settings.DEMO, "provider": _provider()}
    return {
        "demo": settings.DEMO,
        "provider": _provider(),
        "seconds": settings.SESSION_COOKIE_AGE,
        "signed_in": user,
        "team": _where(user),
        "navigation": _navigation(user, request.path),
        "search_url": SEARCH if _works_with_families(user) else "",
        "footer_links": [_link(*one) for one in FOOTER if is_valid_path(one[1])],
    }


def _provider() -> str:
    """What the organisation's own sign-in is called, where there is one."""
    return str(settings.OIDC_NAME) if settings.OIDC_ISSUER else ""


def _navigation(user: "User", path: str) -> list[dict[str, Any]]:
    may = {
        "": True,
        WITH_FAMILIES: _works_with_families(user),
        WITH_NUMBERS: _works_with_families(user) or bool(user.programme_role),
        IN_PROGRAMME: user.is_admin or user.is_analyst,
        DECIDES: user.programme_role == user.ProgrammeRole.QUALITY,
        RUNS_SOMETHING: user.is_admin or bool(user.managed_team_ids),
    }
    return [
        _link(label, url, active=path == "/" if url == "/" else path.startswith(url))
        for label, url, kind in NAVIGATION
        if may[kind] and is_valid_path(url)
    ]


def _works_with_families(user: "User") -> bool:
    """Champions and programme staff have no families to look for. The views decide, not this."""
    return any(team.discipline not in ("champions", "programme") for team in user.teams)


def _where(user: "User") -> str:
    names = [team.name for team in user.teams]
    if not names:
        return str(user.get_programme_role_display()) if user.programme_role else ""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _link(label: str, url: str, active: bool = False) -> dict[str, Any]:
    return {"label": label, "url": url, "active": active}
