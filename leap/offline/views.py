"""Taking today's visits along, and what was written meanwhile coming in."""

from datetime import UTC, datetime
from time import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.actions import open_record
from families.reading import family_for
from leap.http import signed_in
from leap.offline import bundle, choosing, sealing, sending, shell, taking
from leap.offline.choosing import MOST

UNREADABLE = (
    "This contact cannot be read here any more: the keys have changed since it was written. Open it"
    " on the device, copy it, and log it again."
)
COLOUR = "#4d1f3d"


@login_not_required
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The page that a device keeps: the same for everybody, and without anybody in it."""
    page = loader.get_template("offline/today.html")
    return HttpResponse(page.render({"demo": settings.DEMO, "provider": settings.OIDC_ISSUER}))


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Choose whom to take along; then, to the device, whose they are and until when."""
    user = signed_in(request)
    if request.method == "POST":
        return _begin(request)
    offered = choosing.offered(user, request.GET.get("family", "").upper()[:20])
    return render(request, "offline/take.html", {"offered": offered, "most": MOST})


def _begin(request: HttpRequest) -> JsonResponse:
    user = signed_in(request)
    begun = taking.begin(user)
    since = datetime.fromtimestamp(int(request.session.get("since", time())), UTC)
    until = timezone.localtime(taking.until(since))
    return JsonResponse(
        {
            "who": str(user.ref),
            "name": user.name,
            "taken": begun.token,
            "at": begun.at.isoformat(),
            "until": until.isoformat(),
            "public": sealing.public_key(begun.token),
        }
    )


@require_GET
def visit(request: HttpRequest, ref: str) -> JsonResponse:
    """One family for the device. Each time is an opening in the log, said to be taken along."""
    user = signed_in(request)
    family = family_for(user, ref, for_the_log=True)
    choosing.check_may_leave(family, user)
    along = bundle.visit(family, user)
    open_record(family=family, by=user, seen=set(), how="offline")
    return JsonResponse({**along, "since": timezone.now().isoformat()})


@require_POST
@sensitive_post_parameters()
def send(request: HttpRequest) -> JsonResponse:
    """One contact from a device, safe to send any number of times. `keep` puts what cannot be
    logged with the drafts: the device has nothing left to show it with."""
    user, taken = signed_in(request), taking.read(request.POST.get("taken", ""))
    if taken is None or taken.who != user.ref:
        return JsonResponse({"state": sending.WAIT, "sentence": UNREADABLE}, status=403)
    try:
        written = sending.read(request.POST.get("sealed", ""), taken)
    except sealing.UnreadableError:
        return JsonResponse({"state": sending.REFUSED, "sentence": UNREADABLE}, status=422)
    answer = _answer(written, request)
    return JsonResponse(answer)


def _answer(written: sending.Written, request: HttpRequest) -> dict[str, object]:
    user, how = signed_in(request), request.POST.get("how", "")
    if how == "draft":  # begun on the device, and never finished there
        return sending.keep(written, user)
    answer = sending.send(written, user)
    if how == "keep" and answer["state"] != sending.SENT:
        return sending.keep(written, user)
    return answer


@login_not_required
@never_cache
@require_POST
def still(request: HttpRequest) -> JsonResponse:
    """Whether what a device has taken may stay there, and who is signed in on it."""
    taken = taking.read(request.POST.get("taken", ""))
    who = str(signed_in(request).ref) if request.user.is_authenticated else ""
    return JsonResponse({"holds": taken is not None and taking.holds(taken), "who": who})


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: which files to keep, and that it never keeps anything else."""
    kept = {"files": shell.files(), "version": shell.version()}
    return render(request, "offline/worker.js", kept, content_type="text/javascript")


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """What makes LEAP an app on the home screen."""
    icons = [
        {"src": static(f"offline/leap-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    app = {
        "id": "/",
        "name": "LEAP",
        "short_name": "LEAP",
        "lang": "en-GB",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "icons": [*icons, {**icons[1], "purpose": "maskable"}],
    }
    return JsonResponse(app, content_type="application/manifest+json")
