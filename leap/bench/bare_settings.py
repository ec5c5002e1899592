"""The settings under which `leap.bench.bare` is served: ours, with nothing in front of the view."""

from leap.settings import *  # noqa: F403, TID251  # a variant of the settings, not a reader of them

ROOT_URLCONF = "leap.bench.bare"
MIDDLEWARE = []  # nothing stands in front of the view
