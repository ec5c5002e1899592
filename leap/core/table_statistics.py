"""Counting tables for the planner, as autovacuum does a minute later."""

from django.db import connection


def analyze_tables() -> None:
    """Count every table of ours. A bare ANALYZE would count the catalogues that all databases of
    the server share, too, and lock them against other transactions that do, until it commits."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(map(connection.ops.quote_name, sorted(names))))
