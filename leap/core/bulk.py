"""What a page does with many things at once: it says of each whether somebody was first.

A row of such a list says how its thing stood when it was shown: `as_shown` is a reference, a space,
and the rest. What the row does not say counts as nothing: nobody led it, nobody was on it.
"""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme


def as_shown(request: HttpRequest) -> dict[str, str]:
    """How each thing stood in the list from which it was chosen, by its reference."""
    parts = (line.partition(" ") for line in request.POST.getlist("as_shown"))
    return {ref: rest.strip() for ref, _, rest in parts}


def list_to_return_to(request: HttpRequest, begins: str, usual: str) -> str:
    """The list it came from, with its filters, if that is one of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if ours and back.startswith(begins) else usual


def answer_batch(
    request: HttpRequest, done: dict[str, object], *, success: str, of: tuple[str, str], back: str
) -> HttpResponse:
    """Say what was done and what was not, and why: `done` has nothing for what was done, and
    `why` and `was_first` for what was not. 409 where somebody was first with any of them."""
    refused = {ref: cast(dict[str, Any], why) for ref, why in done.items() if why}
    count = len(done) - len(refused)
    sentence = success.format(f"1 {of[0]}" if count == 1 else f"{count} {of[1]}") if count else ""
    if any(why["was_first"] for why in refused.values()):
        reasons = [(ref, why["why"]) for ref, why in refused.items()]
        context = {"sentence": sentence, "refused": reasons, "of": of, "back": back}
        return render(request, "batch.html", context, status=409)
    if sentence:
        messages.success(request, sentence)
    for ref, why in refused.items():
        messages.error(request, f"{ref}: {why['why']}")
    return redirect(back)
