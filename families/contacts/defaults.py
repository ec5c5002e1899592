"""What an ordinary contact is like, so that its form begins with what is right nine times of ten.

Only a line that names a review fills a review in: guessed, it would count as done in the figures
by somebody not looking.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from families.models import Contact, ContactPerson, Family, Member
from families.reviews import due
from families.reviews.due import Due
from families.reviews.schedule import BY_CODE
from leap.core import parse
from leap.core.accounts.models import User

WORTH_DOING = ("late", "due_today", "due_soon", "due")


def contact_defaults(
    family: Family, members: list[Member], query: Mapping[str, str], *, by: User
) -> dict[str, Any]:
    """What stands in the form at first. `query` is what the line that led here says: `review`,
    `child`, `there` (who came, with points between), `kind`, `at` (a time), `minutes`, `site`,
    `service` and `session`, each as far as it makes sense."""
    known = {member.person.ref: member for member in members}
    review = query.get("review", "") if query.get("review") in BY_CODE else ""
    waiting = [one for one in due.reviews_due(family, by=by) if one.state in WORTH_DOING]
    # Whoever came to a session was there; it concerned their children, or else all of them.
    came = [ref for ref in known if ref in query.get("there", "").split(".")]
    children = [ref for ref in came if _is_living_child(known[ref])]
    people = {"present": came, "concerned": children or came} if came else {}
    # Whoever was there the last time; before there was one, the mother.
    there = ContactPerson.objects.filter(contact=OuterRef("pk"), present=True)
    last = (
        family.contacts.in_layers_of(by)
        .filter(outcome=Contact.Outcome.ATTENDED)
        .annotate(there=ArraySubquery(there.values("person__ref")))
        .order_by("-occurred_at")
        .values_list("there", flat=True)
        .first()
    )
    mothers = [ref for ref, member in known.items() if member.role == Member.Role.MOTHER]
    return {
        "concerned": _concerned(known, waiting, review, query.get("child", "")),
        "present": [ref for ref in known if ref in (last or mothers)],
        **people,
        **_reviews(known, waiting, review, query.get("child", "")),
        "kind": _kind(query.get("kind", ""), review, by),
        **{
            name: query[name] for name in ("site", "service", "minutes", "session") if name in query
        },
        **_when(query.get("at", "")),
    }


def _concerned(known: dict[str, Member], waiting: list[Due], review: str, child: str) -> list[str]:
    """The child the line was about, with every sibling the same review waits for; else the child
    for whom something is due, or the only one, or all who are small."""
    children = [ref for ref, member in known.items() if _is_living_child(member)]
    if review or child:
        same = [one.person_ref for one in waiting if one.review == review]
        return [ref for ref in children if ref in (child, *same)]
    if len(children) == 1:
        return children
    pressing = {one.person_ref for one in waiting}
    return [ref for ref in children if ref in pressing]


def _reviews(
    known: dict[str, Member], waiting: list[Due], review: str, child: str
) -> dict[str, Any]:
    """That review, of the child the line was about and of each sibling whom it waits for."""
    if not review:
        return {}
    same = [one.person_ref for one in waiting if one.review == review]
    meant = [ref for ref in known if ref in (child, *same) and _is_living_child(known[ref])]
    return {f"review-{ref}": review for ref in meant}


def _is_living_child(member: Member) -> bool:
    return member.is_child and member.person.died_on is None


def _kind(kind: str, review: str, by: User) -> str:
    """As asked; for a review as the reader did the last one; else a visit at home."""
    if kind in Contact.Kind.values:
        return kind
    mine = Contact.objects.filter(by=by, people__review=review).order_by("-occurred_at")
    last = mine if review else None
    done = last.values_list("kind", flat=True).first() if last is not None else None
    return done or Contact.Kind.HOME_VISIT


def _when(at: str) -> dict[str, Any]:
    """A session's own day and time; any other contact begins with now."""
    try:
        local = timezone.localtime(parse.moment(at))
    except parse.Unreadable:
        return {}
    return {"on": local.date(), "at": local.time()}
