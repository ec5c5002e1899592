import os
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.test import Client

from leap.celery import app
from leap.web import health


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch, db):
    monkeypatch.setattr(health, "_kept", (0.0, {}))


@pytest.fixture
def worker():
    """A worker process of its own, as in production."""
    command = [sys.executable, "-m", "celery", "-A", "leap", "worker", "--pool", "solo"]
    unheard = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | {"DEMO": "1"}, **unheard) as it:
        try:
            until = time.monotonic() + 60
            while not app.control.ping(timeout=0.5, limit=1):
                assert time.monotonic() < until, "the worker did not start"
            yield
        finally:
            it.terminate()


def ask():
    answer = Client().get("/health/")
    return answer.status_code, answer.json()


def test_all_is_well_when_database_broker_and_worker_answer(worker):
    status, parts = ask()
    assert status == 200
    assert all(parts[part]["ok"] for part in ("database", "broker", "worker"))
    assert parts["database"]["milliseconds"] > 0


def test_without_a_worker_it_is_not_well():
    status, parts = ask()
    assert (status, parts["worker"]["ok"], parts["broker"]["ok"]) == (503, False, True)


def test_without_a_broker_it_is_not_well_and_says_so_at_once(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    status, parts = ask()
    assert (status, parts["broker"], parts["worker"]) == (503, {"ok": False}, {"ok": False})


def test_without_a_database_it_is_not_well(monkeypatch):
    elsewhere = connection.copy()
    elsewhere.settings_dict["PORT"] = "1"
    monkeypatch.setattr(health, "connection", elsewhere)
    status, parts = ask()
    assert (status, parts["database"], parts["last_night"]) == (503, {"ok": False}, {"ok": False})


def test_whoever_asks_often_is_given_the_same_answer_quickly():
    ask()
    start = time.monotonic()
    again = ask()
    assert again[0] == 503
    assert time.monotonic() - start < health.PATIENCE


def test_nobody_need_be_signed_in_and_nothing_is_kept():
    assert "no-store" in Client().get("/health/")["Cache-Control"]
