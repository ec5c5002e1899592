"""The cut-offs of questionnaires, one questionnaire at a time."""

from django.http import HttpRequest, HttpResponse

from families.observations.asq import QUESTIONNAIRES, TITLES
from families.observations.asq import cut_offs as entered
from leap.administration import actions, rules
from leap.administration.forms import ChooseForm, CutOffsForm
from leap.administration.views.invitations import ask, shown_or_sent
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft


@shown_or_sent
def cut_offs(request: HttpRequest) -> HttpResponse:
    """Which have been entered, and a form for one of them."""
    rules.check_is_admin(signed_in(request))
    choose = ChooseForm(request.GET if "questionnaire" in request.GET else None)
    chosen = choose.cleaned_data["questionnaire"] if choose.is_valid() else "asq3-24"
    form = CutOffsForm(sent_or_draft(request) or None, questionnaire=chosen)
    known = {(instrument, months) for instrument, months, _ in entered()}
    return ask(
        request,
        form,
        actions.set_cut_offs,
        success="The cut-offs are kept. Scores recorded from now on are read by them.",
        to=f"{request.path}?questionnaire={chosen}",
        template="administration/cut_offs.html",
        choose=ChooseForm(initial={"questionnaire": chosen}),
        title=f"{TITLES[form.instrument]}, {form.months} months",
        known=[
            (TITLES[instrument], [months for months in spans if (instrument, months) in known])
            for instrument, spans in QUESTIONNAIRES.items()
        ],
    )
