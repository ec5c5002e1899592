"""docs/adding.md names files that there are, and what it says is declared once is."""

import re

from families.inputs import Details, NewPerson
from families.models import Person
from families.models.person_fields import PERSON_FIELDS
from leap.ops.runtime.paths import ROOT

PAGE = ROOT / "docs" / "adding.md"


def test_every_file_that_the_page_names_exists():
    named = re.findall(r"`([\w/.-]+(?:\.(?:py|md|sql)|/))`", PAGE.read_text())
    assert len(named) > 15
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_page_is_found_from_where_newcomers_begin():
    for page in ("README.md", "docs/house.md"):
        assert "adding.md" in (ROOT / page).read_text()


def test_every_personal_field_that_is_declared_has_its_column_and_its_place_in_the_inputs():
    for name in PERSON_FIELDS:
        assert Person._meta.get_field(name)
        assert name in NewPerson.__dataclass_fields__
        assert name in Details.__dataclass_fields__
