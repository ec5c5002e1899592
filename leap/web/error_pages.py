"""Pages for when something cannot be done: what is wrong, and what to do next."""

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.template.defaultfilters import pluralize
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from leap.core.api.problems import problem
from leap.core.http import signed_in
from leap.core.outbox.drafts import free_text_of_refused
from leap.core.outbox.idempotency import ANOTHER, SavedBefore

HEADINGS = {
    400: "That request could not be read",
    403: "This is not yours to do",
    404: "Page not found",
    409: "This cannot be done now",
    413: "That is too much to send at once",
    429: "Slow down a little",
}
NEVER_SHOWN_AGAIN = ("csrfmiddlewaretoken", "password", "proof", "new_password")
MADE_FOR = "made_for"  # whose page the form was on; see leap.web.middleware.FormOwnerMiddleware
NOT_TYPED = ("submission", "next", MADE_FOR)


def refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """A refusal by a rule, with what was typed, which nobody should have to type again."""
    typed = free_text_of_refused(request) if request.user.is_authenticated else []
    return refusal(request, status, sentence, typed=typed)


def refusal(
    request: HttpRequest,
    status: int,
    sentence: str,
    next_step: str = "",
    typed: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """A page with one sentence; for programs under /api/, the same as problem+json."""
    heading = HEADINGS[status]
    if request.path.startswith("/api/"):
        return problem(request, status, sentence)
    context = {"heading": heading, "sentence": sentence, "next_step": next_step, "typed": typed}
    context["came_from"] = _came_from(request)
    return render(request, "error.html", context, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours that led here, to go back to; an empty string where there was none."""
    address = request.headers.get("Referer", "")
    try:
        request.get_host()
    except DisallowedHost:  # sent to another host than ours: that is what is being refused
        return ""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    here = request.method == "GET" and address == request.build_absolute_uri()
    return address if ours and address.startswith("http") and not here else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        sentence = "Nothing was changed: the page was sent more than it takes."
        return refusal(request, 413, sentence, "Go back, shorten what you typed, and try again.")
    return refusal(
        request, 400, "Nothing was changed.", "Go back, load the page again, and try once more."
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = "You are signed in, but this page is for other roles."
    return refusal(request, 403, sentence, "If you need it for your work, ask your manager.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also the answer for what exists but is not visible: the two must not be told apart."""
    sentence = "There is nothing at this address, or it is not shared with you."
    return refusal(request, 404, sentence, "Check the reference, or search for the family.")


def conflict(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal(
        request, 409, "Somebody changed this while you were looking at it. Load it again."
    )


@sensitive_post_parameters()
def too_many(request: HttpRequest, *, wait: int) -> HttpResponse:
    """More in a minute than anybody's work takes. What was typed is offered again, not lost.

    A form that does not say whom it was made for is theirs: its token is of this sign-in, and has
    been looked at before anything is counted.
    """
    if _is_from_script(request):
        message = TOO_MUCH.format(wait=in_seconds(wait))
        return JsonResponse({"state": "wait", "sentence": message, "retry_after": wait}, status=429)
    if request.method != "POST" or request.path.startswith("/api/"):
        sentence = "You have asked for a great deal within a minute."
        return refusal(
            request, 429, sentence, f"Wait {in_seconds(wait)}, then load the page again."
        )
    if request.POST.get(MADE_FOR, "") not in ("", str(signed_in(request).ref)):
        return somebody_elses(request)
    return _show_typed(request, status=429, wait=wait)


TOO_MUCH = (
    "You have sent a great deal within a minute, so this was not saved. What you typed is still "
    "here. Wait {wait}, then send it again."
)


def in_seconds(wait: int) -> str:
    return f"{wait} second{pluralize(wait)}"


def _is_from_script(request: HttpRequest) -> bool:
    """Whether a page's own script asks, and not the browser for a page to show."""
    accepts = request.headers.get("Accept", "")
    wants_json = "application/json" in accepts and "text/html" not in accepts
    sends_json = request.content_type == "application/json"
    return wants_json or sends_json or request.headers.get("Sec-Fetch-Dest") == "empty"


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands alone: no database, no session, no context."""
    if request.path.startswith("/api/"):
        return problem(request, 500)
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came too late, or from elsewhere. Only our own pages' forms are offered again."""
    return (
        send_again(request)
        if _from_our_own_page(request)
        else render(request, "send_again.html", {}, status=403)
    )


@sensitive_post_parameters()
def send_again(request: HttpRequest, status: int = 403) -> HttpResponse:
    """What was typed, ready to be sent once more. The caller has made sure that we asked for it.

    Never to somebody else than whom the form was made for, who may have signed in over it.
    """
    if request.user.is_authenticated and request.POST.get(MADE_FOR) != str(signed_in(request).ref):
        return somebody_elses(request)
    return _show_typed(request, status=status)


def _show_typed(request: HttpRequest, *, status: int, wait: int = 0) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_SHOWN_AGAIN
        for value in values
    ]
    visible = [(name, value) for name, value in typed if name not in NOT_TYPED and value]
    context = {
        "typed": typed,
        "shown": visible,
        "wait": wait,
        "full": status == 507,
        "files": list(request.FILES),
    }
    return render(request, "send_again.html", context, status=status)


@sensitive_post_parameters()
def saved_before(request: HttpRequest, saved: SavedBefore) -> HttpResponse:
    """The same words came with the same form: open what they made, or say that it is another."""
    again = request.GET.copy()
    again[ANOTHER] = "yes"
    context = {
        "saved": saved,
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NEVER_SHOWN_AGAIN
            for value in values
        ],
        "has_file": bool(request.FILES),  # which a browser does not send a second time
        "again": f"{request.path}?{again.urlencode()}",
    }
    return render(request, "saved_before.html", context, status=409)


def somebody_elses(request: HttpRequest) -> HttpResponse:
    """Sent from a page that was somebody else's. Nothing of it is shown, nothing is done."""
    sentence = "Somebody else signed in here after this page was opened. Nothing was saved."
    next_step = "What they had typed is kept for them, where the page keeps drafts."
    return refusal(request, 409, sentence, next_step)


def _from_our_own_page(request: HttpRequest) -> bool:
    """Browsers say where a form came from, and a page elsewhere cannot make them say otherwise."""
    where = request.headers.get("Sec-Fetch-Site")
    if where:
        return where == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
