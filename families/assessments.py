"""What was assessed of one person: mood, domestic abuse, feeding and development, with what each
result calls for. Only results are kept; the questions belong to those who publish them.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from families.codes import ASQ3_DOMAINS
from families.growth.measured import corrected_birth
from families.models import Member, Observation, Person
from families.timeline import FOR_WHOM, Found
from leap.accounts.models import User

GROUPS: dict[str, tuple[str, ...]] = {
    "Mood": ("epds_total", "epds_item_10", "wemwbs_total"),
    "Domestic abuse": (
        "domestic_abuse_enquiry",
        "domestic_abuse_disclosed",
        "dash_score",
        "marac_referral",
    ),
    "Feeding": ("first_feed", "feeding_6_8_weeks"),
    "Development": (*(f"asq3_{domain}" for domain in ASQ3_DOMAINS), "asqse2"),
}
OF_CHILDREN, OF_ADULTS = ("Feeding", "Development"), ("Mood", "Domestic abuse")
DEVELOPMENT = frozenset(GROUPS["Development"])
MOST = 400  # results shown; more than anybody has
# The months of the ASQ-3's questionnaires, by which one asks for the right one.
QUESTIONNAIRES = (2, 4, 6, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 33, 36, 42, 48, 54, 60)
OLDEST = 66  # months, the end of the last one
DAYS_IN_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Result:
    """One result, with the day, and for whom it is kept if not for everybody."""

    on: date
    found: Found
    by: str
    kept_for: str
    contact: str

    @property
    def calls_for(self) -> str:
        """What the result asks of whoever reads it. It never decides."""
        code, value = self.found.code, self.found.value
        if code == "epds_item_10" and value != "0":
            return "Above nought: speak with her today, whatever the total."
        if code == "dash_score":
            high = int(value) >= MARAC
            return "14 or more: MARAC." if high else "Below 14: judgement can still call for MARAC."
        if code == "epds_total" and int(value) >= LIKELY:
            return "13 or more: depression is likely. Repeat after two weeks if in doubt."
        return ""


MARAC, LIKELY = 14, 13


def groups_for(member: Member) -> tuple[str, ...]:
    return OF_CHILDREN if member.is_child else OF_ADULTS


def history(person: Person, groups: tuple[str, ...], *, by: User) -> list[tuple[str, list[Result]]]:
    """The results that `by` may see, in one statement, by group, the newest first."""
    codes = [code for group in groups for code in GROUPS[group]]
    found = Observation.objects.visible_to(by).filter(person=person, code__in=codes)
    rows = found.select_related("by", "contact").order_by("-recorded_on", "-pk").distinct()
    named = {code: group for group in groups for code in GROUPS[group]}
    results: dict[str, list[Result]] = defaultdict(list)
    for row in rows[:MOST]:
        results[named[row.code]].append(_result(row))
    return [(group, results[group]) for group in groups]


def _result(row: Observation) -> Result:
    return Result(
        on=row.recorded_on,
        found=Found(row.code, row.value, ""),
        by=row.by.name if row.by else "",
        kept_for=FOR_WHOM.get(row.layer, ""),
        contact=row.contact.ref if row.contact else "",
    )


def gestation_of(person: Person, *, by: User) -> int | None:
    found = Observation.objects.visible_to(by).filter(person=person, code="gestation_weeks")
    weeks = found.order_by("-recorded_on", "-pk").values_list("number", flat=True).first()
    return int(weeks) if weeks else None


def questionnaire(person: Person, gestation: int | None, on: date) -> int | None:
    """The month of the questionnaire for this child's age, corrected for an early birth until two
    years; None before the first and after the last."""
    born = corrected_birth(person, gestation, on)
    if born is None:
        return None
    months = (on - born).days / DAYS_IN_A_MONTH
    if not 1 <= months < OLDEST:
        return None
    return min(QUESTIONNAIRES, key=lambda each: abs(each - months))


def why_not_development(person: Person, gestation: int | None, on: date) -> str | None:
    """Why a child cannot have been assessed by the ASQ on this day, if it cannot."""
    if questionnaire(person, gestation, on) is not None:
        return None
    return (
        "The ASQ is for children from 1 to 66 months, counted from the day an early baby was due."
        " Check the date, or leave its results blank."
    )
