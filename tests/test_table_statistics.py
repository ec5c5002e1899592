from django.db import connection

from leap.core.table_statistics import analyze_tables


def test_databases_of_one_server_do_not_wait_for_each_other(db):
    """What is analyzed stays locked until the transaction ends, and catalogues are shared."""
    analyze_tables()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
            " WHERE pid = pg_backend_pid() AND mode = 'ShareUpdateExclusiveLock'"
            "   AND (relisshared OR relname = 'families_family')"
        )
        assert [name for (name,) in cursor] == ["families_family"]
