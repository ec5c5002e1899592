"""manage.py audit_disclosure tries to work back what is hidden, and says so where it can."""

import pytest
from django.core.management import CommandError, call_command

from outcomes.disclosure.attack import audit_all
from outcomes.models import Figure
from tests.reports.conftest import area, publish

WARDS = {
    "new_birth_visit_14": ((8, 12), (9, 14), (10, 13), (8, 12)),
    "new_birth_visit_30": ((2, 12), (3, 14), (1, 13), (2, 12)),
    "mood_screened": ((57, 60), (40, 60), (30, 60), (35, 60)),
    "breastfed_6_8_weeks": ((30, 60, 58), (40, 60, 60), (3, 9, 9), (35, 60, 57)),
}


@pytest.fixture
def published(db):
    publish(WARDS)


def test_it_says_how_much_is_hidden_and_that_nothing_comes_back(published, capsys):
    call_command("audit_disclosure")

    output = capsys.readouterr().out
    assert "0 hidden counts can be worked back exactly" in output
    assert "new_birth_visit_14, new_birth_visit_30: 15 counts" in output
    assert sum(audit.hidden for audit in audit_all()) >= 8
    assert all(audit.narrow == 0 for audit in audit_all())


def test_it_fails_where_only_the_small_is_hidden(published):
    """8 and 8 are shown as 10 each, 17 as 15: the 1 that is left can be 0 or 1."""
    publish({"review_1_year": ((8, 60), (8, 60), (0, 60), (1, 60))})
    figures = Figure.objects.filter(indicator="review_1_year")
    figures.update(hidden=False)
    figures.filter(area_code=area("Vassall")).update(hidden=True)

    rooms = {audit.indicators: audit.narrowest for audit in audit_all()}

    assert rooms["review_1_year",] == 1
    with pytest.raises(CommandError, match="1 hidden counts lie between bounds"):
        call_command("audit_disclosure")
