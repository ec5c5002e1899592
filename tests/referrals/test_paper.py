"""On paper: the form for a practice without e-mail, and the letter that tells Ada of it."""

import pytest

from families.models import Person, SafeContact, Shield
from referrals.external import actions, letters
from referrals.models import ExternalReferral
from tests.referrals.reading import page_of


@pytest.fixture
def posted(okafors, stockwell, grace):
    referral, _ = actions.refer_outside(
        family=okafors,
        from_team=stockwell,
        by=grace,
        kind="referral",
        way="post",
        organisation="Clapham Food Bank",
        reason="They need milk.",
        reach="Ring Ada in the mornings.",
        knows="agrees",
        why_without="",
    )
    return referral


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def letter(posted, ada, grace, client_of):
    """What asking for the letter to Ada is answered with."""
    page = f"/referrals/outside/{posted.ref}/letters/"

    def letter():
        return client_of(grace).get(f"{page}{ada.ref}/"), page_of(client_of(grace).get(page))

    return letter


def test_the_form_is_an_accessible_pdf_with_a_slip_and_its_printing_is_kept(
    posted, okafors, grace, client_of
):
    answer = client_of(grace).get(f"/referrals/outside/{posted.ref}/form/")
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid:part" in answer.content
    fields = letters.form_text(posted)
    words = str(fields)
    assert "Chidi" in words
    assert "They need milk." in words
    assert "We accept." in fields["slip"]
    assert "Ring Ada" not in words
    assert okafors.ref not in words
    assert posted.steps.get(kind="printed").text == "The form"


def test_the_letter_says_who_and_never_why(posted, ada, letter):
    answer, page = letter()
    assert answer.content.startswith(b"%PDF")
    assert "Letter to Ada Okafor" in page
    words = str(letters.letter_text(posted, ada))
    assert "Clapham Food Bank" in words
    assert "milk" not in words
    assert "Chidi" not in words


def refused(letter, because):
    answer, page = letter()
    assert answer.status_code == 403
    assert because in page


def test_no_letter_goes_to_a_home_where_one_is_not_safe(okafors, ada, letter):
    SafeContact.objects.create(person=ada, channels=["text"])
    refused(letter, "A letter is not a safe way")


def test_no_letter_tells_them_of_what_they_were_not_told(posted, letter):
    ExternalReferral.objects.update(knows="not_told", why_without="He reads her post.")
    refused(letter, "They were not told")


def test_no_letter_goes_to_whom_an_address_is_kept_from(ada, letter, grace):
    chidi = Person.objects.get(given_name="Chidi")
    Shield.objects.create(person=chidi, hidden_from=ada, reason="Court order", by=grace)
    refused(letter, "is kept from Ada")


def test_nobody_else_prints_it(posted, sam, client_of):
    assert client_of(sam).get(f"/referrals/outside/{posted.ref}/form/").status_code == 404


@pytest.mark.parametrize(
    "typed", ["Milk 👶🏽", "\uf0b7 milk for আদা", "ދިވެހި and ታደሰ", "a\x1bb\ufeff"]
)
def test_whatever_was_typed_the_form_and_the_letter_are_printed(
    posted, ada, grace, client_of, typed
):
    ExternalReferral.objects.filter(pk=posted.pk).update(reason=typed, organisation=typed)
    Person.objects.filter(pk=ada.pk).update(given_name=typed)
    for page in ("form/", f"letters/{ada.ref}/"):
        answer = client_of(grace).get(f"/referrals/outside/{posted.ref}/{page}")
        assert answer.content.startswith(b"%PDF")
