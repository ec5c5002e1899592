"""How many bytes a first and a later page take over the line, compressed as they are served."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

FIRST_LOAD, LATER_PAGE = 60_000, 12_000
LINKED = re.compile(r'(?:href|src|data-\w+)="/static/([^"]+\.(?:css|js|svg))"')


@pytest.fixture
def my_work(client_of, grace, okafors):
    return client_of(grace).get("/", headers={"accept-encoding": "gzip, br"})


def test_a_page_is_compressed(my_work):
    assert my_work.headers["Content-Encoding"] == "gzip"
    assert "Okafor" in gzip.decompress(my_work.content).decode()
    assert len(my_work.content) < LATER_PAGE


def test_the_first_load_of_my_work_is_small(my_work):
    """Styles and scripts are kept by the browser afterwards."""
    page = gzip.decompress(my_work.content).decode()
    files = set(LINKED.findall(page))
    assert {"leap.css", "vendor/govuk-frontend.min.css"} <= files
    sizes = {name: len(brotli.compress(Path(finders.find(name)).read_bytes())) for name in files}

    assert len(my_work.content) + sum(sizes.values()) < FIRST_LOAD, sizes


def test_who_cannot_read_it_compressed_gets_it_plain(client_of, grace):
    answer = client_of(grace).get("/")

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
