"""What a browser keeps of LEAP for when there is no signal: one page without anybody in it, and the
style sheets and scripts it takes."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

SHEETS = ("vendor/govuk-frontend.min.css", "vendor/moj-frontend.min.css", "plain.css", "leap.css")
SCRIPTS = ("leap.js", "vendor/govuk-frontend.min.js")
PICTURES = ("leap.svg", "offline/leap-192.png")
# Modules name one another as they are called here, whatever the server adds to a file's name.
MODULES = ("contact.js", *(f"offline/{name}.js" for name in ("keys", "kept", "sending", "showing")))
FIRST_MODULE = "offline/today.js"


@cache
def files() -> list[str]:
    """The address of each file that the page takes."""
    named = [static(name) for name in (*SHEETS, *SCRIPTS, *PICTURES, FIRST_MODULE) if _found(name)]
    first = static(FIRST_MODULE)
    folder = first[: first.index("offline/")]
    return [*named, *(folder + name for name in MODULES)]


@cache
def version() -> str:
    """Changes with any of the files, so that a browser fetches all of them or none."""
    everything = (*SHEETS, *SCRIPTS, *PICTURES, FIRST_MODULE, *MODULES)
    read = hashlib.sha256()
    for path in filter(None, map(_found, everything)):
        read.update(path.read_bytes())
    return read.hexdigest()[:16]


def _found(name: str) -> Path | None:
    where = finders.find(name)
    return Path(where) if where else None
