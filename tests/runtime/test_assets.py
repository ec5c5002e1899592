"""The design system's files."""

import json
import re

import pytest

from leap.ops.runtime import assets
from leap.ops.runtime.paths import NPM, VENDOR

SHEET = (
    '@charset "UTF-8";@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}'
    ".a{font-family:GDS Transport,arial,sans-serif}"
    ".b{content:'';background-image:url(/assets/images/govuk-crest.svg);width:1px}"
    ".c{background-image:url(/assets/images/icon-tag.svg)}"
    "/*# sourceMappingURL=a.css.map */"
)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A static folder of our own, with a plain style sheet, and no way to npm."""
    (tmp_path / "plain.css").write_text(".govuk-button{color:green}")
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    monkeypatch.setattr(assets, "_STAMP", tmp_path / "vendor" / ".stamp")
    monkeypatch.setattr(assets, "_install", lambda work: None)
    return tmp_path / "vendor"


def test_govuks_typeface_and_crest_are_taken_out():
    clean = assets.clean_sheet(SHEET)
    assert clean == (
        "@charset \"UTF-8\";.a{font-family:arial,sans-serif}.b{content:'';width:1px}"
        ".c{background-image:url(images/icon-tag.svg)}"
    )


def test_out_of_npms_reach_the_plain_sheet_serves_and_the_next_start_tries_again(elsewhere):
    assets.fetch()
    assert (elsewhere / "govuk-frontend.min.css").read_text() == ".govuk-button{color:green}"
    assert "export" in (elsewhere / "govuk-frontend.min.js").read_text()
    assert not assets.ready()


def test_every_image_a_sheet_asks_for_is_there():
    for name in ("govuk-frontend.min.css", "moj-frontend.min.css"):
        sheet = (VENDOR / name).read_text()
        for image in re.findall(r"url\(([^)]+)\)", sheet):
            assert image.startswith("data:") or (VENDOR / image).is_file()


def test_what_comes_from_npm_is_pinned_by_content_and_names_no_registry():
    lock = json.loads((NPM / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
