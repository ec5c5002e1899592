"""Sessions of the cast: baby massage at Larkhall, tomorrow, with five places."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.inputs import NewPerson
from families.people.actions import register_family
from leap.core.ids import new_ref
from sites.models import Session


@pytest.fixture
def make_session(larkhall, baby_massage, stockwell):
    """A session of Stockwell health visiting that starts `hours` from now and lasts one."""

    def make(hours=24, capacity=5, **fields):
        starts_at = timezone.now().replace(microsecond=0) + timedelta(hours=hours)
        session = Session.objects.create(
            ref=new_ref("SN", 8),
            site=larkhall,
            service=baby_massage,
            during=(starts_at, starts_at + timedelta(hours=1)),
            capacity=capacity,
            **{"team": stockwell, **fields},
        )
        session.refresh_from_db()  # its times as a range, as everybody else reads them
        return session

    return make


@pytest.fixture
def session(make_session):
    return make_session()


@pytest.fixture
def over(make_session):
    """It ended an hour ago."""
    return make_session(hours=-2)


@pytest.fixture
def ada(okafors):
    return okafors.members.get(role="mother").person


@pytest.fixture
def ibrahims(sam, family_support):
    """Led by family support; Grace cannot see them."""
    return register_family(
        name="Ibrahim",
        lead_team=family_support,
        by=sam,
        people=[
            NewPerson("mother", "Hodan", "Ibrahim"),
            NewPerson("child", "Yusuf", "Ibrahim", date(2024, 2, 29)),
        ],
    )


@pytest.fixture
def yusuf(ibrahims):
    return ibrahims.members.get(role="child").person


@pytest.fixture
def tariq(make_user, make_team):
    """A Community Champion."""
    return make_user("Tariq Aziz", make_team("champions", "champions"))
