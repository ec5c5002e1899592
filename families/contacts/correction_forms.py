"""A contact, to be put right."""

from typing import Any

from django import forms
from django.utils import timezone

from families.contacts.forms import ContactForm
from families.inputs import EVERYONE, Audience
from families.models import Contact, Member, Person
from families.reviews.forms import name_of
from families.reviews.schedule import BY_CODE, MandatedReview
from leap.core.accounts.models import Team
from leap.core.ui.fields import IntegerField

NOT_ASKED = ("layer", "named", "next_step", "next_on", "next_by", "session")


class ContactCorrectionForm(ContactForm):
    """The same as when it was logged, with why. `seen` says how often it had been corrected when
    this form was shown."""

    why = forms.CharField(
        label="Why are you correcting it?",
        help_text="What was written first is kept, with this beside it.",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        self.contact_before = contact
        reviewed = contact.people.exclude(review="").select_related("person")
        self.were = {participant.person.ref: participant.review for participant in reviewed}
        kwargs["initial"] = {**self._as_it_is(kwargs["members"]), **kwargs.get("initial", {})}
        super().__init__(*args, on=contact.occurred_on, **kwargs)
        for name in NOT_ASKED:
            del self.fields[name]

    def audience(self) -> Audience:
        """Who may see it is changed on a page of its own."""
        return EVERYONE

    def _offered(self, living: list[Member]) -> dict[str, list[MandatedReview]]:
        """With the reviews that it was said to be, whatever the age."""
        offered = super()._offered(living)
        for ref, code in self.were.items():
            reviews = offered.setdefault(ref, [])
            if ref in self.people and BY_CODE[code] not in reviews:
                reviews.append(BY_CODE[code])
        return {ref: reviews for ref, reviews in offered.items() if ref in self.people}

    def _stands(self, person: Person, code: str) -> bool:
        return self.were.get(person.ref) == code

    def _as_it_is(self, members: list[Member]) -> dict[str, Any]:
        contact, at = self.contact_before, timezone.localtime(self.contact_before.occurred_at)
        people = list(contact.people.select_related("person"))
        fathers = {m.person.ref for m in members if m.role == Member.Role.FATHER}
        present = [participant.person.ref for participant in people if participant.present]
        plain = ("kind", "outcome", "note", "tried", "minutes")
        return {
            **{name: getattr(contact, name) for name in plain},
            "service": contact.service.code if contact.service else None,
            "site": contact.site.code if contact.site else None,
            "on": at.date(),
            "at": at.time(),
            "concerned": [
                participant.person.ref for participant in people if participant.concerned
            ],
            "present": present,
            "alone": [participant.person.ref for participant in people if participant.alone],
            **{
                name_of(participant.person): participant.review
                for participant in people
                if participant.review
            },
            **{f"there-{ref}": "yes" for ref in fathers.intersection(present)},
            **{
                f"{observation.person.ref}-{observation.code}": observation.value
                for observation in contact.observations.select_related("person")
            },
        }


def teams_of(contact: Contact) -> list[Team]:
    """A correction is for the team that the entry was written for."""
    return [contact.team]
