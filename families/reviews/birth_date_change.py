"""What else changes when a date of birth is put right."""

from datetime import date

from django.utils import timezone

from families.models import Contact, Person
from families.reviews.schedule import REVIEWS
from leap.core.accounts.models import User
from leap.core.ui.formatting import age


def effect_of_birth_date_change(person: Person, born: date, *, by: User) -> list[str]:
    """Sentences, where somebody would come into another age group, or have been met before they
    were born. Nothing where only the day is another."""
    was, today = person.birth_date, timezone.localdate()
    if was is None or was == born:
        return []
    before, after = _open(was, today), _open(born, today)
    changes = (("Due no longer", before - after), ("Due instead", after - before))
    sentences = [f"{words}: {', '.join(sorted(titles))}." for words, titles in changes if titles]
    # Those that the reader sees, from before the birth, and not from before it as it stood.
    about = Contact.objects.in_layers_of(by).filter(people__person=person, people__concerned=True)
    if early := about.filter(occurred_on__lt=born, occurred_on__gte=was).count():
        many = "1 contact was" if early == 1 else f"{early} contacts were"
        sentences.append(f"{many} before that birth.")
    if not sentences:
        return []
    name = person.given_name or "This person"
    first = f"{name} would be {age(born, today)} old, not {age(was, today)}."
    return [first, *sentences, "Figures count them by the new date from the next night on."]


def _open(born: date, today: date) -> set[str]:
    return {
        review.title
        for review in REVIEWS
        if not review.before_birth and review.opens.after(born) <= today < review.closes.after(born)
    }
