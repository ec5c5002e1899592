"""The night: whole or not at all, whatever dies or fails on the way."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from leap.core.audit.log import record
from outcomes import periods
from outcomes.calculation import nights, steps, tasks
from outcomes.indicators import INDICATORS
from outcomes.models import CalculationStep, Figure, Night

BORN = date(2016, 4, 10)
Q1 = periods.parse("2016-Q1")
AS_AT = date(2016, 9, 30)
LONDON = ZoneInfo("Europe/London")


def rebuild(*codes, as_at=AS_AT, **options):
    night = nights.start_night(
        as_at=as_at, periods=[Q1], indicators=codes or ["new_birth_visit_14"], **options
    )
    assert nights.process_steps(night=night)
    return Night.objects.get(pk=night.pk)


def counts(indicator="new_birth_visit_14", area="LEAP", period="2016-Q1"):
    figure = Figure.objects.published().get(indicator=indicator, area_code=area, period=period)
    return figure.numerator, figure.denominator


def test_a_night_publishes_a_figure_for_every_area(lives):
    child = lives.child(BORN)
    lives.contact(BORN + timedelta(10), child, review="new_birth")

    night = rebuild()

    assert night.status == Night.Status.PUBLISHED
    assert Figure.objects.published().count() == 5
    assert (counts(), counts(area="E05000429"), counts(area="E05000420")) == (
        (1, 1),
        (1, 1),
        (0, 0),
    )
    empty = Figure.objects.get(area_code="E05000420")
    assert (empty.value, empty.lower, empty.note) == (None, None, "[x]")


def test_running_it_again_changes_nothing(lives):
    lives.child(BORN)
    rebuild()
    figures = Figure.objects.order_by("area_code").values_list(
        "area_code", "value", "lower", "upper"
    )
    before = list(figures)
    rebuild()

    assert list(figures.all()) == before


def test_a_later_night_replaces_the_figures_also_at_an_earlier_as_at_date(lives):
    lives.child(BORN)
    rebuild()
    rebuild(as_at=date(2016, 5, 9))

    assert counts() == (0, 0)
    assert Figure.objects.count() == 5


def test_a_period_that_is_not_over_is_provisional(lives):
    lives.child(BORN)
    rebuild(as_at=date(2016, 6, 29))
    assert Figure.objects.get(area_code="LEAP").note == "[p]"

    rebuild(as_at=date(2016, 6, 30))
    assert Figure.objects.get(area_code="LEAP").note == ""


def test_readers_meet_no_half_of_a_night(lives):
    lives.child(BORN)
    rebuild("new_birth_visit_14", "review_6_8_weeks")
    lives.child(BORN)
    night = nights.start_night(
        as_at=AS_AT, periods=[Q1], indicators=["new_birth_visit_14", "review_6_8_weeks"]
    )

    assert steps.work_some(night=night)
    assert not nights.publish(night=night)
    assert (counts(), counts("review_6_8_weeks")) == ((0, 1), (0, 1))

    assert nights.process_steps(night=night)
    assert (counts(), counts("review_6_8_weeks")) == ((0, 2), (0, 2))


def test_one_that_fails_stops_no_other_and_keeps_its_last_good_figures(lives, monkeypatch):
    lives.child(BORN)
    first = rebuild("new_birth_visit_14", "new_birth_visit_30")
    lives.child(BORN)
    broken = replace(INDICATORS["new_birth_visit_14"], numerator_sql="1 / 0 = 1")
    monkeypatch.setitem(INDICATORS, "new_birth_visit_14", broken)

    night = rebuild("new_birth_visit_14", "new_birth_visit_30")

    failed = night.steps.get(indicator="new_birth_visit_14")
    assert (failed.status, failed.error) == (
        CalculationStep.Status.FAILED,
        "DataError: division by zero",
    )
    assert night.steps.get(indicator="new_birth_visit_30").status == CalculationStep.Status.DONE
    assert (counts(), counts("new_birth_visit_30")) == ((0, 1), (0, 2))
    assert Figure.objects.get(indicator=broken.code, area_code="LEAP").night == first


def test_a_night_that_began_earlier_does_not_replace_a_later_one(lives):
    late = nights.start_night(as_at=AS_AT, periods=[Q1], indicators=["new_birth_visit_14"])
    lives.child(BORN)
    rebuild()
    with transaction.atomic():
        assert steps.work_some(night=late)
        Figure.objects.filter(night=late).update(numerator=0, denominator=0)

    assert nights.publish(night=late)
    assert counts() == (0, 1)


def test_a_worker_that_dies_in_a_step_leaves_it_waiting(lives, monkeypatch):
    lives.child(BORN)
    night = nights.start_night(as_at=AS_AT, periods=[Q1], indicators=["new_birth_visit_14"])

    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    monkeypatch.setattr(steps, "figure", die)
    with pytest.raises(Killed):
        steps.work_some(night=night)
    assert night.steps.get().status == CalculationStep.Status.WAITING

    monkeypatch.undo()
    assert nights.process_steps(night=night)
    assert counts() == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_a_step_holds_nobody_up(lives):
    """Killed for real, in a step that cannot go on; another one finishes the night."""
    lives.child(BORN)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE families_residence")
        worker = subprocess.Popen(
            [sys.executable, "-c", RUN_A_NIGHT], env={**os.environ, **_same_database()}
        )
        while not _waits_for_the_table(cursor):
            assert worker.poll() is None
            time.sleep(0.1)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    night = Night.objects.get()
    assert night.steps.get().status == CalculationStep.Status.WAITING
    assert _once_it_is_gone(lambda: nights.tend() and nights.process_steps(night=night))
    assert counts() == (0, 1)


RUN_A_NIGHT = """
import django
django.setup()
from django.core.management import call_command
call_command("rebuild_outcomes", "--as-at", "2016-09-30", "--periods", "2016-Q1",
             "--indicators", "new_birth_visit_14")
"""


def _same_database():
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    name = connection.settings_dict["NAME"]
    return {"DATABASE_URL": f"{base}/{name}", "DJANGO_SETTINGS_MODULE": "leap.settings"} | {
        "SECRET_KEY": settings.SECRET_KEY
    }


def _waits_for_the_table(cursor):
    cursor.execute(
        "SELECT count(*) FROM pg_locks"
        " WHERE NOT granted AND relation = 'families_residence'::regclass"
    )
    return cursor.fetchone()[0]


def _once_it_is_gone(attempt):
    """The database notices within moments that a killed worker's connection is gone."""
    for _ in range(50):
        if attempt():
            return True
        time.sleep(0.1)
    return False


def statuses(night):
    return dict(night.steps.values_list("indicator", "status"))


@pytest.fixture
def a_finished_quarter(lives):
    """Everything computed on 1 October 2026, a day on which nothing else was recorded."""
    with time_machine.travel(datetime(2026, 10, 1, 12, tzinfo=LONDON), tick=False):
        lives.child(date(2026, 5, 1))
        assert nights.process_steps(night=nights.start_night(as_at=date(2026, 10, 1)))
    return lives


def tonight(by=None):
    """Two nights later."""
    with time_machine.travel(datetime(2026, 10, 3, 12, tzinfo=LONDON), tick=False):
        night = nights.start_night(as_at=date(2026, 10, 3), by=by)
        assert nights.process_steps(night=night)
        return night


def test_by_default_every_period_from_the_first_record(a_finished_quarter):
    codes = Night.objects.get().periods

    assert codes[:2] == ["2026-05", "2026-06"]
    assert {"2026-10", "2026-Q1", "2026-Q3", "2026-27"} <= set(codes)


def test_what_cannot_have_changed_is_not_computed_again(a_finished_quarter):
    step = tonight().steps.get(indicator="review_1_year")

    assert step.status == CalculationStep.Status.DONE
    assert step.periods == ["2026-10", "2026-Q3", "2026-27"]  # those that were not over


def test_what_was_recorded_since_is_computed_everywhere_it_counts(a_finished_quarter):
    with time_machine.travel(datetime(2026, 10, 2, 12, tzinfo=LONDON), tick=False):
        record("referral.sent", by=None)
        record("family.opened", by=None)
    night = tonight()

    assert "2026-05" in night.steps.get(indicator="referral_in_time").periods
    assert "2026-05" not in night.steps.get(indicator="review_1_year").periods


def test_an_import_may_have_changed_anything(a_finished_quarter):
    with time_machine.travel(datetime(2026, 10, 2, 12, tzinfo=LONDON), tick=False):
        record("records.imported", by=None)

    assert "2026-05" in tonight().steps.get(indicator="review_1_year").periods


def test_a_changed_definition_is_computed_again(a_finished_quarter, monkeypatch):
    second = replace(INDICATORS["review_1_year"], version=2)
    monkeypatch.setitem(INDICATORS, "review_1_year", second)

    assert "2026-05" in tonight().steps.get(indicator="review_1_year").periods


def test_a_night_about_a_past_day_proves_nothing_about_later_ones(lives):
    """On its as-at date it left out what was recorded after; a night about today must not."""
    lives.child(date(2026, 5, 1))
    with time_machine.travel(datetime(2026, 10, 1, 12, tzinfo=LONDON), tick=False):
        assert nights.process_steps(night=nights.start_night(as_at=date(2026, 7, 10)))

    assert "2026-05" in tonight().steps.get(indicator="review_1_year").periods


def test_the_same_day_again_is_all_unchanged(lives):
    lives.child(date(2026, 5, 1))
    with time_machine.travel(datetime(2026, 10, 1, 12, tzinfo=LONDON), tick=False) as clock:
        nights.process_steps(night=nights.start_night(as_at=date(2026, 9, 1)))
        clock.shift(timedelta(hours=3))
        again = nights.start_night(as_at=date(2026, 9, 1))

    assert set(statuses(again).values()) == {CalculationStep.Status.UNCHANGED}


@pytest.fixture
def workers(monkeypatch):
    """The workers that were sent, without a broker."""
    workers = []
    monkeypatch.setattr(
        tasks.work_night, "apply_async", lambda args, retry: workers.append(args[0])
    )
    return workers


def test_a_missed_night_is_caught_up_once(lives, workers):
    lives.child(date(2026, 5, 1))
    with time_machine.travel(datetime(2026, 10, 1, 9, 40, tzinfo=LONDON)):
        tasks.tend_night()
        tasks.tend_night()
        night = Night.objects.get()
        assert (night.as_at, night.scheduled) == (date(2026, 10, 1), True)
        assert workers == [night.pk] * 4  # two workers, twice: none has claimed a step yet

        tasks.work_night(night.pk)
        tasks.tend_night()

    assert len(workers) == 4
    assert Night.objects.get().status == Night.Status.PUBLISHED


def test_before_half_past_two_the_night_due_is_yesterdays(db, workers):
    with time_machine.travel(datetime(2026, 10, 1, 2, 29, tzinfo=LONDON)):
        tasks.tend_night()
    assert Night.objects.get().as_at == date(2026, 9, 30)

    with time_machine.travel(datetime(2026, 10, 1, 2, 30, tzinfo=LONDON)):
        tasks.run_night()
    assert Night.objects.latest("as_at").as_at == date(2026, 10, 1)


def test_a_night_whose_last_worker_died_before_publishing_is_published(lives, workers):
    lives.child(BORN)
    night = nights.start_night(as_at=AS_AT, periods=[Q1], indicators=["new_birth_visit_14"])
    steps.work_some(night=night)

    tasks.tend_night()

    night.refresh_from_db()
    assert night.status == Night.Status.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_night_waits_and_the_worker_does_not(lives):
    lives.child(BORN)
    nowhere = {"REDIS_URL": "redis://127.0.0.1:1/0"}
    done = subprocess.run(
        [sys.executable, "-c", SEND_WORKERS],
        env={**os.environ, **_same_database(), **nowhere},
        timeout=240,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "no workers sent" in done.stderr
    assert Night.objects.get().steps.filter(status=CalculationStep.Status.WAITING).exists()


SEND_WORKERS = """
import django
django.setup()
from outcomes.calculation import tasks
tasks.run_night()
"""


def test_a_night_is_in_the_log(lives, noor):
    rebuild(by=noor)

    from leap.core.audit.models import Event

    kinds = Event.objects.filter(by_ref=str(noor.ref)).values_list("kind", flat=True)
    assert list(kinds) == ["night.begun", "night.published"]


def test_beat_knows_the_night_and_the_outbox():
    from leap.celery import app

    app.loader.import_default_modules()
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named <= set(app.tasks)
    assert "outcomes.calculation.tasks.run_night" in named


def test_a_night_in_the_future_is_refused(db):
    with pytest.raises(Exception, match="in the future"):
        nights.start_night(as_at=timezone.localdate() + timedelta(1))
