"""The formats a report can be written in."""

from collections.abc import Callable
from dataclasses import dataclass

from outcomes.models import Report
from outcomes.reports import csv, pdf, xlsx


@dataclass(frozen=True)
class ReportFormat:
    """A kind of file: what people call it, its media type, and who writes it."""

    title: str
    media_type: str
    write: Callable[[Report], bytes]


FORMATS: dict[str, ReportFormat] = {
    "xlsx": ReportFormat(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
    ),
    "csv": ReportFormat("CSV", "text/csv; charset=utf-8", csv.write),
    "pdf": ReportFormat("PDF", "application/pdf", pdf.write),
}


def write(report: Report, file_format: str) -> bytes:
    """The whole file: the same bytes for the same report. KeyError for a format there is not."""
    return FORMATS[file_format].write(report)


def file_name(report: Report, file_format: str) -> str:
    """leap-report-2016-Q1-RP-7K3M9A.xlsx"""
    return f"leap-report-{report.period}-{report.ref}.{file_format}"
