"""What a contact may say: when it was, who was there, what was found, whose review it was."""

from collections.abc import Collection, Iterable, Sized
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from families.inputs import NewContact, ObservationInput
from families.models import Contact, Family, Person
from families.observations.rules import NOTHING_MEASURED, contradictions_among
from families.reviews.schedule import BY_CODE, PREGNANCY, whom_it_fits, why_not
from leap.core.accounts.models import User
from leap.core.exceptions import NotAllowed

# Within an hour a practitioner can have it answered for so many identities (a number, or a name
# with a day of birth) whether any service knows them: a morning's registering, and no list.
MOST_IDENTITIES, WITHIN = 60, timedelta(hours=1)


def why_not_then(occurred_at: datetime) -> str | None:
    """Why a contact cannot have happened at this time, if it cannot."""
    if occurred_at > timezone.now():
        return "This is in the future. Give the time it happened, or book it as a session."
    return None


NOBODY_THERE = (
    "Nobody was there at a contact that was not attended. Untick them, or correct the outcome."
)
NOBODY_ALONE = (
    "Nobody was seen alone at a contact that was not attended. Untick them, or correct the outcome."
)


def why_not_at(
    outcome: str, *, present: Collection[Person], alone: Collection[Person], findings: Sized
) -> dict[str, str]:
    """What an outcome leaves no room for, with its sentence: where a contact did not happen nobody
    was there, nobody was seen alone and nothing was measured."""
    if outcome == Contact.Outcome.ATTENDED:
        return {}
    problems = {
        "present": (present, NOBODY_THERE),
        "alone": (alone, NOBODY_ALONE),
        "findings": (findings, NOTHING_MEASURED),
    }
    return {name: sentence for name, (values, sentence) in problems.items() if len(values)}


def check_outcome(new: NewContact) -> None:
    """ValidationError for what contradicts the outcome."""
    wrong = why_not_at(new.outcome, present=new.present, alone=new.alone, findings=new.findings)
    if wrong:
        raise ValidationError(wrong)


def why_not_of_session(
    session: str, new: NewContact, people: Iterable[Person] | None = None
) -> str:
    """Why a contact like this cannot be part of the session, or nothing; with `people`, also
    whether one of them was in it. Sessions belong to the app above this one, which says so by a
    function of the database: docs/decisions/0036-contacts-of-sessions.md."""
    if not session:
        return ""
    service = new.service.pk if new.service else None
    site = new.site.pk if new.site else None
    attended = new.outcome == Contact.Outcome.ATTENDED
    keys = None if people is None else [person.pk for person in people]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leap_why_not_of_session(%s, %s, %s, %s, %s, %s::bigint[])",
            [session, new.occurred_at, service, site, attended, keys],
        )
        return str(cursor.fetchone()[0])


def check_session(new: NewContact) -> None:
    """ValidationError for a session that there is not, or that the contact cannot be part of."""
    if why := why_not_of_session(new.session, new, [*new.concerned, *new.present, *new.alone]):
        raise ValidationError({"session": why})


def check_were_there(people: Iterable[Person], on: date) -> None:
    """ValidationError for a contact about a child from before its mother was expecting it."""
    for person in people:
        born = person.birth_date or person.due_date
        if born and on < born - PREGNANCY:
            raise ValidationError(
                {"occurred_at": f"{person.name} was not expected yet on this day. Check the date."}
            )


def check_agree(findings: Iterable[ObservationInput], on: date) -> None:
    """ValidationError where findings of a day contradict one another."""
    if wrong := contradictions_among(findings, on):
        raise ValidationError({"findings": [contradiction.sentence for contradiction in wrong]})


def reviews_of(
    family: Family, new: NewContact, *, were: Iterable[tuple[int, str]] = ()
) -> dict[int, str]:
    """Which review it was of each person, by key: those said one by one, and the one said of the
    contact of everybody it fits. ValidationError for one that fits nobody, or not whom it is said
    of; `were` are those that stand already, which stay."""
    on = timezone.localdate(new.occurred_at)
    reviews = {person.pk: code for person, code in new.reviews.items() if code}
    concerned, standing, wrong = {person.pk for person in new.concerned}, set(were), []
    for person, code in new.reviews.items():
        if not code or (person.pk, code) in standing:
            continue
        if person.pk not in concerned:
            wrong.append(f"Say that the contact was about {person.name}, or take out the review.")
        elif not whom_it_fits(code, [person], on, family):
            wrong.append(why_not(code, person, on))
    if wrong:
        raise ValidationError({"reviews": wrong})
    if new.review:
        fits = whom_it_fits(new.review, new.concerned, on, family)
        if not fits:
            raise ValidationError({"review": _fits_nobody(new, on)})
        reviews = {person.pk: new.review for person in fits} | reviews
    return reviews


def _fits_nobody(new: NewContact, on: date) -> str:
    """Of one person, why not; of several, at which age it is."""
    children = [person for person in new.concerned if person.is_unborn or person.birth_date]
    if len(children) == 1:
        return why_not(new.review, children[0], on)
    review = BY_CODE[new.review]
    return (
        f"A {review.title} is of a child {review.ages}. The contact was about nobody of that age."
    )


def check_can_correct(contact: Contact, user: User) -> None:
    """Whoever wrote an entry puts it right, or somebody of the team it was written for."""
    if contact.by_id != user.pk and not user.works_in(contact.team_id):
        raise NotAllowed(
            f"Only {contact.team} corrects what it wrote. Tell them what is wrong, or log a contact"
            " of your own."
        )
