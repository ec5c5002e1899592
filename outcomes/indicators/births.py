"""Pregnancy and birth."""

from leap.core.audit.kinds import OBSERVATIONS, PEOPLE
from outcomes.indicators.populations import children_turning_sql, latest_value_sql
from outcomes.indicators.registry import Indicator, Population

INPUTS = frozenset({PEOPLE, OBSERVATIONS})
AROUND_A_BIRTH = 30  # days before and after it in which smoking at delivery is recorded

SMOKING_AT_DELIVERY = Indicator(
    code="smoking_at_delivery",
    title="Smoking at delivery",
    why="Smoking is the largest cause of stillbirth and low birth weight that can be changed.",
    numerator="Those where the latest of these records says that the mother smoked.",
    denominator="Deliveries in the period with smoking at delivery recorded from 30 days before to"
    " 30 days after the birth.",
    day="The day of birth",
    unit="deliveries",
    better="lower",
    population=Population(f"""
    WITH delivery AS (
        SELECT DISTINCT mother.person_id AS mother, baby.birth_date AS born_on
          FROM families_person AS baby
          JOIN families_member AS child ON child.person_id = baby.id AND child.role = 'child'
          JOIN families_member AS mother
            ON mother.family_id = child.family_id AND mother.role = 'mother'
          JOIN families_person AS person ON person.id = mother.person_id
         WHERE baby.birth_date BETWEEN %(first)s AND %(last)s
           AND (person.died_on IS NULL OR person.died_on > baby.birth_date)
    )
    SELECT delivery.mother AS unit, delivery.mother AS resident_id,
           delivery.born_on AS on_day, smoking.value AS smoking
      FROM delivery
     CROSS JOIN LATERAL ({
        latest_value_sql(
            "smoking_at_delivery",
            "delivery.mother",
            by=f"delivery.born_on + {AROUND_A_BIRTH}",
            since=f"delivery.born_on - {AROUND_A_BIRTH}",
        )
    }) AS smoking"""),
    numerator_sql="smoking = 'yes'",
    inputs=INPUTS,
    source="NHS England smoking status at time of delivery (Fingertips 93085)",
    details=(
        "A delivery is a mother and a birth date: twins are one. The mother is the one in the"
        " child’s family; her ward counts.",
        "Deliveries without a record are left out, as they are nationally.",
        "A delivery counts whether or not the baby lived; not if the mother died on that day.",
    ),
    sensitive=True,
)

LOW_BIRTH_WEIGHT_TERM = Indicator(
    code="low_birth_weight_term",
    title="Low birth weight at term",
    why="A small baby born at term says how the pregnancy went, and carries it into childhood.",
    numerator="Those who weighed under 2,500 grams.",
    denominator="Babies born in the period at 37 completed weeks or more whose weight is known.",
    day="The day of birth",
    unit="babies",
    better="lower",
    population=Population(f"""
    WITH cohort AS ({children_turning_sql("0 days")})
    SELECT cohort.child AS unit, cohort.child AS resident_id, cohort.on_day,
           weight.value::numeric AS grams, gestation.value::numeric AS weeks
      FROM cohort
     CROSS JOIN LATERAL ({latest_value_sql("gestation_weeks", "cohort.child")}) AS gestation
     CROSS JOIN LATERAL ({latest_value_sql("birth_weight_g", "cohort.child")}) AS weight"""),
    denominator_sql="weeks >= 37",
    numerator_sql="grams < 2500",
    inputs=INPUTS,
    source="NHS Outcomes Framework, low birth weight of term babies",
    details=("Where weight or gestation was recorded more than once, the latest counts.",),
)

OBESE_AT_BOOKING = Indicator(
    code="obese_at_booking",
    title="Obese at booking",
    why="Weight in early pregnancy shapes the birth, and is when many want help with food.",
    numerator="Those whose BMI was 30 or above.",
    denominator="Mothers whose first BMI at booking was recorded in the period.",
    day="The day it was recorded",
    unit="mothers",
    better="lower",
    population=Population("""
    SELECT DISTINCT ON (booking.person_id)
           booking.person_id AS unit, booking.person_id AS resident_id,
           booking.recorded_on AS on_day, booking.number AS bmi
      FROM families_observation AS booking
      JOIN families_person AS person ON person.id = booking.person_id
     WHERE booking.code = 'booking_bmi'
       AND booking.recorded_on BETWEEN %(first)s AND %(last)s
       AND (person.died_on IS NULL OR person.died_on > booking.recorded_on)
       AND EXISTS (SELECT FROM families_member AS mother
                    WHERE mother.person_id = booking.person_id AND mother.role = 'mother')
       AND NOT EXISTS (SELECT FROM families_observation AS earlier
                        WHERE earlier.person_id = booking.person_id
                          AND earlier.code = 'booking_bmi'
                          AND earlier.recorded_on < booking.recorded_on)
     ORDER BY booking.person_id, booking.recorded_on, booking.id DESC"""),
    numerator_sql="bmi >= 30",
    inputs=INPUTS,
    source="Maternity Services Data Set, BMI at booking",
    details=(
        "A mother is counted once, at her first booking on record. Of two records on that day the"
        " later one counts.",
    ),
    sensitive=True,
)

INDICATORS = (SMOKING_AT_DELIVERY, LOW_BIRTH_WEIGHT_TERM, OBESE_AT_BOOKING)
