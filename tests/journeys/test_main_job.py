"""The main job, from end to end, as the people who do it."""

import csv
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Exists, OuterRef
from django.utils import timezone
from playwright.sync_api import Page, expect

from families.models import Family, Residence
from leap.core.accounts.models import User
from leap.core.reference_data.models import LEAP_WARDS
from outcomes.calculation import nights, tasks
from outcomes.models import Night
from tests.app_processes import wait_until, worker

pytestmark = pytest.mark.browser

NOTE = "Seen at home with her mother. Sleeping better."


@pytest.fixture
def lambeth(transactional_db: None) -> None:
    """A small invented Lambeth, with last night's figures."""
    call_command("demo", "--children", "150", "--seed", "7")
    a_night()


def a_night() -> None:
    """Begin a night and let a real worker, told through the broker, do it."""
    with worker():
        night = nights.start_night(as_at=timezone.localdate())
        tasks.work_night.delay(night.pk)
        wait_until(lambda: Night.objects.get(pk=night.pk).status == Night.Status.PUBLISHED)


def sign_in(page: Page, role: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(f"{role}@leap.example")
    page.get_by_role("textbox", name="Password").fill("leap-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def my_family_in_leap() -> Family:
    """One the health visitor leads, whose only child lives in one of the four wards."""
    me = User.objects.get(email="healthvisitor@leap.example")
    here = Residence.objects.filter(
        person__members__family=OuterRef("pk"), postcode__ward_2011__in=LEAP_WARDS
    )
    elsewhere = Residence.objects.filter(person__members__family=OuterRef("pk")).exclude(
        postcode__ward_2011__in=LEAP_WARDS
    )
    families = Family.objects.open().filter(Exists(here), ~Exists(elsewhere), lead_practitioner=me)
    return next(
        family
        for family in families.order_by("pk")
        if family.members.filter(role="child", person__died_on=None).count() == 1
    )


def log_a_contact(page: Page, family: Family) -> None:
    page.get_by_role("combobox", name="Find a family").fill(family.ref)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=family.name).first.click()
    page.get_by_role("button", name="Log a contact").click()
    page.get_by_label("What happened?").fill(NOTE)
    page.get_by_role("button", name="Save contact").click()
    expect(page.get_by_text("Contact saved.")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()


def accept_a_referral(page: Page) -> None:
    page.get_by_role("link", name="Referrals", exact=True).first.click()
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("has been told", exact=False).first).to_be_visible()


def issue_the_report(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Reports", exact=True).first.click()
    page.get_by_role("button", name="Issue the report").click()
    for file_format in ("xlsx", "csv"):
        with page.expect_download() as started:
            page.locator(f"a[href$='/download/{file_format}/']").first.click()
        started.value.save_as(folder / f"report.{file_format}")


def contacts_counted(page: Page, folder: Path) -> int:
    """How many contacts with a child the exact figures of this month count in LEAP."""
    page.goto(f"/outcomes/?period={timezone.localdate():%Y-%m}")
    page.get_by_role("link", name="Exact figures (CSV)").click()
    page.get_by_label("To check a figure against our own records").check()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download exact figures").click()
    started.value.save_as(folder / "figures.csv")
    with (folder / "figures.csv").open(newline="", encoding="utf-8-sig") as lines:
        figures = {(row["indicator"], row["area_code"]): row for row in csv.DictReader(lines)}
    return int(figures["was_not_brought", "LEAP"]["denominator"])


def test_a_contact_travels_from_the_form_to_the_exported_figure(
    lambeth: None, page: Page, tmp_path: Path
) -> None:
    sign_in(page, "admin")
    before = contacts_counted(page, tmp_path)
    sign_out(page)

    sign_in(page, "healthvisitor")
    log_a_contact(page, my_family_in_leap())
    sign_out(page)

    sign_in(page, "manager")
    accept_a_referral(page)
    sign_out(page)

    a_night()

    sign_in(page, "admin")
    page.goto("/outcomes/last-night/")
    expect(page.get_by_role("heading", name="Last night").first).to_be_visible()
    issue_the_report(page, tmp_path)
    assert (tmp_path / "report.xlsx").read_bytes()[:2] == b"PK"
    assert contacts_counted(page, tmp_path) == before + 1
