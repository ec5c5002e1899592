"""The pages of a family's record in a browser, wide and on a phone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson, ObservationInput
from families.models import Person
from families.observations.actions import record_observation
from families.people import actions as people_actions
from families.plans import actions as plans
from leap.casework.life_events import actions as life

pytestmark = pytest.mark.browser


@pytest.fixture
def measured(okafors, chidi, grace, stockwell):
    """Chidi, born early and weighed since; Ada, who was asked how she is."""
    ada = Person.objects.get(given_name="Ada")
    weights = [("2026-01-20", "birth_weight_g", "1900"), ("2026-01-20", "gestation_weeks", "33")]
    weights += [("2026-03-01", "weight_kg", "3.2"), ("2026-05-10", "weight_kg", "5.4")]
    weights += [("2026-05-10", "height_cm", "58")]
    for on, code, value in weights:
        finding = ObservationInput(chidi, code, value, date.fromisoformat(on))
        record_observation(family=okafors, finding=finding, by=grace)
    new = NewContact(
        kind="home_visit",
        occurred_at=timezone.now() - timedelta(days=1),
        outcome="attended",
        concerned=[chidi],
        note="Feeding well.",
        findings=[
            ObservationInput(ada, "epds_total", "8"),
            ObservationInput(ada, "epds_item_10", "1"),
        ],
    )
    contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)
    family = f"/families/{okafors.ref}/"
    item = ada.observations.get(code="epds_item_10")
    return {
        "growth": f"{family}growth/{chidi.ref}/",
        "chronology": f"{family}chronology/",
        "paper": f"{family}chronology/print/",
        "assessments": f"{family}assessments/{ada.ref}/",
        "decide": f"{family}prompts/harm/{item.ref}/",
        "family": family,
        "details": f"{family}people/{chidi.ref}/change/",
    }


@pytest.fixture
def planned(okafors, grace, stockwell):
    """A plan with a goal that was scored and a step that is late; a baby expected, and one lost."""
    today = timezone.localdate()
    plan = plans.open_plan(
        family=okafors, team=stockwell, level="targeted", going_well="Sleep.", worries="Damp.",
        family_view="A dry flat.", kept="For colleagues.", review_on=today, by=grace,
    )  # fmt: skip
    goal = plans.set_goal(plan=plan, words="A dry flat", whose=None, off_paper=False, by=grace)
    for weeks, value in ((3, 2), (0, 7)):
        plans.score(goal=goal, value=value, on=today - timedelta(weeks=weeks), by=grace)
    plans.agree_step(
        goal=goal, what="Write to the council", practitioner=grace, who="",
        by_when=today - timedelta(days=2), by=grace,
    )  # fmt: skip
    for weeks in (4, 30):
        baby = NewPerson("unborn", due_date=today + timedelta(weeks=weeks))
        lost = people_actions.add_person(family=okafors, new=baby, with_children=True, by=grace)
    loss = life.record_loss(
        family=okafors, person=lost.person, on=today, note="Ring first.", team=stockwell, by=grace
    )
    pages = ("plan/", "plan/print/", "plan/meetings/new/", f"plan/goals/{goal.ref}/score/")
    pages += (f"plan/goals/{goal.ref}/steps/new/", "people/add/", "changes/", "birth/", "loss/")
    pages += (f"loss/{loss.ref}/", "leave/", "adoption/")  # the others are forms of one field
    own = [f"/families/{okafors.ref}/{page}" for page in pages]
    return [*own, "/families/due/", "/families/new/after-adoption/"]


def test_plans_and_hard_days_can_be_used_by_everybody(phone, sign_in_as, axe, grace, planned):
    sign_in_as(grace, phone)
    for address in planned:
        answer = phone.goto(address)
        assert (answer.status, axe(phone)) == (200, []), address
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_page_can_be_used_by_everybody(request, sign_in_as, axe, grace, measured, size):
    page = sign_in_as(grace, request.getfixturevalue(size))
    for name, address in measured.items():
        page.goto(address)
        assert axe(page) == [], name
        inside = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(inside), name
