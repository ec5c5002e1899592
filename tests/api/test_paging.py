"""Lists: page by page, newest first, and no more statements for more rows."""

import pytest

from families.contacts.actions import log_contact
from families.inputs import NewContact, NewPerson, ObservationInput
from families.models import Contact, Member, Person
from families.people.actions import register_family
from tests.casework.reading import statements


@pytest.fixture
def more(grace, stockwell, okafors, chidi):
    """So many more contacts, each with two people and a finding, and as many families."""

    def more(count):
        for number in range(count):
            ada = Person.objects.get(given_name="Ada")
            family = register_family(
                name=f"F{number}", lead_team=stockwell, by=grace, people=[NewPerson("mother", "M")]
            )
            Member.objects.create(family=family, person=ada, role="mother")
            new = NewContact(
                kind="clinic",
                occurred_at=okafors.opened_at,
                outcome="attended",
                concerned=[chidi],
                present=[ada],
                findings=[ObservationInput(chidi, "weight_kg", "5")],
            )
            log_contact(family=okafors, new=new, team=stockwell, by=grace)

    return more


def test_every_row_is_met_once_while_others_are_added(system_of, grace, more):
    more(5)
    system = system_of(grace)
    page = system.read("contacts/?page_size=2").json()
    met = page["results"]
    more(1)
    while page["next"]:
        page = system.get(page["next"]).json()
        met += page["results"]
    refs = list(Contact.objects.order_by("-pk").values_list("ref", flat=True))
    assert [row["ref"] for row in met] == refs[1:]


def test_no_address_of_a_page_holds_a_key_of_ours(system_of, grace, more):
    more(2)
    page = system_of(grace).read("contacts/?page_size=1").json()
    assert page["next"].endswith(f"cursor={page['results'][0]['ref']}&page_size=1")


def test_a_cursor_does_not_tell_whether_others_have_such_a_family(system_of, ruth, okafors):
    hidden = system_of(ruth).read(f"families/?cursor={okafors.ref}")
    absent = system_of(ruth).read("families/?cursor=LB-22222")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize("address", ["families/", "persons/", "contacts/", "observations/"])
def test_more_rows_take_no_more_statements(system_of, more, grace, address):
    system = system_of(grace)
    more(2)
    few = statements(lambda: system.read(address))
    more(20)
    many = statements(lambda: system.read(address))
    assert many <= few <= STATEMENTS[address]


# The token, the teams, the rows, what hangs off them, row-level security (closed for whoever asks,
# then for this reader), and the log: who has been looked at this hour, and at what level.
STATEMENTS = {"families/": 10, "persons/": 14, "contacts/": 11, "observations/": 10}
