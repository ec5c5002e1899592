"""Behind a proxy that hands a session from client to client LEAP does not start."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

from tests.app_processes import database_url
from tests.prepared_statements.pooler import pooling


def check(url):
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--database", "default"],
        env={**os.environ, "DATABASE_URL": url, "DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_proxy_that_pools_transactions_is_refused_in_a_sentence(django_db_setup):
    url = urlsplit(database_url())
    with pooling(url.hostname, url.port) as port:
        signed_in = url.netloc.rpartition("@")[0]
        done = check(url._replace(netloc=f"{signed_in}@127.0.0.1:{port}").geturl())

    assert done.returncode != 0
    output = " ".join((done.stdout + done.stderr).split())
    assert "gives one session to several clients in turn" in output
    assert "Set pool_mode = session" in output


def test_the_database_itself_is_not(django_db_setup):
    assert check(database_url()).returncode == 0
