"""Growth, chronology, assessments and prompts in a browser, wide and on a phone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families import actions
from families.entries import Finding, NewContact
from families.models import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def measured(okafors, chidi, grace, stockwell):
    """Chidi, born early and weighed since; Ada, who was asked how she is."""
    ada = Person.objects.get(given_name="Ada")
    weights = [("2026-01-20", "birth_weight_g", "1900"), ("2026-01-20", "gestation_weeks", "33")]
    weights += [("2026-03-01", "weight_kg", "3.2"), ("2026-05-10", "weight_kg", "5.4")]
    weights += [("2026-05-10", "height_cm", "58")]
    for on, code, value in weights:
        finding = Finding(chidi, code, value, date.fromisoformat(on))
        actions.record_observation(family=okafors, finding=finding, by=grace)
    new = NewContact(
        kind="home_visit",
        occurred_at=timezone.now() - timedelta(days=1),
        outcome="attended",
        concerned=[chidi],
        review="new_birth",
        note="Feeding well.",
        findings=[Finding(ada, "epds_total", "8"), Finding(ada, "epds_item_10", "1")],
    )
    actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)
    family = f"/families/{okafors.ref}/"
    item = ada.observations.get(code="epds_item_10")
    return {
        "growth": f"{family}growth/{chidi.ref}/",
        "chronology": f"{family}chronology/",
        "paper": f"{family}chronology/print/",
        "assessments": f"{family}assessments/{ada.ref}/",
        "decide": f"{family}prompts/harm/{item.ref}/",
        "family": family,
    }


@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_page_can_be_used_by_everybody(request, sign_in_as, axe, grace, measured, size):
    page = sign_in_as(grace, request.getfixturevalue(size))
    for name, address in measured.items():
        page.goto(address)
        assert axe(page) == [], name
        inside = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(inside), name
