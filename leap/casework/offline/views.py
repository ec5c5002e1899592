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

from families.access.access_log_actions import open_record
from families.access.loading import family_for
from leap.casework.offline import (
    app_shell,
    device_lease,
    payload_crypto,
    submissions,
    visit_bundle,
    visit_picker,
)
from leap.casework.offline.visit_picker import MOST
from leap.core.http import signed_in

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
        begin = signed_in(request)
        begun = device_lease.begin(begin)
        since = datetime.fromtimestamp(int(request.session.get("since", time())), UTC)
        until = timezone.localtime(device_lease.lease_end(since))
        return JsonResponse(
            {
                "who": str(begin.ref),
                "name": begin.name,
                "taken": begun.token,
                "at": begun.at.isoformat(),
                "until": until.isoformat(),
                "public": payload_crypto.public_key(begun.token),
            }
        )
    offered = visit_picker.families_offered(user, request.GET.get("family", "").upper()[:20])
    return render(request, "offline/take.html", {"offered": offered, "most": MOST})


@require_GET
def visit(request: HttpRequest, ref: str) -> JsonResponse:
    """One family for the device. Each time is an opening in the log, said to be taken along."""
    user = signed_in(request)
    family = family_for(user, ref, for_the_log=True)
    visit_picker.check_may_leave(family, user)
    along = visit_bundle.visit(family, user)
    open_record(family=family, by=user, seen=set(), how="offline")
    return JsonResponse({**along, "since": timezone.now().isoformat()})


@require_POST
@sensitive_post_parameters()
def send(request: HttpRequest) -> JsonResponse:
    """One contact from a device, safe to send any number of times. `keep` puts what cannot be
    logged with the drafts: the device has nothing left to show it with."""
    user, taken = signed_in(request), device_lease.read(request.POST.get("taken", ""))
    if taken is None or taken.who != user.ref:
        return JsonResponse({"state": submissions.WAIT, "sentence": UNREADABLE}, status=403)
    try:
        written = submissions.read(request.POST.get("sealed", ""), taken)
    except payload_crypto.UnreadableError:
        return JsonResponse({"state": submissions.REFUSED, "sentence": UNREADABLE}, status=422)
    answer = _answer(written, request)
    return JsonResponse(answer)


def _answer(written: submissions.Written, request: HttpRequest) -> dict[str, object]:
    user, how = signed_in(request), request.POST.get("how", "")
    if how == "draft":  # begun on the device, and never finished there
        return submissions.keep(written, user)
    answer = submissions.send(written, user)
    if how == "keep" and answer["state"] != submissions.SENT:
        return submissions.keep(written, user)
    return answer


@login_not_required
@never_cache
@require_POST
def lease_state(request: HttpRequest) -> JsonResponse:
    """Whether what a device has taken may stay there, and who is signed in on it."""
    taken = device_lease.read(request.POST.get("taken", ""))
    who = str(signed_in(request).ref) if request.user.is_authenticated else ""
    return JsonResponse(
        {"holds": taken is not None and device_lease.is_lease_valid(taken), "who": who}
    )


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: which files to keep, and that it never keeps anything else."""
    context = {"files": app_shell.files(), "version": app_shell.version()}
    return render(request, "offline/worker.js", context, content_type="text/javascript")


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
