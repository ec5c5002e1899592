"""Children's weight before school, by the population classes of the UK90 reference.

These classes describe a population. They are never shown on a child's record.
"""

from leap.core.audit.kinds import OBSERVATIONS, PEOPLE
from outcomes.indicators.populations import children_turning_sql
from outcomes.indicators.registry import GROWTH_CUTOFFS, Indicator, Population, part_of

# Children turning five with a height and a weight of one day at age four, the latest such day.
MEASURED_AT_FOUR = Population(f"""
    WITH cohort AS ({children_turning_sql("60 months")})
    SELECT cohort.child AS unit, cohort.child AS resident_id, cohort.on_day,
           measured.kg / (measured.cm / 100) ^ 2 AS bmi, cutoff.overweight_from, cutoff.obese_from
      FROM cohort
      JOIN families_person AS person ON person.id = cohort.child
     CROSS JOIN LATERAL (
        SELECT height.recorded_on AS on_day, height.number AS cm, weight.number AS kg
          FROM families_observation AS height
          JOIN families_observation AS weight
            ON weight.person_id = height.person_id AND weight.code = 'weight_kg'
           AND weight.recorded_on = height.recorded_on
         WHERE height.person_id = cohort.child AND height.code = 'height_cm'
           AND height.recorded_on >= (cohort.born_on + interval '48 months')::date
           AND height.recorded_on < cohort.on_day
         ORDER BY height.recorded_on DESC, height.id DESC, weight.id DESC LIMIT 1
     ) AS measured
      JOIN outcomes_growthcutoff AS cutoff
        ON cutoff.sex = person.sex AND cutoff.age_days = measured.on_day - cohort.born_on""")


def _above(code: str, title: str, centile: str, cutoff: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        why="Childhood obesity is one of the programme’s five aims. Weight at school entry is where"
        " its first years show.",
        numerator=f"Those whose BMI was at or above the {centile} centile for their age and sex.",
        denominator="Children who turned 5 in the period with a height and a weight taken on one"
        " day at age 4; of several such days, the latest.",
        day="The day the child turned 5",
        unit="children",
        better="lower",
        population=MEASURED_AT_FOUR,
        numerator_sql=f"bmi >= {cutoff}",
        inputs=frozenset({PEOPLE, OBSERVATIONS, GROWTH_CUTOFFS}),
        source="National Child Measurement Programme; UK90 growth reference (RCPCH)",
        details=(
            "The cut-offs are for the exact age in days. Children whose sex is not known have none"
            " and are left out.",
            "A class for a population: it says nothing by itself about one child.",
        ),
        sensitive=True,
    )


EXCESS_WEIGHT_AGE_4 = _above(
    "excess_weight_age_4", "Overweight or obese at age 4", "85th", "overweight_from"
)
OBESITY_AGE_4 = _above("obesity_age_4", "Obese at age 4", "95th", "obese_from")

INDICATORS = (EXCESS_WEIGHT_AGE_4, OBESITY_AGE_4)
COMPARISONS = (part_of(OBESITY_AGE_4, EXCESS_WEIGHT_AGE_4),)
