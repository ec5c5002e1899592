"""Referrals come in with the status that their times come to, and with their clock."""

import pytest

from leap.core.accounts.models import Team
from referrals.models import Referral

SENT = {"sent_at": "2016-04-21T10:00"}  # a Thursday


@pytest.mark.parametrize(
    ("times", "status"),
    [
        ({}, "draft"),
        (SENT, "sent"),
        ({**SENT, "acknowledged_at": "2016-04-22"}, "acknowledged"),
        ({**SENT, "accepted_at": "2016-04-22"}, "accepted"),
        ({**SENT, "accepted_at": "2016-04-22", "first_contact_at": "2016-04-25"}, "in_progress"),
        ({**SENT, "first_contact_at": "2016-04-25"}, "sent"),
        ({**SENT, "accepted_at": "2016-04-22", "closed_at": "2016-06-01"}, "closed"),
        ({**SENT, "declined_at": "2016-04-22"}, "declined"),
        ({**SENT, "declined_at": "2016-04-22", "closed_at": "2016-04-22"}, "declined"),
    ],
)
def test_the_status_follows_from_the_times(family, take_in, times, status):
    family.add("referrals", **times)
    assert take_in(family).code == 0

    referral = Referral.objects.get()
    assert referral.status == status
    assert bool(referral.acknowledged_at) == ("acknowledged_at" in times)


def test_the_clock_runs_in_working_days_of_the_day_in_london(family, take_in):
    family.add("referrals", sent_at="2016-04-28T23:30Z")  # Friday in London; Monday is a holiday
    assert take_in(family).code == 0

    referral = Referral.objects.get()
    assert str(referral.acknowledge_by) == "2016-05-03"
    assert str(referral.first_contact_by) == "2016-05-16"


def test_a_pathway_goes_by_any_of_its_names(family, take_in):
    family.add("referrals", pathway="Early_Help", **SENT)
    assert take_in(family).code == 0

    assert Referral.objects.get().pathway.code == "health-visiting-to-family-support"


def test_a_declined_referral_says_why_as_far_as_is_known(family, take_in):
    declined = {**SENT, "declined_at": "2016-04-22"}
    family.add("referrals", **declined)
    family.add("referrals", referral_ref="R2", outcome="No places until May", **declined)
    assert take_in(family).code == 0

    reasons = Referral.objects.order_by("source_ref").values_list("decline_reason", flat=True)
    assert list(reasons) == ["Not recorded in the imported file", "No places until May"]


def test_a_referral_moves_on_when_its_times_are_filled_in(family, take_in, make_user):
    family.add("referrals", **SENT)
    take_in(family)
    (family.path / "referrals.csv").unlink()
    family.add("referrals", accepted_at="2016-04-22T09:00", outcome="Taken on", **SENT)
    assert take_in(family).code == 0

    referral = Referral.objects.get()
    assert (referral.status, referral.outcome) == ("accepted", "Taken on")
    sam = make_user("Sam", Team.objects.get(code="family-support"))
    assert referral.family in type(referral.family).objects.visible_to(sam)


def test_a_draft_is_sent_with_its_clock(family, take_in):
    family.add("referrals")
    take_in(family)
    (family.path / "referrals.csv").unlink()
    family.add("referrals", **SENT)
    assert take_in(family).code == 0

    assert (Referral.objects.get().status, str(Referral.objects.get().acknowledge_by)) == (
        "sent",
        "2016-04-22",
    )


def test_no_file_takes_a_referral_back_or_reopens_it(family, take_in):
    family.add("referrals", accepted_at="2016-04-22", **SENT)
    take_in(family)
    (family.path / "referrals.csv").unlink()
    family.add("referrals", **SENT)
    assert take_in(family).code == 0
    assert Referral.objects.get().status == "accepted"

    Referral.objects.update(status="withdrawn", accepted_at=None)
    (family.path / "referrals.csv").unlink()
    family.add("referrals", accepted_at="2016-04-22", **SENT)
    assert "R1 is withdrawn in LEAP. No file can take it further." in take_in(family).output


def test_an_answer_that_contradicts_leap_s_is_refused(family, take_in):
    family.add("referrals", accepted_at="2016-04-22", **SENT)
    take_in(family)
    (family.path / "referrals.csv").unlink()
    family.add("referrals", declined_at="2016-04-22", **SENT)

    assert "declined_at: R1 is accepted in LEAP" in take_in(family).output


def test_times_filled_in_keep_the_order(family, take_in):
    family.add("referrals", accepted_at="2016-04-22", **SENT)
    take_in(family)
    (family.path / "referrals.csv").unlink()
    family.add("referrals", closed_at="2016-04-21", **SENT)

    assert "closed_at: R1 would have closed_at before its accepted_at." in take_in(family).output
