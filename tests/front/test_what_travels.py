"""How many bytes a first and a later page take over the line, compressed."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

FIRST_LOAD, LATER_PAGE = 60_000, 12_000
LINKED = re.compile(r'(?:href|src|data-[\w-]+)="/static/([^"]+\.(?:css|js|svg))"')


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


def test_static_files_are_kept_compressed_too(tmp_path, settings):
    """As production's storage writes them: whoever takes brotli is sent that."""
    (tmp_path / "leap.css").write_bytes(Path(finders.find("leap.css")).read_bytes())
    storage = CompressedManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    written = {name for _, name, _ in storage.post_process({"leap.css": (storage, "leap.css")})}

    (name,) = {name for name in written if name and name.endswith(".css") and name != "leap.css"}
    assert (
        brotli.decompress((tmp_path / f"{name}.br").read_bytes()) == (tmp_path / name).read_bytes()
    )
