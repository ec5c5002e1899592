"""The five mandated reviews, by the age they are due."""

from leap.core.audit.kinds import CONTACTS, PEOPLE
from outcomes.indicators.populations import TURNING_56_DAYS, reviewed_population
from outcomes.indicators.registry import Indicator, mutually_exclusive

HEALTH_VISITORS = "OHID health visitor service delivery metrics"
INPUTS = frozenset({PEOPLE, CONTACTS})
NAMED_IN_IT = (
    "Each child named in a contact has a review of their own or none: a visit to one twin is no"
    " visit to the other, and a brother’s review is not the baby’s.",
    "A review is of a child whose age it fits on its day; one that fits nobody’s age is an ordinary"
    " contact.",
    "Children who died on or before the day are out. Those who lived elsewhere are in no ward.",
)
TURNING_30_DAYS = reviewed_population("new_birth", "30 days")
THIRTY_DAYS = "Children who turned 30 days old in the period"

NEW_BIRTH_VISIT_14 = Indicator(
    code="new_birth_visit_14",
    title="New birth visit within 14 days",
    why="The first visit at home is where feeding, mood and safety are first seen. The Healthy"
    " Child Programme asks for it within two weeks.",
    numerator="Those whose first attended new birth visit was on or before day 14.",
    denominator=f"{THIRTY_DAYS}.",
    day="The day the child turned 30 days",
    unit="children",
    better="higher",
    population=TURNING_30_DAYS,
    numerator_sql="first_on <= born_on + 14",
    inputs=INPUTS,
    source=f"{HEALTH_VISITORS}, C2",
    details=("The day of birth is day 0.", *NAMED_IN_IT),
)

NEW_BIRTH_VISIT_30 = Indicator(
    code="new_birth_visit_30",
    title="New birth visit on days 15 to 30",
    why="A late first visit is better than none. Beside the visits within 14 days it shows who"
    " was not seen at all in the first month.",
    numerator="Those whose first attended new birth visit was on days 15 to 30.",
    denominator=f"{THIRTY_DAYS}.",
    day="The day the child turned 30 days",
    unit="children",
    better=None,
    population=TURNING_30_DAYS,
    numerator_sql="first_on BETWEEN born_on + 15 AND born_on + 30",
    inputs=INPUTS,
    source=f"{HEALTH_VISITORS}, C3",
    details=(
        "A child seen within 14 days is not counted again for a second visit.",
        "Fewer may mean more seen in time, so no direction is better by itself.",
        *NAMED_IN_IT,
    ),
)


def _by_then(
    code: str,
    title: str,
    why: str,
    *,
    review: str,
    span: str,
    words: tuple[str, str],
    source: str,
    cohort: str = "",
) -> Indicator:
    """A review that is due by an age: attended on or before the day that age is reached."""
    name, age = words
    return Indicator(
        code=code,
        title=title,
        why=why,
        numerator=f"Those who had attended {name} by that day.",
        denominator=f"Children who turned {age} old in the period.",
        day=f"The day the child turned {age}",
        unit="children",
        better="higher",
        population=reviewed_population(review, span),
        numerator_sql="first_on IS NOT NULL",
        inputs=INPUTS,
        source=f"{HEALTH_VISITORS}, {source}",
        details=NAMED_IN_IT,
        cohort=cohort,
    )


REVIEW_6_8_WEEKS = _by_then(
    "review_6_8_weeks",
    "6 to 8 week review by 8 weeks",
    "This review looks at the baby’s growth and the parents’ mood while both can still be helped"
    " early.",
    review="six_to_eight_week",
    span="56 days",
    words=("a 6 to 8 week review", "56 days (8 weeks)"),
    source="C8i",
    cohort=TURNING_56_DAYS,
)
REVIEW_1_YEAR = _by_then(
    "review_1_year",
    "1 year review by 12 months",
    "At a year, feeding, safety at home and the parents’ own needs have all changed.",
    review="one_year",
    span="12 months",
    words=("a 1 year review", "12 months"),
    source="C4",
)
REVIEW_1_YEAR_BY_15 = _by_then(
    "review_1_year_by_15",
    "1 year review by 15 months",
    "Families who miss the first invitation are often those who need it most. This shows who was"
    " reached in the end.",
    review="one_year",
    span="15 months",
    words=("a 1 year review", "15 months"),
    source="C5",
)
REVIEW_2_YEAR = _by_then(
    "review_2_year",
    "2 to 2½ year review by 30 months",
    "The last review before nursery, when help with speech still changes how a child starts"
    " school.",
    review="two_year",
    span="30 months",
    words=("a 2 to 2½ year review", "30 months"),
    source="C6i",
)

INDICATORS = (
    NEW_BIRTH_VISIT_14,
    NEW_BIRTH_VISIT_30,
    REVIEW_6_8_WEEKS,
    REVIEW_1_YEAR,
    REVIEW_1_YEAR_BY_15,
    REVIEW_2_YEAR,
)
COMPARISONS = (mutually_exclusive(NEW_BIRTH_VISIT_14, NEW_BIRTH_VISIT_30),)
