"""The pages of reports."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leap.core.audit.models import Event
from outcomes import periods
from outcomes.models import Report
from outcomes.reports import output, payload
from tests.reports.conftest import PLENTY


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_asha_and_noor_read_reports_and_grace_is_told_why_not(client_of, report, asha, noor, grace):
    for address in ("/reports/", f"/reports/{report.ref}/", f"/reports/{report.ref}/download/csv/"):
        for reader in (asha, noor):
            assert client_of(reader).get(address).status_code == 200
        refused = client_of(grace).get(address)
        assert refused.status_code == 403
        assert "for the programme’s admins and analysts" in text(refused)


def test_signed_out_one_is_asked_to_sign_in(client, report):
    for address in ("/reports/", f"/reports/{report.ref}/", f"/reports/{report.ref}/download/pdf/"):
        assert client.get(address).status_code == 302


def test_asha_issues_a_report_from_the_list(client_of, published, asha):
    published(PLENTY)

    answer = client_of(asha).post("/reports/issue/", {"period": "2016-Q1"}, follow=True)

    report = Report.objects.get()
    assert answer.redirect_chain == [(f"/reports/{report.ref}/", 302)]
    assert f"Report {report.ref} is issued and frozen." in text(answer)


def test_a_double_click_issues_one_report(client_of, published, asha):
    published(PLENTY)
    form = {"period": "2016-Q1", "submission": str(uuid4())}

    places = {client_of(asha).post("/reports/issue/", form)["Location"] for _ in range(2)}

    assert places == {f"/reports/{Report.objects.get().ref}/"}


def test_noor_reads_and_does_not_issue(client_of, published, noor):
    published(PLENTY)

    assert "Only the programme’s admins issue reports" in text(client_of(noor).get("/reports/"))
    assert client_of(noor).post("/reports/issue/", {"period": "2016-Q1"}).status_code == 403
    assert not Report.objects.exists()


def test_only_periods_with_figures_can_be_chosen(client_of, published, asha):
    published(PLENTY)

    page = client_of(asha).get("/reports/").content.decode()
    answer = client_of(asha).post("/reports/issue/", {"period": "2016-Q2"})

    assert re.findall(r'<option value="([^"]+)"', page) == ["2016-Q1"]
    assert answer.status_code == 200
    assert not Report.objects.exists()


def test_a_quarter_that_is_not_over_is_issued_only_when_that_is_said(client_of, published, asha):
    yesterday = timezone.localdate() - timedelta(days=1)
    quarter = periods.quarter_of(timezone.localdate() + timedelta(days=1))
    published(PLENTY, quarter.code, as_at=yesterday)
    browser = client_of(asha)

    page = browser.post("/reports/issue/", {"period": quarter.code})

    assert "is not over in these figures" in text(page)
    assert f'value="{quarter.code}" selected' in page.content.decode()
    assert not Report.objects.exists()
    answer = browser.post(
        "/reports/issue/", {"period": quarter.code, "provisional": "on"}, follow=True
    )
    assert "Every figure here is provisional" in text(answer)


def test_the_page_shows_each_figure_with_its_definition(client_of, report, noor):
    page = text(client_of(noor).get(f"/reports/{report.ref}/"))

    assert "New birth visit within 14 days" in page
    assert "Out of: Children who turned 30 days old in the period." in page
    assert "325 400 81.3%" in page
    assert "As at 30 September 2016." in page
    assert "[c]" in page
    assert "must not be used to rank them" in page
    assert payload.fingerprint(report) in page


def test_small_numbers_never_reach_the_page(client_of, report, noor):
    page = client_of(noor).get(f"/reports/{report.ref}/").content.decode()

    cells = re.findall(r"<td[^>]*leap-number[^>]*>([^<]*)</td>", page)
    assert len(cells) > 40
    assert not {"1", "2", "3", "4", "5", "6", "7"} & {cell.strip() for cell in cells}


def test_a_report_stays_and_says_that_there_are_newer_figures(client_of, published, report, asha):
    published({"review_1_year": ((40, 50),) * 4})

    assert "newer figures for this period" in text(client_of(asha).get(f"/reports/{report.ref}/"))


@pytest.mark.parametrize("file_format", output.FORMATS)
def test_a_download_is_the_report_and_is_logged_with_its_size(client_of, report, noor, file_format):
    answer = client_of(noor).get(f"/reports/{report.ref}/download/{file_format}/")

    assert answer.content == output.write(report, file_format)
    name = f"leap-report-2016-Q1-{report.ref}.{file_format}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    event = Event.objects.get(kind="report.exported")
    assert (event.by_name, event.subject_ref) == ("Noor Aziz", report.ref)
    assert event.details["format"] == file_format
    assert event.details["size"] == len(answer.content)


def test_what_does_not_exist_is_not_found(client_of, report, noor):
    for address in ("/reports/RP-NONE22/", f"/reports/{report.ref}/download/docx/"):
        assert client_of(noor).get(address).status_code == 404
    assert client_of(noor).get(f"/reports/{report.ref.lower()}/").status_code == 200


def test_the_list_does_not_grow_in_queries(
    client_of, issue, published, noor, django_assert_max_num_queries
):
    published(PLENTY)
    for _ in range(6):
        issue()
    browser = client_of(noor)

    with django_assert_max_num_queries(12):
        assert text(browser.get("/reports/")).count("RP-") >= 6


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_anybody_can_use_both_pages(sign_in_as, page, phone, axe, noor, asha, report):
    for screen, somebody in ((page, asha), (phone, noor)):
        sign_in_as(somebody, screen)
        for address in ("/reports/", f"/reports/{report.ref}/"):
            screen.goto(address)
            assert axe(screen) == []
            assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_asha_issues_and_downloads_in_a_browser(sign_in_as, page, axe, asha, published):
    published(PLENTY, as_at=periods.parse("2016-Q1").starts_on)
    sign_in_as(asha, page).goto("/reports/")

    page.get_by_role("button", name="Issue the report").click()
    assert axe(page) == []
    page.get_by_label("Issue it as provisional").check()
    page.get_by_role("button", name="Issue the report").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download CSV").click()

    assert waiting.value.suggested_filename.endswith(f"{Report.objects.get().ref}.csv")
