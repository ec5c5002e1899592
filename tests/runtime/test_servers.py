"""The database and the broker LEAP brings along."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg2
import pytest
import redis

from leap.ops.runtime import servers
from leap.ops.runtime.console import TroubleError
from leap.ops.runtime.paths import ROOT
from leap.ops.runtime.servers import POSTGRES, VALKEY, Share, run_record

BOTH = [POSTGRES, VALKEY]
USE_AND_WAIT = """
import sys
from pathlib import Path
from leap.ops.runtime import servers
with servers.running(["postgres"], Path(sys.argv[1]), scratch=True) as [share]:
    print(share.address, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def var():
    """One folder for the module, so that the database is made once. Every account may enter it."""
    with tempfile.TemporaryDirectory(prefix="leap-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def another_command(var: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USE_AND_WAIT, str(var)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def query(address: str, question: str) -> object:
    with closing(psycopg2.connect(address)) as line, line.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def execute(address: str, statement: str) -> None:
    with closing(psycopg2.connect(address)) as line, line.cursor() as cursor:
        cursor.execute(statement)
        line.commit()


def wait_for(happened) -> bool:
    until = time.monotonic() + 15
    while not happened() and time.monotonic() < until:
        time.sleep(0.05)
    return bool(happened())


def gone(pid: int) -> bool:
    """Whether the process has ended (somebody else's child may stay a moment as a zombie)."""
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "Z (zombie)" in status.read_text()


def test_both_answer_and_nothing_is_left_when_the_last_user_goes(var):
    with servers.running(BOTH, var, scratch=True) as [database, broker]:
        assert query(database.address, "select 'ß' < 'ŵ' and lower('ÁGNES') = 'ágnes'")
        with closing(redis.Redis.from_url(broker.address)) as line:
            assert line.ping()
        pids = [run_record(var, part)[role] for part in BOTH for role in ("keeper", "server")]
    assert all(gone(pid) for pid in pids)


def test_the_data_is_there_on_the_next_start(var):
    with servers.running(BOTH, var, scratch=True) as [database, _]:
        execute(database.address, "create table kept (word text); insert into kept values ('kept')")
    with servers.running(BOTH, var, scratch=True) as [database, _]:
        assert query(database.address, "select word from kept") == "kept"


def test_a_second_command_joins_and_outlives_the_first(var):
    first = another_command(var)
    address = first.stdout.readline().strip()
    with servers.running([POSTGRES], var, scratch=True) as [database]:
        assert database.address == address
        first.communicate("go", timeout=240)
        assert query(database.address, "select 1") == 1
    assert wait_for(lambda: not database.alive())


def test_killed_outright_it_leaves_nothing(var):
    command = another_command(var)
    command.stdout.readline()
    server = run_record(var, POSTGRES)["server"]
    command.kill()
    command.communicate()
    assert wait_for(lambda: gone(server))


def test_a_server_that_dies_is_started_again_at_the_same_address(var):
    with servers.running([POSTGRES], var, scratch=True) as [database]:
        address, server = database.address, run_record(var, POSTGRES)["server"]
        os.kill(server, signal.SIGQUIT)
        assert wait_for(lambda: run_record(var, POSTGRES)["server"] not in {server, 0})
        assert database.address == address
        assert query(address, "select 1") == 1


def test_a_keeper_that_dies_takes_its_server_along_and_is_replaced(var):
    with servers.running([POSTGRES], var, scratch=True) as [database]:
        last = run_record(var, POSTGRES)
        os.kill(last["keeper"], signal.SIGKILL)
        assert wait_for(lambda: gone(last["server"]))
        database.mend()
        assert query(database.address, "select 1") == 1


def test_a_port_that_somebody_took_is_left_to_them(var):
    with servers.running([VALKEY], var, scratch=True):
        last = run_record(var, VALKEY)["port"]
    taken = socket.create_server(("127.0.0.1", last))
    with taken, servers.running([VALKEY], var, scratch=True) as [broker]:
        assert f":{last}/" not in broker.address


def test_only_the_right_password_gets_in(var):
    with servers.running([POSTGRES], var, scratch=True) as [database]:
        port = run_record(var, POSTGRES)["port"]
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(f"postgres://leap:guess@127.0.0.1:{port}/leap")
        assert database.alive()


def test_secrets_are_the_owners_alone(var):
    files = list((var / "secrets").iterdir())
    assert files
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_a_server_that_cannot_start_is_explained(var):
    dump = var / "valkey" / "dump.rdb"
    dump.write_bytes(b"not a dump")
    with pytest.raises(TroubleError, match="Valkey did not start"), ExitStack() as stack:
        stack.enter_context(servers.running([VALKEY], var, scratch=True))
    dump.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to another account")
def test_for_root_a_folder_nobody_else_may_enter_stays_so(tmp_path):
    tmp_path.chmod(0o700)
    with servers.running([VALKEY], tmp_path, scratch=True) as [broker]:
        assert broker.alive()
        status = Path(f"/proc/{run_record(tmp_path, VALKEY)['server']}/status").read_text()
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert "Uid:\t0\t" not in status
    shutil.rmtree((tmp_path / "valkey").resolve())


def test_many_at_once_share_one_server(var):
    commands = [another_command(var) for _ in range(3)]
    addresses = {command.stdout.readline() for command in commands}
    for command in commands:
        command.communicate("go", timeout=240)
    assert len(addresses) == 1
    assert not Share(POSTGRES, var, scratch=True).alive()
