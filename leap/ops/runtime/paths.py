"""Where things are in the checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
NPM = Path(__file__).resolve().parent / "npm"
STATIC = ROOT / "leap" / "static"
VENDOR = STATIC / "vendor"


def var() -> Path:
    """The folder for data, logs and sockets: LEAP_VAR, or var/ in the checkout. Always absolute."""
    return Path(os.environ.get("LEAP_VAR") or ROOT / "var").resolve()
