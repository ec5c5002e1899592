"""From a session to the record: a contact with each family that came, with what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse

from families.models import Contact, Family, Involvement, Member, Person
from leap.core.accounts.models import User
from sites.models import Attendance, Session


@dataclass
class Came:
    """One family at a session: who of it came."""

    session: Session
    family: Family
    people: list[Person] = field(default_factory=list)
    logged: str = ""  # the contact that was logged from here already

    @property
    def contact_form(self) -> str:
        """Where the contact is logged: kind, time, length, place and people stand there already."""
        minutes = (self.session.ends_at - self.session.starts_at).total_seconds() // 60
        known = {
            "kind": Contact.Kind.GROUP.value,
            "at": self.session.starts_at.isoformat(),
            "minutes": int(minutes),
            "site": self.session.site.code,
            "service": self.session.service.code,
            "session": self.session.ref,
            "there": ".".join(person.ref for person in self.people),
        }
        return f"{reverse('families:log_contact', args=[self.family.ref])}?{urlencode(known)}"


def who_came(session: Session, attendances: Iterable[Attendance], user: User) -> list[Came]:
    """The open families that one of the reader's teams works with, by name, each with those of it
    who came. Somebody of two families stands with both."""
    came = [attendance.person for attendance in attendances if attendance.status in Attendance.CAME]
    if not came:
        return []
    working = Involvement.objects.live().filter(family=OuterRef("pk"), team__in=user.team_ids)
    families = Family.objects.visible_to(user).open().filter(Exists(working))
    members = Member.objects.current().filter(person__in=came, family__in=families)
    by_family: dict[int, Came] = {}
    known = {person.pk: person for person in came}
    for member in members.select_related("family").order_by("family__name", "pk"):
        here = by_family.setdefault(member.family_id, Came(session, member.family))
        here.people.append(known[member.person_id])
    # With which families a contact was logged from this session already.
    logged = Contact.objects.visible_to(user).filter(session_ref=session.ref, family__in=by_family)
    for family, ref in logged.order_by("-pk").values_list("family", "ref"):
        by_family[family].logged = ref
    return list(by_family.values())
