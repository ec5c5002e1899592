"""A page that breaks over a family's words shows none of them and writes none of them down."""

import traceback

import pytest
from django.template.backends.django import Template
from rest_framework.renderers import JSONRenderer

from leap.core.logging import NoWords
from tests.access import sweep
from tests.access.canary import release
from tests.access.turns import EVERY_COMBINATION
from tests.access.visits import same_cookies, undone
from tests.access.world import browser_of

EVERY = 1 if EVERY_COMBINATION else 4  # of so many addresses one is asked for


@pytest.fixture
def canary(world):
    return release(world)


def test_an_error_over_its_words_tells_none_of_them(world, canary, monkeypatch):
    """Not even to whoever may read them: what an error quotes could be anybody's."""
    words = "\n".join(canary.words)

    def stumble(*rest, **named):
        try:
            raise ValueError(words)
        except ValueError as error:
            raise RuntimeError(words, rest, named) from error

    whole = Template.render
    monkeypatch.setattr(
        Template,
        "render",
        lambda page, context=None, request=None: (
            stumble(page, context) if request else whole(page, context)
        ),
    )
    monkeypatch.setattr(JSONRenderer, "render", stumble)
    reader = browser_of(world.users["social-worker"])
    broken, disclosures = 0, []
    for ask in sweep.asks(world, [canary])[::EVERY]:
        with undone(), same_cookies(reader), sweep.captured_log(NoWords()) as log:
            answer = ask.of(reader)
            text = f"{sweep.everything_in(answer)}\n{log.getvalue()}"
        broken += answer.status_code == 500 and "failed" in log.getvalue()
        disclosures += [
            f"{ask}: {word}" for word in sweep.secret_words_in(canary.words, text, query=str(ask))
        ]
    assert broken > 20, "pages were to break"
    assert disclosures == []


def test_the_words_would_have_been_found(canary):
    """The sweep can fail: Python's own way of writing an error down quotes them."""
    error = RuntimeError("\n".join(canary.words))
    assert sweep.secret_words_in(canary.words, "".join(traceback.format_exception(error)))
