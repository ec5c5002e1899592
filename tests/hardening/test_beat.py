"""What beat asks for, a worker knows how to do."""

from leap.celery import app


def test_every_task_of_the_schedule_is_one_that_workers_have():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled - set(app.tasks) == set()
