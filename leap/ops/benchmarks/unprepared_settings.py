"""The settings of the same app, its statements sent as text, to measure what preparing saves."""

from leap.settings import *  # noqa: F403, TID251  # a variant of the settings, not a reader of them
from leap.settings import DATABASES  # noqa: TID251

DATABASES["default"]["OPTIONS"]["prepare_statements"] = False
