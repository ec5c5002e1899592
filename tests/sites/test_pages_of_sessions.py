"""Sessions at one time stand on one page each."""

import pytest


@pytest.fixture
def alike(db, make_session):
    """Forty-five sessions at one site, all at one time."""
    return [make_session(hours=24) for _ in range(45)]


def test_each_of_many_alike_is_on_one_page(alike, larkhall, client_of, grace):
    client, refs = client_of(grace), []
    for number in (1, 2, 3):
        page = client.get(f"/sites/{larkhall.code}/?page={number}").content.decode()
        refs += [session.ref for session in alike if session.ref in page]
    assert sorted(refs) == sorted(session.ref for session in alike)
