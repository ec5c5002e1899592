"""Fields of what is sent to the API, read as everywhere else: by leap.core.parse."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from rest_framework import serializers

from leap.core import parse

Read = TypeVar("Read")


class ApiDateField(serializers.DateField):
    """A day, as 2016-04-30."""

    def to_internal_value(self, value: Any) -> date:
        return _readable(parse.day, value)


class ApiDateTimeField(serializers.DateTimeField):
    """A day and a time, as 2016-04-30T14:30; without an offset, London's."""

    def to_internal_value(self, value: Any) -> datetime:
        return _readable(parse.moment, value)


class ApiIntegerField(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        return _readable(parse.whole, data)


def _readable(read: Callable[[str], Read], sent: Any) -> Read:
    """JSON has true and false, which are no numbers, and objects, which are neither."""
    if isinstance(sent, bool) or not isinstance(sent, str | int | float):
        raise serializers.ValidationError("Give this as text or a number.")
    try:
        return read(str(sent))
    except parse.Unreadable as problem:
        raise serializers.ValidationError(str(problem)) from None
