"""Moving rows from one record to another, noting each, and putting them back as they were."""

import json
from collections.abc import Iterable
from typing import Any, cast

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from psycopg2 import sql
from psycopg2.extras import Json

from leap.casework.merging.links import Link
from leap.casework.merging.models import Merge, MergedRow

Row = dict[str, Any]


def move(merge: Merge, link: Link, *, gone: int, kept: int) -> None:
    """Let every row of `link` that points to `gone` point to `kept`; set aside what is there twice.

    What two rows say together is kept in the one that stays.
    """
    statement = sql.SQL("SELECT id FROM {} WHERE {} = %s ORDER BY id").format(
        sql.Identifier(link.table), sql.Identifier(link.column)
    )
    for (key,) in _all(statement, [gone]):
        if not link.may_collide:
            change(merge, link.table, key, {link.column: kept})
        else:
            try:
                with transaction.atomic():
                    change(merge, link.table, key, {link.column: kept})
            except IntegrityError as error:
                if getattr(error.__cause__, "pgcode", "") != UNIQUE_VIOLATION:
                    raise
                taken = set_aside(merge, link.table, key)
                table = link.table
                twin = {**taken, link.column: kept}
                if table == "families_contactperson":
                    _both_words_of_a_contact(merge, taken, twin)
                elif table == "families_member" and taken["left_on"] is None:
                    stays = _find(table, family_id=twin["family_id"], person_id=twin["person_id"])
                    change(merge, table, stays["id"], {"left_on": None})
                elif table == "leap_sites_attendance":
                    _both_marks(merge, taken, twin)


UNIQUE_VIOLATION = "23505"
CAME = ("attended", "walked_in")


def _both_words_of_a_contact(merge: Merge, taken: Row, twin: Row) -> None:
    table = "families_contactperson"
    stays = _find(table, contact_id=twin["contact_id"], person_id=twin["person_id"])
    values = {
        name: taken[name] or stays[name] for name in ("concerned", "present", "alone", "review")
    }
    change(merge, table, stays["id"], values)


def _both_marks(merge: Merge, taken: Row, twin: Row) -> None:
    """Somebody who was booked twice and came once came."""
    table = "leap_sites_attendance"
    stays = _find(table, session_id=twin["session_id"], person_id=twin["person_id"])
    if taken["status"] in CAME and stays["status"] not in CAME:
        marked = {name: taken[name] for name in ("marked_at", "marked_by_id")}
        status = "attended" if stays["status"] != "cancelled" else taken["status"]
        change(merge, table, stays["id"], {"status": status, **marked})
    count_places(taken["session_id"])


def change(merge: Merge, table: str, key: int, columns: Row) -> None:
    """Change some columns of a row, and note what they were; nothing where nothing changes."""
    before = _columns(table, key, columns)
    _write(table, key, columns)
    after = _columns(table, key, columns)
    if before != after:
        MergedRow.objects.create(merge=merge, table=table, key=key, before=before, after=after)


def set_aside(merge: Merge, table: str, key: int) -> Row:
    """Take a row out, and note all of it."""
    taken = row(table, key)
    MergedRow.objects.create(merge=merge, table=table, key=key, before=taken, after=None)
    _run(sql.SQL("DELETE FROM {} WHERE id = %s").format(sql.Identifier(table)), [key])
    return taken


def put_back(merge: Merge) -> None:
    """Undo what the merge carried, the last first. What was changed since then stays changed."""
    for carried in reversed(merge.carried.order_by("pk")):
        if carried.after is None:
            # A whole row, but for what the database works out itself.
            table = carried.table
            model = next(model for model in apps.get_models() if model._meta.db_table == table)
            columns = [
                str(field.column)
                for field in model._meta.concrete_fields
                if not isinstance(field, models.GeneratedField)
            ]
            _run(
                sql.SQL(
                    "INSERT INTO {table} ({names}) SELECT {names} FROM"
                    " jsonb_populate_record(NULL::{table}, %s)"
                ).format(table=sql.Identifier(table), names=_names(columns)),
                [Json(carried.before)],
            )
        else:
            after = cast(Row, carried.after)
            now = _columns(carried.table, carried.key, after)
            back = {
                name: carried.before[name]
                for name in after
                if name in now and now[name] == after[name]
            }
            if back:
                _write(carried.table, carried.key, back)
    for carried in merge.carried.filter(table="leap_sites_attendance", after=None):
        count_places(carried.before["session_id"])
    merge.carried.all().delete()


def count_places(session: int) -> None:
    """The places of a session are those that are held in it."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, {"session": session})


PLACES = """
UPDATE leap_sites_session
   SET places_taken = (SELECT count(*) FROM leap_sites_attendance
                        WHERE session_id = %(session)s
                          AND status IN ('booked', 'attended', 'did_not_attend'))
 WHERE id = %(session)s
"""


def row(table: str, key: int) -> Row:
    """A row as it stands, by the names of its columns."""
    return _find(table, id=key)


def _find(table: str, **where: object) -> Row:
    conditions = sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in where
    )
    statement = sql.SQL("SELECT to_jsonb(found)::text FROM {} AS found WHERE {} LIMIT 1").format(
        sql.Identifier(table), conditions
    )
    return _read(_all(statement, where)[0][0])


def _columns(table: str, key: int, names: Iterable[str]) -> Row:
    statement = sql.SQL("SELECT to_jsonb(found)::text FROM {} AS found WHERE id = %s").format(
        sql.Identifier(table)
    )
    rows = _all(statement, [key])
    if not rows:
        return {}
    whole = _read(rows[0][0])
    return {name: whole[name] for name in names}


def _read(text: str) -> Row:
    """A row as JSON, its decimals to the last nought."""
    return cast(Row, json.loads(text, parse_float=str))


def _write(table: str, key: int, columns: Row) -> None:
    _run(
        sql.SQL(
            "UPDATE {table} AS kept SET ({names}) = (SELECT {names} FROM"
            " jsonb_populate_record(NULL::{table}, %s) AS given) WHERE kept.id = %s"
        ).format(table=sql.Identifier(table), names=_names(columns)),
        [Json(columns), key],
    )


def _names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _run(statement: sql.Composable, values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)  # type: ignore[arg-type]


def _all(statement: sql.Composable, values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)  # type: ignore[arg-type]
        return cast(list[tuple[Any, ...]], cursor.fetchall())
