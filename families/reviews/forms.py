"""Asking of each child whether a contact was one of the mandated reviews, and for what is measured
at them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from families.access.restriction_forms import AudienceForm
from families.inputs import ObservationInput
from families.models import Family, Member, Person
from families.observations.asq import OF_RESULT, with_questionnaires
from families.observations.codes import CODES, codes_asked_at
from families.observations.growth.plausibility import gestation_known, plausibility_warnings
from families.observations.rules import contradictions_among
from families.reviews.schedule import (
    BY_CODE,
    REVIEWS,
    MandatedReview,
    fitting_reviews,
    whom_it_fits,
    why_not,
)

WRITTEN_UP_LATE = timedelta(days=28)  # a review is still offered this long after it would fit
ANTENATAL = BY_CODE["antenatal"]


@dataclass(frozen=True)
class AskedOf:
    """For the page: the question about one person, and the days on which each answer can be."""

    person: Person
    field: BoundField
    review_windows: str  # “new_birth 2026-01-20 2026-03-17”, one after another with semicolons


def name_of(person: Person) -> str:
    """The field that asks about `person`."""
    return f"review-{person.ref}"


def reviews_offered_to(members: list[Member], today: date) -> dict[str, list[MandatedReview]]:
    """The reviews that fit each member's age now, or did a little while ago; by reference. A mother
    can have the antenatal contact alone."""
    offered = {}
    for child in (member.person for member in members if member.is_child):
        now, lately = (
            fitting_reviews([child], today),
            fitting_reviews([child], today - WRITTEN_UP_LATE),
        )
        offered[child.ref] = now + [review for review in lately if review not in now]
    if any(ANTENATAL in reviews for reviews in offered.values()):
        mothers = [member for member in members if member.role == Member.Role.MOTHER]
        offered |= {member.person.ref: [ANTENATAL] for member in mothers}
    return {ref: reviews for ref, reviews in offered.items() if reviews}


def in_order(offered: Mapping[str, list[MandatedReview]]) -> list[MandatedReview]:
    """All that are offered to anybody, each once."""
    return [review for review in REVIEWS if any(review in reviews for reviews in offered.values())]


def field_for(person: Person, reviews: list[MandatedReview]) -> forms.ChoiceField:
    who = person.given_name or person.name
    return forms.ChoiceField(
        label=f"Was this a review of {who[0].lower() + who[1:] if person.is_unborn else who}?",
        required=False,
        choices=[("", "No"), *((review.code, review.title) for review in reviews)],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small leap-choices"}),
    )


def with_review_for_each_child(
    typed: QueryDict, offered: Mapping[str, list[MandatedReview]]
) -> QueryDict:
    """A form that was kept, or taken along, before each child had a review said one of all: it is
    of each whom the contact was about and to whom it is offered."""
    code = typed.get("review", "")
    if not code or any(name.startswith("review-") for name in typed):
        return typed
    completed = typed.copy()
    for ref in typed.getlist("concerned"):
        if code in [review.code for review in offered.get(ref, [])]:
            completed[f"review-{ref}"] = code
    return completed


def review_windows(person: Person, reviews: list[MandatedReview]) -> str:
    """The days on which each of these can be of `person`. A mother's are her baby's to know."""
    spans = [(review.code, review.window(person)) for review in reviews]
    return ";".join(f"{code} {days[0]} {days[1]}" for code, days in spans if days)


@dataclass(frozen=True)
class MeasuredFields:
    """For the page: somebody, and the fields to be filled in about them, each with the codes of the
    reviews that call for it."""

    person: Person
    is_child: bool
    fields: list[tuple[BoundField, str]] = field(default_factory=list)


class MeasureField(forms.CharField):
    """A number or a word that an observation code allows, checked by the code itself."""

    def __init__(self, code: str, *, whose: str = "", **kwargs: Any) -> None:
        self.code = code
        self.whose = whose  # named in the summary of what is wrong: twins have the same measures
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return CODES[self.code].read(typed)[0] if typed else ""


def measure_field(code: str, whose: str = "") -> MeasureField:
    kind = CODES[code]
    if kind.words:
        chosen = [("", "Not recorded"), *kind.values.items()]
        widget: forms.Widget = forms.Select(choices=chosen)
        return MeasureField(code, whose=whose, label=kind.title, widget=widget)
    decimal = {"class": "govuk-input--width-5", "inputmode": "numeric" if kind.whole else "decimal"}
    label = f"{kind.title} ({kind.unit})" if kind.unit else kind.title
    widget = forms.TextInput(attrs=decimal)
    return MeasureField(code, whose=whose, label=label, max_length=20, widget=widget)


def measure(person: Person, code: str) -> str:
    return f"{person.ref}-{code}"


class ReviewedForm(AudienceForm):
    """A form about a contact, with a question about each child: was it a review of theirs? And with
    a field for each measure that the reviews of their ages call for."""

    members: list[Member]
    people: dict[str, Person]
    today: date
    family: Family
    offered: dict[str, list[MandatedReview]]
    asks_to_check = False

    def _offered(self, living: list[Member]) -> dict[str, list[MandatedReview]]:
        """The reviews that fit each child's age now, or did a little while ago."""
        return reviews_offered_to(living, self.today)

    def ask_about_reviews(self, living: list[Member]) -> None:
        """Add a question for each, once `people`, `today` and `family` are known."""
        self.offered = self._offered(living)
        if isinstance(self.data, QueryDict):
            self.data = with_review_for_each_child(self.data, self.offered)
        for ref, reviews in self.offered.items():
            person = self.people[ref]
            self.fields[name_of(person)] = field_for(person, reviews)

    def asked_of_each(self) -> list[AskedOf]:
        """For the page: whether it was a review, a question for each child."""
        return [
            AskedOf(person, self[name_of(person)], review_windows(person, reviews))
            for person, reviews in (
                (self.people[ref], reviews) for ref, reviews in self.offered.items()
            )
        ]

    def check_reviews(self, cleaned: dict[str, Any]) -> None:
        """Each is of a child whom the contact was about, at an age that it fits."""
        about, on = cleaned.get("concerned"), cleaned.get("on")
        for person, code in self.reviews().items() if about and on else ():
            if person.ref not in cleaned["concerned"]:
                problem = f"Tick {person.name} as whom it was about, or choose No."
            elif not self._stands(person, code) and not whom_it_fits(
                code, [person], cleaned["on"], self.family
            ):
                problem = why_not(code, person, cleaned["on"])
            else:
                continue
            self.add_error(name_of(person), problem)

    def _stands(self, person: Person, code: str) -> bool:
        """Whether it was said to be that before."""
        return False

    def reviews(self) -> dict[Person, str]:
        """What was chosen, of whom."""
        people = [self.people[ref] for ref in self.offered]
        chosen = {person: self.cleaned_data.get(name_of(person), "") for person in people}
        return {person: code for person, code in chosen.items() if code}

    def review_of_all(self) -> str:
        """As a form said it that was kept, or taken along, before each child had a review."""
        code = self.data.get("review", "")
        return code if code in BY_CODE and not self.reviews() else ""

    def _living(self) -> list[Member]:
        return [member for member in self.members if not member.person.died_on]

    def _ask_measures(self) -> None:
        for member, code, _ in self._measures():
            whose = member.person.given_name or member.person.name
            self.fields[measure(member.person, code)] = measure_field(code, whose)

    def _measures(self) -> Iterator[tuple[Member, str, list[str]]]:
        """Each measure to ask for, with the reviews that call for it: a child's by its age, a
        mother's by her children's."""
        for member in self._living():
            mother = member.role == Member.Role.MOTHER
            by_code: dict[str, list[str]] = {}
            offered = self.offered.get(member.person.ref, [])
            for review in in_order(self.offered) if mother else offered:
                for code in codes_asked_at(review.code, of_child=not mother):
                    by_code.setdefault(code, []).append(review.code)
            yield from ((member, code, reviews) for code, reviews in by_code.items())

    def measures(self) -> list[MeasuredFields]:
        """For the page: each person who has any, with the fields of their measures."""
        by_person: dict[str, MeasuredFields] = {}
        for member, code, reviews in self._measures():
            person = member.person
            measured = by_person.setdefault(person.ref, MeasuredFields(person, member.is_child))
            measured.fields.append((self[measure(person, code)], " ".join(reviews)))
        return list(by_person.values())

    @property
    def has_measures(self) -> bool:
        fields = [field for measured in self.measures() for field, _ in measured.fields]
        return any(field.value() or field.errors for field in fields)

    def _ask_about_measures(self, cleaned: dict[str, Any]) -> None:
        """What contradicts itself is said, and a value that hardly any child has is asked about,
        until it is checked; each beside itself."""
        if not cleaned.get("on"):
            return
        for contradiction in contradictions_among(self._findings(), cleaned["on"]):
            self.add_error(
                measure(contradiction.finding.person, contradiction.finding.code),
                contradiction.sentence,
            )
        for warning in plausibility_warnings(self._findings(), cleaned["on"]):
            self.add_error(measure(warning.finding.person, warning.finding.code), warning.sentence)
            self.asks_to_check = True

    def _findings(self) -> Iterator[ObservationInput]:
        for member, code, _ in self._measures():
            if value := self.cleaned_data.get(measure(member.person, code)):
                checked = self.cleaned_data.get("checked", False)
                yield ObservationInput(member.person, code, value, checked=checked)

    def _with_questionnaires(self) -> Iterator[ObservationInput]:
        """A developmental result is kept with the questionnaire that it is of, by the age."""
        findings = list(self._findings())
        people = {
            finding.person.pk: finding.person for finding in findings if finding.code in OF_RESULT
        }
        weeks = {pk: gestation_known(person) for pk, person in people.items()}
        return with_questionnaires(findings, weeks, self.cleaned_data["on"])
