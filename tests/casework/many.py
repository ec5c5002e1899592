"""Many records at once, to see that pages do not slow down with them.

The database counts them afterwards, as it does by itself in ordinary life: planned for the empty
tables of a test, a page over thousands of rows takes minutes.
"""

from datetime import date, datetime, timedelta

from families.models import Contact, ContactPerson, Family, Involvement, Member, Person
from leap.core.accounts.models import Team, User
from leap.core.outbox.models import Draft
from leap.core.reference_data.models import Site
from leap.core.table_statistics import analyze_tables
from referrals.models import Pathway, Referral, Status
from sites.models import Attendance, Session


def make_families(count: int, team: Team, lead: User | None, born: date, name: str) -> list[Family]:
    """`count` families of one child each, led by `team` and `lead`."""
    families = Family.objects.bulk_create(
        Family(ref=f"LB-{name}{n:04}", name=name, lead_team=team, lead_practitioner=lead)
        for n in range(count)
    )
    people = Person.objects.bulk_create(
        Person(
            ref=f"P-{name}{n:04}",
            given_name="Ana",
            family_name=name,
            birth_date=born,
            search_name=f"ana {name.lower()}",
        )
        for n in range(count)
    )
    Member.objects.bulk_create(
        Member(family=family, person=person, role=Member.Role.CHILD)
        for family, person in zip(families, people, strict=True)
    )
    registered = Involvement.Reason.REGISTERED
    Involvement.objects.bulk_create(
        Involvement(family=family, team=team, reason=registered) for family in families
    )
    analyze_tables()
    return families


def make_contacts(count: int, family: Family, team: Team, by: User, newest: datetime) -> None:
    """`count` home visits about the family's first member, one a day."""
    person = family.members.order_by("pk")[0].person
    contacts = Contact.objects.bulk_create(
        Contact(
            ref=f"C-{family.ref[3:]}{n:05}",
            family=family,
            team=team,
            by=by,
            kind=Contact.Kind.HOME_VISIT,
            outcome=Contact.Outcome.ATTENDED,
            occurred_at=newest - timedelta(days=n),
            note=f"Visit {n}.",
        )
        for n in range(count)
    )
    ContactPerson.objects.bulk_create(
        ContactPerson(contact=contact, person=person, concerned=True, present=True)
        for contact in contacts
    )
    analyze_tables()


def make_referrals(families: list[Family], pathway: Pathway, to: Team, sent_at: datetime) -> None:
    """A referral of each family to the team `to`, late since yesterday."""
    Referral.objects.bulk_create(
        Referral(
            ref=f"RF-{family.ref[3:]}",
            family=family,
            pathway=pathway,
            from_team_id=family.lead_team_id,
            to_team=to,
            status=Status.SENT,
            sent_at=sent_at,
            acknowledge_by=sent_at.date(),
            first_contact_by=sent_at.date(),
        )
        for family in families
    )


def make_drafts(families: list[Family], user: User) -> None:
    """An unsent contact of each family."""
    Draft.objects.bulk_create(
        Draft(user=user, form=f"contact-{family.ref}", fields={"note": ["…"]})
        for family in families
    )


def make_registers(families: list[Family], site: Site, service: object, ended: datetime) -> None:
    """A past session for each family, in which its child is still expected."""
    for n, family in enumerate(families):
        during = (ended - timedelta(hours=1), ended)
        session = Session.objects.create(
            ref=f"SN-{families[n].ref[3:]}",
            site=site,
            service=service,
            during=during,
            capacity=10,
            team=family.lead_team,
        )
        person = family.members.get().person
        Attendance.objects.create(session=session, person=person)
