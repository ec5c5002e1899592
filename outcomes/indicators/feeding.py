"""How babies are fed."""

from leap.core.audit.kinds import OBSERVATIONS, PEOPLE
from outcomes.indicators.populations import TURNING_56_DAYS, children_turning_sql, latest_value_sql
from outcomes.indicators.registry import Indicator, Population

INPUTS = frozenset({PEOPLE, OBSERVATIONS})

BREASTFED_FIRST_FEED = Indicator(
    code="breastfed_first_feed",
    title="First feed was breast milk",
    why="Breastfeeding is one of the programme’s five aims, and it starts with the first feed.",
    numerator="Those whose first feed was breast milk, the mother’s or a donor’s.",
    denominator="Babies born in the period whose first feed is known.",
    day="The day of birth",
    unit="babies",
    better="higher",
    population=Population(f"""
    WITH cohort AS ({children_turning_sql("0 days")})
    SELECT cohort.child AS unit, cohort.child AS resident_id, cohort.on_day, feed.value AS feed
      FROM cohort
     CROSS JOIN LATERAL ({latest_value_sql("first_feed", "cohort.child")}) AS feed"""),
    numerator_sql="feed = 'breast_milk'",
    inputs=INPUTS,
    source="Maternity Services Data Set, baby’s first feed",
    details=("Where it was recorded more than once, the latest counts.",),
)

BREASTFED_6_8_WEEKS = Indicator(
    code="breastfed_6_8_weeks",
    title="Breastfed at 6 to 8 weeks",
    why="Most who stop in the first weeks did not want to. This is where peer support shows.",
    numerator="Those whose latest feeding status recorded by that day was exclusive or partial"
    " breastfeeding.",
    denominator="Children who turned 56 days (8 weeks) old in the period, whether or not their"
    " feeding is known.",
    day="The day the child turned 56 days",
    unit="children",
    better="higher",
    population=Population(f"""
    WITH cohort AS ({children_turning_sql("56 days")})
    SELECT cohort.child AS unit, cohort.child AS resident_id, cohort.on_day, feed.value AS feed
      FROM cohort
      LEFT JOIN LATERAL (
        {latest_value_sql("feeding_6_8_weeks", "cohort.child", by="cohort.on_day")}
      ) AS feed ON true"""),
    numerator_sql="feed IN ('exclusive', 'partial')",
    known_sql="feed IS NOT NULL",
    inputs=INPUTS,
    source="OHID breastfeeding at 6 to 8 weeks, C8ii",
    details=(
        "Not known is never counted as not breastfed: where too many are not known there is no"
        " value.",
        "Of two statuses recorded on one day the later one counts.",
    ),
    min_known_share=0.95,
    cohort=TURNING_56_DAYS,
)

INDICATORS = (BREASTFED_FIRST_FEED, BREASTFED_6_8_WEEKS)
