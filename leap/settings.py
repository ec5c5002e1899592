"""Settings, all from the environment.

Outside demonstration mode and tests nothing is guessed: what is missing is named and the app
refuses to start. Where manage.py has started PostgreSQL and a broker of its own, it has set the
variables.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool("DEMO", default=False)
TESTING = "pytest" in sys.modules
WEB = env.bool("LEAP_WEB", default=False)  # set by leap.wsgi: this process serves pages
# manage.py started the database and the broker itself.
LOCAL = env.bool("LEAP_LOCAL", default=False)
VAR = Path(env("LEAP_VAR", default=str(BASE_DIR / "var")))


def _missing() -> list[str]:
    wanted = ["DATABASE_URL", "REDIS_URL", "SECRET_KEY"]
    if not (DEMO or TESTING or LOCAL):
        wanted += ["ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL"]
    if env.str("TEXT_URL", default=""):
        wanted += ["TEXT_TOKEN"]
    if env.str("OIDC_ISSUER", default=""):
        wanted += ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]
    return [name for name in wanted if not env.str(name, default="")]


if missing := _missing():
    raise ImproperlyConfigured(
        f"LEAP cannot start: {', '.join(missing)} not set. See 'Environment' in README.md, "
        "or run 'python3 manage.py up' for a demonstration that needs none of them."
    )

SECRET_KEY = env("SECRET_KEY")
DEBUG = env.bool("LEAP_DEBUG", default=False)  # `up --debug`
if DEBUG and not LOCAL:
    raise ImproperlyConfigured(
        "LEAP_DEBUG shows what stands in the memory of a page to whoever provokes an error. It is"
        " for python3 manage.py up --debug on a machine of your own: unset it."
    )
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "leap",
    "leap.core.accounts",
    "leap.core.audit",
    "leap.core.outbox",
    "leap.core.auth",
    "leap.core.notifications",
    "leap.core.reference_data",
    "families",
    "referrals",
    "sites.apps.SitesConfig",
    "outcomes",
    "leap.governance.retention",
    "leap.casework.prompts",
    "leap.casework.merging",
    "leap.casework.life_events",
    "families.plans",
    "leap.governance.subject_access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "guardian",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "leap.web.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django adds bytes at random, and secrets in a page are masked anew each time (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leap.core.rls.session.RowLevelSecurityMiddleware",
    "leap.web.middleware.DeviceCookieMiddleware",
    "leap.web.middleware.SignInRequiredMiddleware",
    "leap.web.middleware.CleanTextMiddleware",
    "leap.web.middleware.MFARequiredMiddleware",
    "leap.web.middleware.FormOwnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "leap.web.rate_limits.RateLimitMiddleware",
    "leap.web.middleware.IdleTimeoutMiddleware",
    "leap.web.middleware.NoStoreMiddleware",
    "leap.core.outbox.drafts.KeepRefusedFormsMiddleware",
    "leap.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "leap.urls"
WSGI_APPLICATION = "leap.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leap.core.http.page_context",
                "leap.core.notifications.context.unread",
            ],
            "builtins": [
                "leap.core.ui.templatetags.components",
                "leap.core.ui.templatetags.tables",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        **env.db("DATABASE_URL"),
        "ENGINE": "leap.core.prepared_statements",
        "CONN_MAX_AGE": 0 if TESTING else 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
_database_options: dict[str, object] = DATABASES["default"].setdefault("OPTIONS", {})
# Pages send the same few statements all day. What the night and imports send, once and over
# everything, is worth a plan of its own each time.
_database_options["prepare_statements"] = env.bool(
    "LEAP_PREPARE_STATEMENTS", default=WEB or TESTING
)
if WEB:  # nothing in it reads from outside row-level security, not even before the first page
    _database_options["options"] = "-c role=leap_web"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What is ours in a Redis that others use too; each process of a test run has its own.
OURS = env("LEAP_QUEUE_PREFIX", default=f"leap{env('PYTEST_XDIST_WORKER', default='')}:")
CACHES = {
    "default": {
        "BACKEND": "leap.core.cache.SharedRedisCache",
        "LOCATION": env("REDIS_URL"),
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # nothing waits for a cache
        "KEY_PREFIX": OURS.rstrip(":"),
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "families.access.guardian_backend.FamilyPermissionBackend",
]
# Ours is guardian's, and knows the clock: families/access/guardian_backend.py.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds
# Managers and admins sign in with an authenticator app as well. The demonstration lets them be.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not (DEMO or TESTING))
# The organisation's own sign-in, where there is one.
OIDC_ISSUER = env("OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env("OIDC_NAME", default="your work account")
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

# Sessions live in the database: a broker that stops must not sign anyone out.
SESSION_ENGINE = "leap.core.auth.sessions"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a sign of life
SESSION_LONGEST = 12 * 3600  # seconds, however busy
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"  # this host alone, over TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # a link in an e-mail finds one signed in
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What one request may hold. The longest page of ours has some hundred fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_HANDLERS = ["leap.core.uploads.Bounded"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000_000  # bytes: the largest attached file
# For one person in a minute. Measurements and tests are quicker than people.
LIMITS_TIMES = env.int("LIMITS_TIMES", default=100 if TESTING else 1)
PAGE_LIMITS = {
    "search": 60 * LIMITS_TIMES,
    "export": 20 * LIMITS_TIMES,
    "send": 240 * LIMITS_TIMES,
}
CSRF_FAILURE_VIEW = "leap.web.error_pages.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "frame-src": [NONE],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False
# Tests collect nothing, and what is being changed is read where it stands.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING or DEBUG
MEDIA_ROOT = VAR / "files"
# A virus scanner that files are shown to before they are kept: clamd, as tcp://host:3310.
CLAMD_URL = env("CLAMD_URL", default="")

if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
elif not TESTING:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
# Text messages to practitioners, where there is a provider for them: leap/core/outbox/sms.py.
TEXT_URL = env("TEXT_URL", default="")
TEXT_TOKEN = env("TEXT_TOKEN", default="")
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", default="LEAP <no-reply@leap.example>")

CELERY_BROKER_URL = env("REDIS_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 4 * 3600,  # longer than the longest task; every task is safe to run twice
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "global_keyprefix": OURS,
    # A page that asks a broker which is away tries once: what it asked for waits in the database.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_PUBLISH_RETRY = False  # the outbox and the tender try again; a page never waits

REST_FRAMEWORK = {
    # The first one's challenge is sent with a 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "leap.core.api.tokens.RowLevelSecurityTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "leap.core.api.schema.Schema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["leap.core.api.parsing.BoundedJSON"],
    "DEFAULT_METADATA_CLASS": None,  # the schema says it all
    "DEFAULT_PAGINATION_CLASS": "leap.core.api.paging.Pages",
    "DEFAULT_THROTTLE_CLASSES": [
        "leap.core.api.throttles.SignedIn",
        "leap.core.api.throttles.SignedOut",
    ],
    "DEFAULT_THROTTLE_RATES": {"signed_in": 600, "signed_out": 120},  # requests a minute
    "EXCEPTION_HANDLER": "leap.core.api.problems.answer_problem",
    "NUM_PROXIES": 1,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "LEAP",
    "DESCRIPTION": (
        "Families, referrals, sessions and outcomes for other systems. Things are named by their "
        "public reference or code. What is not shared with you does not exist here."
    ),
    "VERSION": "1",
    "LICENSE": {"name": "AGPL-3.0-or-later"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [],  # each list of words stays where it is used, under no made-up name
}

# Nothing that anybody typed gets into a log or a report: see leap/core/logging.py. Nobody is sent
# errors.
ADMINS: list[tuple[str, str]] = []
DEFAULT_EXCEPTION_REPORTER_FILTER = "leap.core.logging.TellNothing"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # the worker logs as everything does
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "leap.core.logging.NoWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "leap": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},  # in place of its own, which sends e-mail
        "django.request": {"level": "ERROR"},  # an address that is not there may hold anything
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
