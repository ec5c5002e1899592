"""Directories of files as an agency would send them, and the command that takes them in."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from leap.core.audit.models import Event

ROOT = Path(__file__).resolve().parents[2]

# As the exchange formats have them; written out again here, so that a change of one is noticed.
HEADERS = {
    "postcodes": "postcode,ward_2011,ward_2022,lsoa_2011,imd_decile",
    "teams": "team,name,agency,agency_name,discipline,wards",
    "sites": "site,name,postcode",
    "services": "service,name,strand,kind",
    "people": (
        "person_ref,family_ref,role,given_name,family_name,birth_date,due_date,died_on,sex,"
        "nhs_number,ethnicity,language,interpreter,postcode,moved_in_on"
    ),
    "families": "family_ref,name,lead_team",
    "contacts": (
        "contact_ref,family_ref,person_refs,team,kind,occurred_at,outcome,service,site,minutes,"
        "review,present,note"
    ),
    "observations": "person_ref,code,recorded_on,value,contact_ref",
    "referrals": (
        "referral_ref,family_ref,pathway,from_team,to_team,sent_at,acknowledged_at,accepted_at,"
        "declined_at,first_contact_at,closed_at,outcome"
    ),
    "sessions": "session_ref,site,room,service,starts_at,ends_at,capacity",
    "attendance": "session_ref,person_ref,status",
}
USUAL = {
    "postcodes": {"postcode": "SW9 9TX", "ward_2011": "E05000429", "imd_decile": "2"},
    "teams": {
        "team": "stockwell-hv",
        "name": "Stockwell health visiting",
        "agency": "gstt",
        "agency_name": "Guy's and St Thomas'",
        "discipline": "health_visiting",
        "wards": "E05000429",
    },
    "sites": {"site": "larkhall", "name": "Larkhall children's centre", "postcode": "SW9 9TX"},
    "services": {
        "service": "baby-massage",
        "name": "Baby massage",
        "strand": "social_and_emotional",
        "kind": "course",
    },
    "families": {"family_ref": "F1", "lead_team": "stockwell-hv"},
    "contacts": {
        "contact_ref": "C1",
        "family_ref": "F1",
        "person_refs": "P1",
        "team": "stockwell-hv",
        "kind": "home_visit",
        "occurred_at": "2016-04-20T10:00",
        "outcome": "attended",
    },
    "observations": {"person_ref": "P1", "recorded_on": "2016-04-20"},
    "referrals": {
        "referral_ref": "R1",
        "family_ref": "F1",
        "pathway": "health-visiting-to-family-support",
        "from_team": "stockwell-hv",
        "to_team": "family-support",
    },
    "sessions": {
        "session_ref": "S1",
        "site": "larkhall",
        "room": "Hall",
        "service": "baby-massage",
        "starts_at": "2016-05-03T10:00",
        "ends_at": "2016-05-03T11:30",
        "capacity": "10",
    },
    "attendance": {"session_ref": "S1", "person_ref": "P1", "status": "attended"},
    "people": {},
}


class Files:
    """A directory being written, row by row."""

    def __init__(self, path: Path):
        self.path = path

    def add(self, name: str, /, **cells: str) -> int:
        """Add a row, the usual one but for `cells`; the line it is on."""
        path, columns = self.path / f"{name}.csv", HEADERS[name].split(",")
        if not path.exists():
            path.write_text(HEADERS[name] + "\n")
        buffer = io.StringIO()
        csv.DictWriter(buffer, columns, lineterminator="\n").writerow({**USUAL[name], **cells})
        line = path.read_text().count("\n") + 1
        with path.open("a") as file:
            file.write(buffer.getvalue())
        return line

    def person(self, ref: str = "P1", family: str = "F1", role: str = "child", **cells: str) -> int:
        usual = {"birth_date": "2016-04-10"} if role == "child" else {}
        row = {**usual, "postcode": "SW9 9TX", **cells}
        return self.add("people", person_ref=ref, family_ref=family, role=role, **row)

    def text(self, name: str, text: str, encoding: str = "utf-8") -> None:
        """Write a whole file as it stands."""
        (self.path / name).write_bytes(text.encode(encoding))

    def copy(self, path: Path) -> "Files":
        """The same files again, elsewhere."""
        path.mkdir()
        for file in self.path.iterdir():
            (path / file.name).write_bytes(file.read_bytes())
        return Files(path)


@pytest.fixture
def files(tmp_path) -> Files:
    """A directory that knows one postcode, two teams, one site and one service."""
    path = tmp_path / "files"
    path.mkdir()
    files = Files(path)
    for name in ("postcodes", "teams", "sites", "services"):
        files.add(name)
    files.add(
        "teams",
        team="family-support",
        name="Family support",
        agency="lambeth",
        agency_name="Lambeth Council",
        discipline="family_support",
    )
    return files


@pytest.fixture
def family(files) -> Files:
    """The same with one family: Chidi, born 10 April 2016, and his mother Ada, led by Stockwell."""
    files.person("P1", given_name="Chidi", family_name="Okafor", sex="male")
    files.person("P2", role="mother", given_name="Ada", family_name="Okafor", sex="female")
    files.add("families")
    return files


class Run:
    """One run of the command: what it said, and how it ended."""

    def __init__(self, output: str, code: int, error: str):
        self.output, self.code, self.error = output, code, error

    @property
    def problems(self) -> list[str]:
        """What was reported row by row."""
        return [line for line in self.output.splitlines() if re.match(r"\S+\.csv:\d+: ", line)]

    @property
    def waits(self) -> list[str]:
        """The families that wait, with their reasons."""
        return [line for line in self.output.splitlines() if line.startswith("Family ")]

    def row(self, file: str) -> list[int]:
        """Rows of a file: read, new, filled in, unchanged, refused, waiting."""
        (line,) = [line for line in self.output.splitlines() if line.startswith(f"{file} ")]
        return [int(number) for number in line.replace(",", "").split()[1:]]


@pytest.fixture
def take_in(db, capsys):
    """Run import_records on a directory."""

    def run(files: Files | Path, *options: str) -> Run:
        path = files.path if isinstance(files, Files) else files
        capsys.readouterr()
        code, error = 0, ""
        try:
            call_command("import_records", str(path), *options)
        except CommandError as refused:
            code, error = refused.returncode, str(refused)
        return Run(capsys.readouterr().out, code, error)

    return run


@pytest.fixture
def counts(db):
    """How many rows every table of the records has, the log's included."""
    names = ("families", "reference_data", "referrals", "leap_sites", "audit")

    def count() -> dict[str, int]:
        models = [m for name in names for m in apps.get_app_config(name).get_models()]
        return {m._meta.label: m._default_manager.count() for m in [*models, Event]}

    return count
