"""`manage.py up`: everything set up and running, until Ctrl-C."""

import argparse
import os
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from leap.ops.runtime import (
    assets,
    first_admin,
    healthcheck,
    local,
    paths,
    processes,
    schema,
)
from leap.ops.runtime.app_processes import Crew
from leap.ops.runtime.console import TroubleError, explain_error, say
from leap.ops.runtime.locks import Lock

SIGN_INS = (
    "midwife",
    "healthvisitor",
    "familysupport",
    "socialworker",
    "manager",
    "admin",
    "analyst",
    "champion",
    "dataquality",
)
PASSWORD = "leap-demo"  # noqa: S105 (printed for everybody who starts the demonstration)
_PATIENCE = 90  # seconds until everything must answer
_TICK = 0.3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--port", type=int, default=8000, help="where the pages are (8000)")
    parser.add_argument(
        "--no-demo",
        action="store_true",
        help="begin with an empty database and make the first admin",
    )
    parser.add_argument(
        "--debug",
        action="store_true",
        help="for developing: errors in full, and pages made anew when a file changes",
    )


def run(argv: list[str]) -> int:
    """Run until stopped. Answers the exit code; raises TroubleError when it cannot start."""
    parser = argparse.ArgumentParser(prog="manage.py up")
    arguments(parser)
    chosen = parser.parse_args(argv)
    processes.obey_signals()
    var = paths.var()
    with Lock(var / "run" / "up", wait=False) as only:
        if not only.held:
            where = var / "run" / "address"
            at = where.read_text() if where.is_file() else "another address"
            raise TroubleError(
                f"LEAP is up already on {var}, at {at}. Stop that one with Ctrl-C, "
                "or set LEAP_VAR to another folder for a second one."
            )
        if reason := _why_not(chosen.port):
            raise TroubleError(
                f"port {chosen.port} {reason}. Choose another: "
                f"python3 manage.py up --port {processes.any_free_port()}"
            )
        (var / "run" / "address").write_text(f"http://127.0.0.1:{chosen.port}/")
        if chosen.debug:
            os.environ["LEAP_DEBUG"] = "1"
        return _run(var, chosen.port, demo=not chosen.no_demo)


def _run(var: Path, port: int, *, demo: bool) -> int:
    """Start everything, keep it going, stop it in order. Answers the exit code."""
    with ExitStack() as stack:
        stack.callback(say, "stopped")
        try:
            assets.fetch()
            shares = stack.enter_context(local.local_environment(var))
            demo = _prepare(var, port, demo=demo)
            from django.conf import settings

            crew = Crew(var, port, debug=settings.DEBUG)
            stack.callback(crew.stop)
            crew.start()
            _wait(crew, port)
            _welcome(var, port, demo=demo)
            # Keep everything going until somebody stops us.
            while True:
                time.sleep(_TICK)
                for share in shares:
                    share.mend()
                crew.tend()
        except KeyboardInterrupt:
            code = 0
        except (TroubleError, OSError) as error:
            say(explain_error(error))
            code = 1
        processes.ignore_signals()
        say("stopping")
    return code


def _why_not(port: int) -> str:
    """Why the pages cannot be on this port, if they cannot."""
    if not 0 < port < 65536:
        return "does not exist"
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except PermissionError:
            return "is for root alone"
        except OSError:
            return "is in use"
    return ""


def _prepare(var: Path, port: int, *, demo: bool) -> bool:
    """Tables, static files, records. Answers whether this is the demonstration."""
    os.environ.update(local.settings(var))
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    schema.bring_up_to_date()
    from django.apps import apps
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    with ThreadPoolExecutor(1) as beside:  # static files are compressed while another process fills
        collected = beside.submit(call_command, "collectstatic", verbosity=0, interactive=False)
        if demo and not apps.get_model("families", "Family")._default_manager.exists():
            say("filling the database with an invented Lambeth (once)")
            os.environ["DEMO"] = "1"
            if processes.show([sys.executable, "manage.py", "demo", "--figures-later"]):
                raise TroubleError("the demonstration could not be made; see above.")
        collected.result()
        say("static files are in place")
    first = f"{SIGN_INS[0]}@leap.example"
    demo = demo and get_user_model()._default_manager.filter(email=first).exists()
    local.remember(var, demo=demo)
    os.environ["DEMO"] = "1" if demo else "0"
    if not demo:
        first_admin.make_sure()
    from django.db import connections

    connections.close_all()
    return demo


def _wait(crew: Crew, port: int) -> None:
    """Until the pages, the database, the broker and a worker answer."""
    say("starting web, worker and beat")
    until = time.monotonic() + _PATIENCE
    state = ""
    while time.monotonic() < until:
        crew.must_live()
        code, state = healthcheck.ask(f"http://127.0.0.1:{port}/health/")
        if code == 200:
            return
        time.sleep(_TICK)
    raise TroubleError(f"LEAP did not become ready in {_PATIENCE} seconds. {state}")


def _welcome(var: Path, port: int, *, demo: bool) -> None:
    say("ready")
    lines = ["", f"  LEAP is at http://127.0.0.1:{port}/", ""]
    if demo:
        lines += [f"  Sign in with the password {PASSWORD} as", ""]
        lines += [f"    {name}@leap.example" for name in SIGN_INS]
        lines += [""]
    lines += [f"  Data and logs are in {var}. Ctrl-C stops everything.", ""]
    print("\n".join(lines), flush=True)
