"""Making a referral: which family, which way, to whom and why."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import draft_in, sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform
from leap.core.ui.formatting import when
from referrals.models import Pathway, Referral
from referrals.pathways.capacity import capacity_of, nearest_team
from referrals.pathways.minimum_dataset import look_up_items
from referrals.preview import preview_of
from referrals.transitions import sender_actions
from referrals.transitions.forms import NewForm, PathwayForm


@idempotent_post("referral", route="referrals:new {family.ref}")
def new(request: HttpRequest) -> HttpResponse:
    """Refer a family. Asks for the family, then the pathway, where the address does not say."""
    user = signed_in(request)
    ref = request.GET.get("family", "").strip().upper()
    if not ref:
        return render(request, "referrals/start.html")
    family = get_by_ref_or_404(Family.objects.visible_to(user), ref)
    disciplines = {team.discipline for team in _senders(family, user)}
    pathways = list(Pathway.objects.filter(from_discipline__in=disciplines).order_by("name"))
    if not pathways:
        raise NotAllowed("No pathway leads on from your team. Ask the lead team to refer.")
    wanted = request.GET.get("pathway", "")
    meant = pathways if len(pathways) == 1 else [way for way in pathways if way.code == wanted]
    pathway = next(iter(meant), None)
    if pathway is None:
        form = PathwayForm(pathways, initial={"family": family.ref})
        return render(request, "referrals/choose.html", {"family": family, "form": form})
    return _write(request, family, pathway)


def _senders(family: Family, user: User) -> list[Team]:
    """My teams that work with this family."""
    involved = set(family.involvements.live().values_list("team", flat=True))
    return [team for team in user.teams if team.pk in involved]


def _write(request: HttpRequest, family: Family, pathway: Pathway) -> HttpResponse:
    user = signed_in(request)
    senders = [t for t in _senders(family, user) if t.discipline == pathway.from_discipline]
    sent = sent_or_draft(request, form=_kept_as(family, pathway))
    items = look_up_items(pathway, family, user)
    preview = preview_of(family, user)
    form = NewForm(pathway, senders, items, sent)
    form.suggest(nearest_team(form.receivers, preview.ward))
    if draft_in(request):
        form.without_complaints()
    elif sent and form.is_valid() and (made := _make(request, family, pathway, form)):
        return made
    context = {"form": form, "family": family, "pathway": pathway, "kept": draft_in(request)}
    context["what_to_send"] = pathway.what_to_send.splitlines()
    context["found"] = [item for item in items if item.recorded]
    context["teams"] = capacity_of(form.receivers)
    context |= {"preview": preview, "kept_as": _kept_as(family, pathway)}
    return render(request, "referrals/new.html", context)


def _kept_as(family: Family, pathway: Pathway) -> str:
    return f"referral-{family.ref}-{pathway.code}"


def _make(
    request: HttpRequest, family: Family, pathway: Pathway, form: NewForm
) -> HttpResponse | None:
    """Send it, or keep it as a draft; None, with the form saying why, when neither can be."""
    as_draft = request.POST.get("then") == "draft"
    try:
        done = perform(
            request,
            _draft_or_refer,
            family=family,
            pathway=pathway,
            fields=dict(form.cleaned_data),
            user=signed_in(request),
            as_draft=as_draft,
        )
    except (ValidationError, NotAllowed) as wrong:
        form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
        return None
    made = Referral.objects.select_related("to_team").get(ref=done["ref"])
    message = "Kept as a draft."
    if not as_draft:
        # What the sender keeps: the reference, to whom, when, and by when they hear.
        sent = f"Sent to {made.to_team} {when(made.sent_at)} as {made.ref}."
        message = f"{sent} They answer by {made.acknowledge_by:%-d %B}."
    messages.success(request, message)
    return redirect(made)


def _draft_or_refer(
    family: Family, pathway: Pathway, fields: dict[str, Any], user: User, as_draft: bool
) -> Referral:
    """A draft is complete when it is sent; until then nothing is asked of it."""
    ticked, for_safety = fields.pop("ticked", []), fields.pop("for_safety", "")
    if as_draft:
        return sender_actions.draft(family=family, pathway=pathway, by=user, **fields)
    fields |= {"ticked": ticked, "for_safety": for_safety}
    return sender_actions.refer(family=family, pathway=pathway, by=user, **fields)
