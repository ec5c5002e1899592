"""The Celery application: outbox, night and exports."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leap.settings")

app = Celery("leap")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["leap.safekeeping", "outcomes"])
