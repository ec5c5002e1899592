"""Changing what a pathway says."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from leap.core import parse
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from referrals import rules
from referrals.models import Pathway
from referrals.pathways import actions
from referrals.pathways.forms import ChangePathwayForm


@idempotent_post(NOTHING_NEW)
def change_pathway(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a pathway says from now on, and read what it said before."""
    user, way = signed_in(request), get_object_or_404(Pathway, code=code)
    rules.check_can_change_pathways(user)
    initial = {name: getattr(way, name) for name in Pathway.CHANGEABLE}
    form = ChangePathwayForm(sent_or_draft(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        # The version that the page was about; this one, where it does not say.
        with suppress(parse.Unreadable):
            way.version = parse.whole(request.POST.get("version", ""))
        perform(request, actions.change_pathway, pathway=way, by=user, **form.cleaned_data)
        messages.success(request, "Changed. What was sent before keeps its clocks.")
        return redirect("referrals:pathways")
    context = {"form": form, "pathway": way}
    context["versions"] = way.versions.select_related("made_by").order_by("-version")
    return render(request, "referrals/change_pathway.html", context)
