"""Recording the results of an assessment."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone

from families.access.restriction_forms import AudienceForm
from families.form_fields import choose_team
from families.inputs import ObservationInput
from families.models import Member
from families.observations import asq
from families.observations.codes import CODES
from families.observations.rules import contradictions_among
from families.reviews.assessments import GROUPS, groups_for
from families.reviews.forms import measure_field
from leap.core.accounts.models import Team
from leap.core.ui.fields import DateField, DateInput


class AssessmentForm(AudienceForm):
    """What came of it, on which day. Blank is not recorded.

    Where the cut-offs of a licensed questionnaire have been entered, a score can be given instead
    of the band it falls in.
    """

    on = DateField(label="Date", widget=DateInput)
    team = forms.ChoiceField(
        label="For which of your teams?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    checked = forms.BooleanField(
        label="I have checked: this is the questionnaire that was used",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes--small"}),
    )

    asks_to_check = False

    def __init__(
        self, *args: Any, member: Member, gestation: int | None, teams: list[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.person, self.gestation = member, member.person, gestation
        groups = groups_for(member)
        self.cut_offs = asq.cut_offs() if "Development" in groups else {}
        results = [code for group in groups for code in GROUPS[group]]
        self.codes = [code for result in results for code in self._asked(result)]
        for code in self.codes:
            self.fields[code] = measure_field(code)
        for instrument in asq.RESULTS:
            code = asq.months_code(instrument)
            if code in self.fields:
                # By the age, if nobody says otherwise.
                fits = asq.questionnaire_for_age(
                    instrument, self.person, gestation, timezone.localdate()
                )
                by_age = f"By the age: {fits} months today" if fits else "By the age on that day"
                widget = cast(forms.Select, self.fields[code].widget)
                widget.choices = [("", by_age), *CODES[code].values.items()]
        self.fields["on"].initial = timezone.localdate()
        choose_team(self, teams)
        self.fields["team"].initial = teams[0].code

    def _asked(self, code: str) -> Iterator[str]:
        """A result, before the first of an instrument which questionnaire it was, and its score
        where that can be read."""
        instrument = asq.OF_RESULT.get(code)
        if instrument and code == next(iter(asq.RESULTS[instrument])):
            yield asq.months_code(instrument)
        yield code
        scored = {(named, domain) for named, _, domain in self.cut_offs}
        if instrument and (instrument, asq.RESULTS[instrument][code]) in scored:
            yield asq.score_code(code)

    def measures(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        born = self.person.birth_date
        if on > timezone.localdate():
            raise forms.ValidationError("This is in the future. Give the day of the assessment.")
        if born and on < born:
            raise forms.ValidationError("This is before the birth. Check the date.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        questionnaires = {asq.months_code(instrument) for instrument in asq.RESULTS}
        answered = [c for c in self.codes if cleaned.get(c) and c not in questionnaires]
        if not answered and not any(code in self.errors for code in self.codes):
            self.add_error(None, "Nothing is filled in. Give at least one result.")
        if on := cleaned.get("on"):
            for instrument in asq.RESULTS:
                self._read_questionnaire(instrument, answered, on)
            for contradiction in contradictions_among(self._found(on), on):
                self.add_error(contradiction.finding.code, contradiction.sentence)
        return cleaned

    def _read_questionnaire(self, instrument: str, answered: list[str], on: date) -> None:
        """Which one it was, and the bands of the scores."""
        results = [result for result in asq.RESULTS[instrument] if result in self.fields]
        used = [result for result in results if {result, asq.score_code(result)} & set(answered)]
        code = asq.months_code(instrument)
        if not used:
            self.cleaned_data[code] = ""
            return
        chosen = int(self.cleaned_data.get(code) or 0) or None
        problem = asq.why_not(instrument, chosen, self.person, self.gestation, on)
        if problem and not (chosen and self.cleaned_data.get("checked")):
            self.asks_to_check = self.asks_to_check or chosen is not None
            self.add_error(code if chosen else "on", problem)
            return
        months = chosen or asq.questionnaire_for_age(instrument, self.person, self.gestation, on)
        self.cleaned_data[code] = str(months)
        for result in used:
            self._read_score(instrument, cast(int, months), result)

    def _read_score(self, instrument: str, months: int, result: str) -> None:
        """The band that a score falls in, which must be the one given where both are."""
        code = asq.score_code(result)
        typed = self.cleaned_data.get(code)
        if not typed:
            return
        cut_off = self.cut_offs.get((instrument, months, asq.RESULTS[instrument][result]))
        if cut_off is None:
            self.add_error(
                code,
                f"No cut-offs have been entered for the questionnaire of {months} months. Leave the"
                " score blank and record what the score sheet says.",
            )
            return
        band = asq.band(cut_off, Decimal(typed))
        if self.cleaned_data.get(result) not in ("", None, band):
            words = CODES[result].values[band]
            self.add_error(
                code,
                f"By the cut-offs for {months} months, {typed} is “{words}”. Correct the score, or"
                " the result beside it.",
            )
        self.cleaned_data[result] = band

    def findings(self) -> Iterator[ObservationInput]:
        return self._found(self.cleaned_data["on"])

    def _found(self, on: date) -> Iterator[ObservationInput]:
        typed = self.cleaned_data
        for code in self.codes:
            if typed.get(code):
                yield ObservationInput(self.person, code, typed[code], on)
