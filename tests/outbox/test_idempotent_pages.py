"""No page of LEAP carries out what was sent twice: a new one cannot forget it."""

import inspect

import pytest
from django.http import HttpResponse

from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from tests.access.routes import API, every_route

# Pages that take a POST and are no `idempotent_post`: why sending one twice does no harm.
WITHOUT_A_KEY = {
    "accounts:sign_in": "before there is anybody whose key it could be",
    "accounts:code": "as signing in; a code works once",
    "accounts:again": "as signing in; in the page that one is on",
    "accounts:still": "only asks",
    "accounts:sign_out": "whoever is signed out is not signed out again",
    "accounts:forgotten": "signed out; the same link again, seldom",
    "accounts:new_password": "signed out; its link works once",
    "accounts:change_password": "the same password again; the one before no longer opens it",
    "accounts:second_factor": "a code of the app works once",
    "accounts:remove_second_factor": "there is none any more",
    "accounts:recovery_codes": "ten new ones in place of ten",
    "accounts:download_recovery_codes": "only reads",
    "accounts:end_session": "what has ended does not end again",
    "accounts:end_other_sessions": "what has ended does not end again",
    "families:search": "only searches",
    "families:find": "only searches",
    "families:known": "only looks people up",
    "families:ask_known": "whoever has been asked is not asked again",
    "families:end_break_glass": "what has ended does not end again",
    "merging:undo": "what is undone is not undone again",
    "keep_draft": "the same draft again",
    "discard_draft": "there is none any more",
    "read_notices": "they are read already",
    "offline:take": "lends to a device anew",
    "offline:send": "each contact in it has a key of its own",
    "offline:still": "only asks",
    "referrals:send_in": "no account; its key is kept with what was sent in",
    "referrals:by_link": "no account; the code only opens what it is for",
    "referrals:answer_by_link": "no account; a link is answered once",
    "outcomes:export_exact": "only reads",
    "subject_access:accept_proposals": "what is accepted stays accepted",
    "subject_access:piece": "the same decision again",
}


def takes_a_post(view) -> bool:
    """Whether it, or what it calls in its module, speaks of a POST; a class, whether it has one."""
    if hasattr(view, "view_class"):
        return hasattr(view.view_class, "post")
    pages, visited = [inspect.unwrap(view)], set()
    while pages:
        page = pages.pop()
        if page in visited or not inspect.isfunction(page):
            continue
        visited.add(page)
        if "POST" in inspect.getsource(page):
            return True
        names = [page.__globals__.get(name) for name in page.__code__.co_names]
        pages += [
            inspect.unwrap(called)
            for called in names
            if inspect.isfunction(called) and called.__module__ == page.__module__
        ]
    return False


def test_whatever_takes_a_post_is_idempotent():
    forgetful = {
        route.name
        for route in every_route()
        if not route.address.startswith(API)
        and not hasattr(route.view, "form_post")
        and takes_a_post(route.view)
    }
    assert forgetful == set(WITHOUT_A_KEY)


def test_a_view_that_is_not_one_carries_nothing_out(rf):
    with pytest.raises(RuntimeError, match="idempotent_post"):
        perform(rf.post("/"), dict)


def test_a_form_that_is_only_shown_carries_nothing_out(rf):
    @idempotent_post(NOTHING_NEW)
    def view(request):
        perform(request, dict)
        return HttpResponse()

    with pytest.raises(RuntimeError, match="Only what was sent"):
        view(rf.get("/"))
