"""The headers of every answer, and the settings that production starts with."""

import os
import subprocess
import sys

import pytest
from django.test import Client, override_settings

from leap.ops.runtime.paths import ROOT

PRODUCTION = {
    "BASE_URL": "https://leap.example",
    "ALLOWED_HOSTS": "leap.example",
    "EMAIL_URL": "smtp+tls://leap:secret@mail.leap.example:587",
    "SECRET_KEY": "k9!" + "qwertzuiopasdfghjklyxcvbnm0123456789" * 2,
    "DATABASE_URL": os.environ.get("DATABASE_URL", "postgres://leap@127.0.0.1/leap"),
    "REDIS_URL": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"),
    "PATH": os.environ["PATH"],
}


def in_production(code):
    """What a process prints that starts with production's settings."""
    done = subprocess.run(
        [sys.executable, *code],
        cwd=ROOT,
        env=PRODUCTION,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_check_for_deployment_finds_nothing():
    output = in_production(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])
    assert "System check identified no issues" in output


SHOW = """
import django; django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage")
from django.test import Client
answer = Client().get("/sign-in/", secure=True, headers={"host": "leap.example"})
print(answer.status_code)
for name, value in sorted(answer.headers.items()):
    print(f"{name}: {value}")
for cookie in answer.cookies.values():
    print(cookie.OutputString())
print(settings.SESSION_COOKIE_NAME)
plain = Client().get("/sign-in/", headers={"host": "leap.example"})
print(plain.status_code, plain.headers["Location"])
"""


@pytest.mark.django_db
def test_production_answers_over_tls_alone_with_every_header():
    code = f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'leap.settings'{SHOW}"
    output = in_production(["-c", code])
    for header in HEADERS:
        assert header in output
    assert "; Secure" in output
    assert "__Host-sessionid" in output
    assert "301 https://leap.example/sign-in/" in output


HEADERS = (
    "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
    "Referrer-Policy: same-origin",
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin",
    "Permissions-Policy: accelerometer=()",
    "default-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/not/there/", "/api/v1/families/", "/health/"])
def test_every_answer_has_them(address):
    answer = Client().get(address)
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_session_cookie_is_out_of_reach_of_scripts(client, grace):
    signed_in = client.post(
        "/sign-in/", {"email": "grace@leap.example", "password": "correct horse battery"}
    )
    cookie = signed_in.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_another_host_is_turned_away(client):
    with override_settings(ALLOWED_HOSTS=["leap.example"]):
        assert client.get("/sign-in/", headers={"host": "evil.example"}).status_code == 400
