"""Pages for when something cannot be done: what is wrong, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.debug import sensitive_post_parameters

from leap.api.problems import problem

HEADINGS = {
    400: "That request could not be read",
    403: "This is not yours to do",
    404: "Page not found",
    409: "Someone was there first",
}
NEVER_SHOWN_AGAIN = ("csrfmiddlewaretoken", "password")
NOT_TYPED = ("submission", "next")


def refusal(request: HttpRequest, status: int, sentence: str, next_step: str = "") -> HttpResponse:
    """A page with one sentence; for programs under /api/, the same as problem+json."""
    heading = HEADINGS[status]
    if request.path.startswith("/api/"):
        return problem(request, status, sentence)
    said = {"heading": heading, "sentence": sentence, "next_step": next_step}
    return render(request, "error.html", said, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
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


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands alone: no database, no session, no context."""
    if request.path.startswith("/api/"):
        return problem(request, 500)
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came too late, or from elsewhere. Only our own pages' forms are offered again."""
    return send_again(request) if _from_our_own_page(request) else _not_ours(request)


@sensitive_post_parameters()
def send_again(request: HttpRequest) -> HttpResponse:
    """What was typed, ready to be sent once more. The caller has made sure that we asked for it."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_SHOWN_AGAIN
        for value in values
    ]
    shown = [(name, value) for name, value in typed if name not in NOT_TYPED and value]
    return render(request, "send_again.html", {"typed": typed, "shown": shown}, status=403)


def _not_ours(request: HttpRequest) -> HttpResponse:
    return render(request, "send_again.html", {}, status=403)


def _from_our_own_page(request: HttpRequest) -> bool:
    """Browsers say where a form came from, and a page elsewhere cannot make them say otherwise."""
    where = request.headers.get("Sec-Fetch-Site")
    if where:
        return where == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
