"""An address that only looks like somebody's finds nobody, and mail goes to the account's own."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from leap.administration import actions as administration
from leap.core.accounts import emails
from leap.core.accounts.actions import create_first_admin
from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth.provider import account_of
from leap.core.outbox.models import Message
from tests.conftest import PASSWORD

# Each would be folded onto the account by Python's `lower`, PostgreSQL's `upper`, or Unicode.
LOOKALIKES = [
    "isi\N{KELVIN SIGN}e@leap.example",
    "i\N{LATIN SMALL LETTER LONG S}ike@leap.example",
    "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}sike@leap.example",
    "\N{LATIN SMALL LETTER DOTLESS I}sike@leap.example",
    "\N{FULLWIDTH LATIN SMALL LETTER I}sike@leap.example",
    "i\N{CYRILLIC SMALL LETTER DZE}ike@leap.example",
    "isike@\N{SCRIPT SMALL L}eap.example",
    "isike@leap\N{IDEOGRAPHIC FULL STOP}example",
]
# What a form reads is composed first, and there the Kelvin sign is the letter K itself.
KELVIN, *ON_PAGES = LOOKALIKES


@pytest.fixture
def isike(make_user, stockwell) -> User:
    return make_user("Isike Obi", stockwell)


def forget(email: str) -> None:
    Client().post("/sign-in/forgotten/", {"email": email})


@pytest.mark.parametrize("typed", ON_PAGES)
def test_no_link_is_sent_for_a_lookalike(isike, typed):
    forget(typed)
    assert not Message.objects.filter(body__contains="/new-password/").exists()


@pytest.mark.parametrize(
    "typed", ["ISIKE@LEAP.EXAMPLE", "Isike@leap.Example", " isike@leap.example ", KELVIN]
)
def test_the_link_goes_to_the_address_of_the_account(isike, typed):
    forget(typed)
    message = Message.objects.get()
    assert message.to == isike.email
    assert "/new-password/" in message.body


@pytest.mark.parametrize("typed", ON_PAGES)
def test_a_lookalike_does_not_sign_in(isike, typed):
    answer = Client().post("/sign-in/", {"email": typed, "password": PASSWORD})
    assert answer.status_code == 200
    assert not Event.objects.filter(kind="sign_in.done").exists()
    failed = Event.objects.filter(kind="sign_in.failed", subject_ref=str(isike.ref))
    assert not failed.exists()


@pytest.mark.parametrize("typed", LOOKALIKES)
def test_the_organisations_provider_does_not_open_an_account_by_a_lookalike(isike, typed):
    assert account_of({"email": typed, "email_verified": True}) == (None, "unknown")


def test_the_provider_opens_it_whatever_the_case(isike):
    assert account_of({"email": "Isike@LEAP.example", "email_verified": True}) == (isike, "")


@pytest.mark.parametrize("typed", LOOKALIKES)
def test_nobody_is_invited_by_a_lookalike_or_given_one(isike, asha, stockwell, typed):
    with pytest.raises(ValidationError, match="letter by letter"):
        administration.invite(email=typed, name="Another", by=asha, team=stockwell)
    with pytest.raises(ValidationError, match="letter by letter"):
        administration.change_practitioner(
            user=isike, name=isike.name, email=typed, telephone="", by=asha
        )
    assert User.objects.filter(name="Another").count() == 0


def test_the_invitation_page_says_what_is_wrong_and_keeps_what_was_typed(
    asha, stockwell, client_of
):
    typed = {
        "name": "Kofi Boateng",
        "email": "ko\N{LATIN SMALL LETTER LONG S}i@leap.example",
        "team": stockwell.code,
        "role": "practitioner",
    }
    page = client_of(asha).post("/admin/practitioners/new/", typed).content.decode()
    assert "only looks like a letter" in page
    assert "Kofi Boateng" in page


def test_the_first_admin_has_a_plain_address(db):
    with pytest.raises(ValidationError):
        create_first_admin(email="\N{KELVIN SIGN}@leap.example", name="A", password=PASSWORD)


@pytest.mark.parametrize("typed", LOOKALIKES)
def test_the_command_finds_nobody_by_a_lookalike(isike, typed):
    with pytest.raises(CommandError):
        call_command("reset_second_factor", typed)


@pytest.mark.parametrize("stored", ["Isike2@leap.example", LOOKALIKES[0], LOOKALIKES[1]])
def test_the_database_keeps_no_other_spelling(isike, stored):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=isike.pk).update(email=stored)


def test_only_a_to_z_have_a_small_letter():
    assert emails.canonical(" AZ\N{KELVIN SIGN}\N{LATIN CAPITAL LETTER A WITH DIAERESIS} ") == (
        "az\N{KELVIN SIGN}\N{LATIN CAPITAL LETTER A WITH DIAERESIS}"
    )
