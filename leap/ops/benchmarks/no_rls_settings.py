"""The settings of the same app without row-level security, to measure what that costs."""

from leap.settings import *  # noqa: F403, TID251  # a variant of the settings, not a reader of them
from leap.settings import MIDDLEWARE as WALLED  # noqa: TID251

MIDDLEWARE = [name for name in WALLED if name != "leap.core.rls.session.RowLevelSecurityMiddleware"]
