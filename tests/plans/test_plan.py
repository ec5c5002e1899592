"""A plan: goals the family scores, steps in somebody's work, meetings, copies on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.access import restriction_actions
from families.models import Person
from families.plans import actions
from families.plans.models import Plan, PlanStep
from leap.casework.life_events.actions import record_loss
from leap.core.exceptions import Conflict, NotAllowed
from tests.casework.reading import read, statements


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def emeka(okafors):
    return Person.objects.get(given_name="Emeka")


@pytest.fixture
def plan(okafors, stockwell, grace):
    return actions.open_plan(
        family=okafors, team=stockwell, level="targeted", going_well="Chidi sleeps.",
        worries="Money.", family_view="A bigger flat.", kept="Words for colleagues.",
        review_on=timezone.localdate() + timedelta(weeks=6), by=grace,
    )  # fmt: skip


@pytest.fixture
def goal(plan, grace):
    def add(words, whose=None, off_paper=False):
        return actions.set_goal(plan=plan, words=words, whose=whose, off_paper=off_paper, by=grace)

    return add


def test_estranged_parents_each_have_goals_that_the_other_does_not_read(
    client_of, grace, okafors, goal, ada, emeka
):
    goal("Breakfast together")
    goal("Ada finds work", ada)
    goal("Emeka stops drinking", emeka)
    goal("A safe way out", ada, off_paper=True)
    paper = f"/families/{okafors.ref}/plan/print/"

    hers = read(client_of(grace).get(paper, {"for": ada.ref}))
    his = read(client_of(grace).get(paper, {"for": emeka.ref}))
    everybodys = read(client_of(grace).get(paper))

    assert "Ada finds work" in hers
    assert "Emeka stops drinking" not in hers
    assert "Emeka stops drinking" in his
    assert "Ada finds work" not in his
    assert "finds work" not in everybodys
    for copy in (hers, his, everybodys):
        assert "Breakfast together" in copy
        assert "A safe way out" not in copy
        assert "Words for colleagues." not in copy
        assert "SW9" not in copy


def test_the_family_scores_over_time_and_the_page_draws_it(client_of, grace, okafors, goal):
    breakfast = goal("Breakfast together")
    for weeks, value in ((6, 2), (0, 7)):
        actions.score(
            goal=breakfast, value=value, on=timezone.localdate() - timedelta(weeks=weeks), by=grace
        )
    response = client_of(grace).get(f"/families/{okafors.ref}/plan/")
    assert "From 2 to 7 of 10" in read(response)
    assert "<polyline" in response.content.decode()
    actions.score(goal=breakfast, value=8, on=timezone.localdate(), by=grace)
    assert breakfast.scores.count() == 2


def test_a_step_comes_up_in_the_work_of_whoever_promised_it_until_it_is_done(
    client_of, grace, okafors, goal
):
    step = actions.agree_step(
        goal=goal("A bigger flat"), what="Write to the council", practitioner=grace, who="",
        by_when=timezone.localdate() - timedelta(days=1), by=grace,
    )  # fmt: skip
    assert "Write to the council" in read(client_of(grace).get("/"))
    assert step.state == "late"
    client_of(grace).post(f"/families/{okafors.ref}/plan/steps/{step.ref}/done/")
    assert "Write to the council" not in read(client_of(grace).get("/"))


def test_a_step_for_somebody_s_own_goal_stops_when_they_die(grace, okafors, goal, ada, stockwell):
    actions.agree_step(goal=goal("Ada finds work", ada), what="Ring the college", by=grace,
                       practitioner=grace, who="", by_when=timezone.localdate())  # fmt: skip
    assert PlanStep.objects.waiting_for(grace).count() == 1
    record_loss(family=okafors, person=ada, on=timezone.localdate(), team=stockwell, by=grace)
    assert PlanStep.objects.waiting_for(grace).count() == 0


def test_a_meeting_says_when_the_plan_is_looked_at_again(plan, grace):
    today = timezone.localdate()
    again = today + timedelta(weeks=5)
    actions.hold_meeting(plan=plan, on=today, came="Ada\nGrace", missing="", said="All agreed.",
                         next_on=again, by=grace)  # fmt: skip
    plan.refresh_from_db()
    assert plan.review_on == again


def test_one_open_plan_at_a_time_and_none_is_added_to_once_closed(plan, okafors, grace, goal):
    with pytest.raises(Conflict):
        actions.open_plan(family=okafors, team=plan.team, level="early_help", going_well="x",
                          worries="x", family_view="x", kept="", review_on=timezone.localdate(),
                          by=grace)  # fmt: skip
    actions.close_plan(plan=plan, outcome="met", closing_words="Well done.", by=grace)
    plan.refresh_from_db()
    with pytest.raises(Conflict):
        goal("One more")


def test_only_those_who_work_with_the_family(plan, sam, client_of, okafors):
    assert client_of(sam).get(f"/families/{okafors.ref}/plan/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.set_goal(plan=plan, words="x", whose=None, off_paper=False, by=sam)


def test_grace_plans_on_the_pages(client_of, grace, okafors, ada):
    browser, at = client_of(grace), f"/families/{okafors.ref}/plan/"
    assert "This family has no plan." in read(browser.get(at))
    begun = {"going_well": "Sleep.", "worries": "Money.", "family_view": "A flat.",
             "level": "early_help", "review_on": timezone.localdate(),
             "team": "stockwell-health-visiting"}  # fmt: skip
    assert "Early help by one service" in read(browser.post(f"{at}begin/", begun, follow=True))
    answer = browser.post(f"{at}goals/new/", {"words": "Sleep", "whose": ada.ref}, follow=True)
    assert "Ada Okafor’s own" in read(answer)
    goal = Plan.objects.get().goals.get()
    browser.post(f"{at}goals/{goal.ref}/score/", {"value": "4", "on": timezone.localdate()})
    step = {"what": "Ring", "who": "Ada", "by_when": timezone.localdate()}
    browser.post(f"{at}goals/{goal.ref}/steps/new/", step)
    met = {
        "on": timezone.localdate(),
        "came": "Ada",
        "said": "Agreed.",
        "next_on": timezone.localdate() + timedelta(weeks=6),
    }
    browser.post(f"{at}meetings/new/", met)
    page = read(browser.get(at))
    assert "4 of 10" in page
    assert "Ring Ada" in page
    assert "Agreed." in page
    page = browser.post(f"{at}close/", {"outcome": "met", "closing_words": "Done."}, follow=True)
    assert "The family’s goals are met" in read(page)


@pytest.fixture
def promise(goal, grace):
    """Somebody says that they do something by a day."""

    def agree(step, days=0, practitioner=None, who="", whose=None):
        return actions.agree_step(
            goal=goal(f"Goal of {step}", whose), what=step, practitioner=practitioner, who=who,
            by_when=timezone.localdate() + timedelta(days=days), by=grace,
        )  # fmt: skip

    return agree


def test_steps_of_plans_are_due_for_who_promised_them_and_for_who_leads(
    client_of, grace, miriam, promise
):
    promise("Ring the nursery", 3, grace)
    promise("Find the papers", -2, who="Ada")
    promise("See the flat", 1, miriam)

    mine = read(client_of(grace).get("/families/due/"))
    team = read(client_of(grace).get("/families/due/?whose=team"))

    assert mine.index("Find the papers") < mine.index("Ring the nursery")
    assert "Ada 2 days late" in mine
    assert "See the flat" not in mine
    assert team.index("Find the papers") < team.index("See the flat") < team.index("Ring the")
    assert "See the flat Okafor: the plan Miriam Levy" in team
    assert "See the flat" in read(client_of(miriam).get("/families/due/"))


def test_a_plan_is_due_two_weeks_before_it_is_looked_at_again(client_of, grace, plan):
    due, browser = "/families/due/", client_of(grace)

    assert "Plans to look at again" not in read(browser.get(due))
    Plan.objects.update(review_on=timezone.localdate() - timedelta(days=1))
    assert "Plans to look at again Okafor: the plan 1 day late" in read(browser.get(due))
    actions.close_plan(plan=plan, outcome="met", closing_words="Well.", by=grace)
    assert "Plans to look at again" not in read(browser.get(due))


def test_what_is_due_of_plans_shows_only_where_the_record_does(
    client_of, grace, miriam, sam, okafors, emeka, promise
):
    promise("About Emeka alone", -1, grace, whose=emeka)
    assert "About Emeka alone" in read(client_of(grace).get("/families/due/"))
    assert "About Emeka alone" not in read(client_of(sam).get("/families/due/?whose=team"))

    restriction_actions.restrict_person(
        family=okafors, person=emeka, kind="other", named=[grace, miriam], by=grace
    )
    PlanStep.objects.update(practitioner=sam)
    assert "About Emeka alone" not in read(client_of(sam).get("/families/due/"))
    assert "About Emeka alone" in read(client_of(grace).get("/families/due/?whose=team"))


def test_what_is_due_of_plans_costs_the_same_for_many(client_of, grace, promise):
    browser = client_of(grace)
    promise("First", practitioner=grace)
    browser.get("/families/due/")
    few = statements(lambda: browser.get("/families/due/"))
    for n in range(15):
        promise(f"Step {n}", n, grace)

    assert statements(lambda: browser.get("/families/due/")) == few


def test_no_copy_of_a_plan_has_a_goal_of_somebody_who_is_kept_for_named_people(
    client_of, grace, miriam, okafors, goal, ada, emeka
):
    goal("Breakfast together")
    goal("Emeka stops drinking", emeka)
    restriction_actions.restrict_person(
        family=okafors, person=emeka, kind="other", named=[grace, miriam], by=grace
    )

    for reader in ("", ada.ref):
        copy = read(client_of(grace).get(f"/families/{okafors.ref}/plan/print/", {"for": reader}))
        assert "Breakfast together" in copy
        assert "Emeka" not in copy


def test_the_page_of_a_plan_prints_nothing_that_is_never_printed(client_of, grace, okafors, goal):
    goal("A safe way out", off_paper=True)
    page = client_of(grace).get(f"/families/{okafors.ref}/plan/").content.decode()

    for words in ("Words for colleagues.", "A safe way out"):
        before = page.partition(words)[0]
        assert before.rfind("leap-no-print") > before.rfind("<h2")


def test_a_copy_at_home_says_by_when_and_not_how_late(client_of, grace, okafors, promise):
    promise("Find the papers", -2, who="Ada")

    assert "late" not in read(client_of(grace).get(f"/families/{okafors.ref}/plan/print/"))
