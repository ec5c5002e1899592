"""The settings under which `leap.ops.benchmarks.baseline` is served: ours, with nothing in front of
the view."""

from leap.settings import *  # noqa: F403, TID251  # a variant of the settings, not a reader of them

ROOT_URLCONF = "leap.ops.benchmarks.baseline"
MIDDLEWARE = []  # nothing stands in front of the view
