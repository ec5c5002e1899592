"""manage.py export_report, by its contract."""

import pytest
from django.core.management import CommandError, call_command

from leap.core.audit.models import Event
from outcomes.models import Report
from outcomes.reports import output as report_output
from tests.reports.conftest import PLENTY


def run(output, period="2016-Q1", file_format="csv") -> None:
    call_command("export_report", "--period", period, "--format", file_format, "--output", output)


def test_without_an_issued_report_one_is_issued(published, tmp_path, capsys):
    published(PLENTY)

    run(tmp_path / "report.csv")

    report = Report.objects.get()
    assert report.issued_by is None
    assert (tmp_path / "report.csv").read_bytes() == report_output.write(report, "csv")
    output = capsys.readouterr().out
    assert f"Report {report.ref}, April to June 2016, as at 30 September 2016, issued now" in output


def test_the_latest_issued_report_is_written_and_not_another(published, report, tmp_path, capsys):
    published({"review_1_year": ((40, 50),) * 4})

    run(tmp_path / "report.csv")

    assert Report.objects.get() == report
    assert (tmp_path / "report.csv").read_bytes() == report_output.write(report, "csv")
    assert "There are newer figures than this report has" in capsys.readouterr().out
    assert Event.objects.get(kind="report.exported").by_name == "the system"


@pytest.mark.parametrize("file_format", report_output.FORMATS)
def test_every_format_can_be_had(report, tmp_path, file_format):
    run(tmp_path / "report", file_format=file_format)

    assert (tmp_path / "report").read_bytes() == report_output.write(report, file_format)


@pytest.mark.parametrize(
    ("period", "file_format", "sentence"),
    [
        ("2016-Q5", "csv", "“2016-Q5” is not a period. Write a month as"),
        ("2017-Q1", "csv", "There are no figures for 2017-Q1"),
        ("2016-Q1", "docx", "“docx” is not a format. There are: xlsx, csv, pdf."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(report, tmp_path, period, file_format, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path / "report", period, file_format)
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(("path", "why"), [("", "It is a folder"), ("no/x", "no such folder")])
def test_a_file_that_cannot_be_written_issues_nothing(published, tmp_path, path, why):
    published(PLENTY)

    with pytest.raises(CommandError, match=f"could not be written: .*{why}"):
        run(tmp_path / path)
    assert not Report.objects.exists()


def test_a_full_disk_is_said_in_a_sentence(report):
    with pytest.raises(CommandError, match="/dev/full could not be written: No space left"):
        run("/dev/full")
