"""Row-level security is laid down anew while pages are read: they wait, and none is ended."""

import threading
import time

import pytest
from django.db import connection

from leap.core.rls.policies import TABLES
from leap.core.rls.schema import apply_rls

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation IS NOT NULL)"


def read(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize("first", [min(TABLES), max(TABLES), "families_person"])
def test_a_page_that_has_begun_reads_on(first, django_db_blocker):
    went_wrong, laid_down = [], threading.Event()

    def lay_down():
        try:
            apply_rls()
        except Exception as error:
            went_wrong.append(error)
        finally:
            connection.close()
            laid_down.set()

    migrating = threading.Thread(target=lay_down)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        read(first)
        migrating.start()
        waits = False
        while not waits and not laid_down.is_set():
            cursor.execute(WAITING)
            (waits,) = cursor.fetchone()
            time.sleep(0.01)
        for table in TABLES:  # one of which the other has, had it not let go
            read(table)
        assert not laid_down.is_set()
        cursor.execute("COMMIT")
    migrating.join()
    assert not went_wrong
