"""Everything that can be looked at stands in the demonstration, for whom the tour says."""

import pytest
from django.utils import timezone

from families.models import (
    BreakGlass,
    Contact,
    Family,
    FollowUp,
    Observation,
    Person,
    PersonReader,
    PossibleDuplicate,
    SafeContact,
    SafetyAlert,
    SharingDecision,
    Shield,
)
from families.models.shielded_addresses import in_family
from families.plans.models import Plan
from leap.casework.life_events.models import Loss, MoveOut
from leap.casework.merging.suggestions import pairs
from leap.casework.prompts.models import Decision, Rule
from leap.casework.prompts.queries import for_practitioner, prompts_of_family
from leap.core.accounts.models import Team, User
from leap.core.outbox.models import Message
from leap.governance.retention.models import LegalHold
from leap.governance.subject_access import progress
from leap.governance.subject_access.models import SubjectAccessRequest
from referrals.models import Challenge, InboundReferral, Referral, Status
from tests.demo.conftest import AS_AT

pytestmark = pytest.mark.usefixtures("lambeth", "db")


@pytest.fixture(autouse=True)
def on_that_day(time_machine):
    time_machine.move_to(f"{AS_AT}T08:00:00+01:00", tick=False)


def signed_in(name):
    return User.objects.get(email=f"{name}@leap.example")


# What is kept safe


def test_a_restricted_family_is_open_to_the_health_visitor_and_her_manager_alone():
    family = Family.objects.get(restriction="refuge")

    for name in ("healthvisitor", "manager"):
        assert Family.objects.visible_to(signed_in(name)).filter(pk=family.pk).exists()
    others = signed_in("healthvisitor").teams[0].memberships.live().exclude(
        user__email__in=["healthvisitor@leap.example", "manager@leap.example"]
    )  # fmt: skip
    colleague = others.order_by("pk").first().user
    assert not Family.objects.visible_to(colleague).filter(pk=family.pk).exists()


def test_an_address_is_kept_from_a_father():
    shield = Shield.objects.order_by("pk").first()
    his = shield.hidden_from.members.order_by("pk")

    assert all(in_family(member.family_id).postcodes for member in his)


def test_entries_are_kept_in_every_layer():
    assert set(Contact.objects.values_list("layer", flat=True)) == {
        "shared",
        "agency",
        "restricted",
    }


def test_a_mother_says_how_she_is_safely_reached():
    assert SafeContact.objects.get().code_word == "library card"


def test_one_person_of_a_family_is_for_named_people():
    person = Person.objects.get(restriction="staff")
    readers = {reader.practitioner for reader in PersonReader.objects.filter(person=person)}
    assert readers == {signed_in("healthvisitor"), signed_in("manager")}


def test_openings_in_emergencies_wait_to_be_judged_and_sharing_was_refused():
    assert BreakGlass.objects.filter(justified=None).exists()
    decided = SharingDecision.objects.values_list("decision", flat=True)
    assert set(decided) == {"shared", "not_shared"}


# What somebody asked for


def test_the_manager_finds_a_request_half_read():
    manager = signed_in("manager")
    [request] = SubjectAccessRequest.objects.visible_to(manager)

    how_far = progress.reading_progress(request, manager)

    assert request.status == SubjectAccessRequest.Status.REVIEWING
    assert any(not part.undecided for part in how_far.parts)
    assert how_far.mine > 0


def test_a_record_is_held_for_a_coroner():
    assert "coroner" in LegalHold.objects.live().get().reason


# What is to be decided


def test_pairs_wait_on_the_page_of_doubles():
    waiting = pairs(signed_in("manager"))
    for words in ("same day", "same NHS number"):
        assert any(words in pair.reason for pair in waiting)


def test_people_of_two_agencies_wait_for_the_data_quality_officer(client_of):
    waiting = PossibleDuplicate.objects.to_decide()
    assert waiting.filter(state="open").count() >= 3

    page = client_of(signed_in("dataquality")).get("/merging/duplicates/").content.decode()

    likeliest = waiting.order_by("-weight", "pk").first()
    assert f"{waiting.count()} to decide" in page
    assert likeliest.ref in page
    assert likeliest.one.name in page


def test_every_rule_prompts_somebody_and_some_prompts_are_decided():
    manager = signed_in("manager")
    families = Family.objects.visible_to(manager).open()
    assert {
        prompt.rule for family in families for prompt in prompts_of_family(family, by=manager)
    } == set(Rule)
    assert set(Decision.objects.values_list("choice", flat=True)) == {"act", "explained", "not_now"}
    assert for_practitioner(signed_in("healthvisitor"))


def test_a_plan_goes_on_and_another_is_over():
    [plan] = Plan.objects.filter(closed_at=None)
    assert plan.review_on < timezone.localdate()
    assert all(goal.scores.count() == 2 for goal in plan.goals.prefetch_related("scores"))
    assert plan.meetings.exists()
    assert Plan.objects.filter(outcome="met").exists()


def test_there_is_something_to_know_at_the_door_and_to_do_next():
    today = timezone.localdate()
    days = SafetyAlert.objects.live().values_list("review_on", flat=True)
    assert min(days) < today < max(days)
    states = {step.state for step in FollowUp.objects.order_by("pk")}
    assert states == {"late", "due_today", "due_soon", "due", "done"}


def test_well_being_was_asked_about_by_itself():
    assert Observation.objects.filter(code="wemwbs_total", contact=None).count() == 2


# Days that change a family


def test_a_loss_a_move_an_adoption_and_a_birth_that_is_awaited():
    today = timezone.localdate()
    assert Loss.objects.standing().get().person.died_on < today
    assert MoveOut.objects.waiting().get().organisation == "Croydon health visiting"
    assert Person.objects.filter(restriction="adoption", members__left_on__lt=today).exists()
    assert Family.objects.filter(restriction="adoption").exists()
    awaited = Person.objects.filter(birth_date=None, died_on=None, due_date__lt=today)
    assert awaited.exists()


# Between teams


def test_referrals_stand_in_every_status_and_one_is_disputed():
    assert set(Referral.objects.values_list("status", flat=True)) == set(Status.values)
    assert Challenge.objects.filter(settled_at=None).exists()


def test_referrals_have_come_in_from_outside_and_a_team_takes_none():
    assert InboundReferral.objects.waiting().count() == 2
    assert "speech" in Team.objects.get(intake_paused_at__isnull=False).instead


def test_two_e_mails_could_not_be_delivered():
    assert Message.objects.filter(delivered_at=None, attempts__gt=0).count() == 2
