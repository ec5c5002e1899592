"""What stands around every page."""

import re

import pytest
from django.test import Client

from leap.core.accounts.models import Team, User

pytestmark = pytest.mark.urls("tests.front.urls")
SECTIONS = r'govuk-service-navigation__link" href="([^"]+)"'


def sections(user: User, at: str = "/") -> list[str]:
    return re.findall(SECTIONS, page(user, at))


def page(user: User, at: str = "/") -> str:
    client = Client()
    client.force_login(user)
    return client.get(at).content.decode()


def test_grace_can_go_everywhere_her_work_is(grace: User):
    everywhere = ["/", "/families/", "/referrals/", "/sites/", "/outcomes/"]
    assert sections(grace) == everywhere
    assert 'role="search"' in page(grace)


def test_noor_sees_figures_and_no_families(noor: User):
    assert sections(noor) == ["/", "/sites/", "/outcomes/", "/reports/"]
    assert 'role="search"' not in page(noor)


def test_a_champion_sees_sites_and_no_records(make_team, make_user):
    champions: Team = make_team("champions", "champions")
    assert sections(make_user("Cleo Brown", champions)) == ["/", "/sites/"]


def test_the_section_you_are_in_is_marked(grace: User):
    marked = r'href="([^"]+)" aria-current="([^"]+)"'
    assert re.findall(marked, page(grace, "/referrals/")) == [("/referrals/", "page")]
    assert re.findall(marked, page(grace, "/referrals/RF-2/")) == [("/referrals/", "true")]


def test_everybody_sees_who_they_are_and_where_they_work(grace: User, stockwell: Team):
    assert "Grace Mensah" in page(grace)
    assert stockwell.name in page(grace)


def test_the_frame_asks_the_database_two_things_only(grace: User, django_assert_num_queries):
    client = Client()
    client.force_login(grace)
    # Her teams, and her unread notices. The rest is the session: read, user, key said, kept alive;
    # and row-level security: begun and ended.
    with django_assert_num_queries(10):
        client.get("/")
