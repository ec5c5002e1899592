"""Everything that is recorded, but for what only ever grows: to see that it is as it was."""

from django.apps import apps
from django.db import connection

APPS = {"families", "referrals", "leap_sites", "subject_access", "retention"}


def everything() -> dict[str, list[str]]:
    """Each row of each table, as text."""
    records = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label in APPS:
                table = model._meta.db_table
                cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t ORDER BY 1')
                records[table] = [row for (row,) in cursor.fetchall()]
    return records
