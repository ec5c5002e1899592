"""The Celery application: outbox, night and exports."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leap.settings")

app = Celery("leap")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "leap.core.audit",
        "leap.core.notifications",
        "leap.core.outbox",
        "leap.core.auth",
        "leap.governance.subject_access",
        "leap.governance.access_monitoring",
        "families",
        "outcomes.calculation",
        "referrals",
    ]
)
app.conf.beat_schedule = {
    "the night": {
        "task": "outcomes.calculation.tasks.run_night",
        "schedule": crontab(hour=2, minute=30),
    },
    "tend the night": {"task": "outcomes.calculation.tasks.tend_night", "schedule": 60},
    "tend subject access": {"task": "leap.governance.subject_access.tasks.tend", "schedule": 600},
    "seal the log": {"task": "leap.core.audit.tasks.seal", "schedule": crontab(hour=2, minute=15)},
    "tidy lapsed grants": {"task": "families.tasks.tidy_grants", "schedule": 300},
    "ask about odd openings": {
        "task": "leap.governance.access_monitoring.tasks.look_through_openings",
        "schedule": crontab(hour=3, minute=10),
    },
    "find possible duplicates": {
        "task": "families.tasks.find_possible_duplicates",
        "schedule": crontab(hour=3, minute=25),
    },
    "deliver the outbox": {"task": "leap.core.outbox.tasks.deliver_outbox", "schedule": 60},
    "clear out drafts": {
        "task": "leap.core.outbox.tasks.clear_out",
        "schedule": crontab(hour=3, minute=50),
    },
    "clear out files": {
        "task": "referrals.tasks.clear_out_files",
        "schedule": crontab(hour=3, minute=20),
    },
    "the morning's e-mails": {
        "task": "leap.core.notifications.tasks.send_digests",
        "schedule": crontab(minute="*/10"),  # from 07:30 on; a worker that was away makes up for it
    },
    "clear out notices": {
        "task": "leap.core.notifications.tasks.clear_out",
        "schedule": crontab(hour=3, minute=40),
    },
    "tend the clocks": {"task": "referrals.tasks.tend_clocks", "schedule": 900},
    "clear out sign-ins": {"task": "leap.core.auth.tasks.clear_out", "schedule": 900},
}
