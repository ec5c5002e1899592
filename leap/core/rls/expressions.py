"""What a spell of work and an entry's layer mean, for querysets and statements written by hand.

The rules are the database's own functions (sql/reader.sql), which the policies ask too. The planner
puts them into the statement, so they cost what the condition would.
"""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, DateTimeField, F, Func, Value
from django.utils import timezone

from leap.core.accounts.models import User


def is_live(at: datetime | None = None) -> Func:
    """A condition: the spell, shield or alert has not ended by then (now)."""
    moment = Value(at or timezone.now(), DateTimeField())
    return Func(F("ended_at"), moment, function="leap_is_live", output_field=BooleanField())


def in_layers_of(user: User) -> Func:
    """A condition: the entry's layer is open to this reader."""
    return Func(
        F("layer"),
        F("agency"),
        F("named"),
        Value(user.agency_ids, ArrayField(BigIntegerField())),
        Value(user.pk, BigIntegerField()),
        function="leap_layer_is_open",
        output_field=BooleanField(),
    )


def layer_is_open(table: str, agencies: str = "%(agencies)s::bigint[]", me: str = "%(me)s") -> str:
    """The same in SQL, of an entry of `table`, given the reader's agencies and key."""
    entry = ", ".join(f"{table}.{column}" for column in ("layer", "agency_id", "named"))
    return f"leap_layer_is_open({entry}, {agencies}, {me})"
