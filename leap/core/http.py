"""Small things every view stands on, and what every page shows around its content."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import is_valid_path

from leap.core import parse
from leap.core.accounts.permissions import Capability

if TYPE_CHECKING:
    from leap.core.accounts.models import User

SEARCH = "/families/"
# Label, address, and the capabilities of which one is enough; the views decide, not this.
NAVIGATION: tuple[tuple[str, str, tuple[Capability, ...]], ...] = (
    ("My work", "/", ()),
    ("Families", SEARCH, (Capability.HOLD_FAMILIES,)),
    ("Referrals", "/referrals/", (Capability.HOLD_FAMILIES,)),
    ("Sites", "/sites/", ()),
    ("Outcomes", "/outcomes/", (Capability.HOLD_FAMILIES, Capability.SEE_PROGRAMME)),
    ("Reports", "/reports/", (Capability.READ_REPORTS,)),
    ("Possible duplicates", "/merging/duplicates/", (Capability.DECIDE_DUPLICATES,)),
    ("Administration", "/admin/", (Capability.SEE_ADMINISTRATION,)),
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
            cleaned.setlist(parse.clean_text(name), [parse.clean_text(value) for value in values])
    cleaned._mutable = False
    return cleaned


def address_of(request: HttpRequest) -> str:
    """Where the request comes from. Behind our TLS front, what the front says; else the socket."""
    forwarded = str(request.headers.get("X-Forwarded-For", "")) if settings.SECURE else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": settings.DEMO, "provider": _provider()}
    path = request.path
    return {
        "demo": settings.DEMO,
        "provider": _provider(),
        "seconds": settings.SESSION_COOKIE_AGE,
        "signed_in": user,
        "team": _where(user),
        "navigation": [
            _link(label, url, active=path == "/" if url == "/" else path.startswith(url))
            for label, url, needed in NAVIGATION
            if is_valid_path(url) and (not needed or any(map(user.can, needed)))
        ],
        "search_url": SEARCH if user.can(Capability.HOLD_FAMILIES) else "",
        "footer_links": [_link(*one) for one in FOOTER if is_valid_path(one[1])],
    }


def _provider() -> str:
    """What the organisation's own sign-in is called, where there is one."""
    return str(settings.OIDC_NAME) if settings.OIDC_ISSUER else ""


def _where(user: "User") -> str:
    names = [team.name for team in user.teams]
    if not names:
        return str(user.get_programme_role_display()) if user.programme_role else ""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _link(label: str, url: str, active: bool = False) -> dict[str, Any]:
    return {"label": label, "url": url, "active": active}
