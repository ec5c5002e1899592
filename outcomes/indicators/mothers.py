"""What mothers were asked: about safety, and about their mood."""

from leap.core.audit.kinds import CONTACTS, OBSERVATIONS, PEOPLE
from outcomes.indicators.populations import NAMED, children_turning_sql, is_named_as
from outcomes.indicators.registry import Indicator, Population

ENQUIRY_DOMESTIC_ABUSE = Indicator(
    code="enquiry_domestic_abuse",
    title="Asked about domestic abuse",
    why="Many will tell, but only when asked, and alone. Asking is the part services control.",
    numerator="Those who were asked about domestic abuse at least once in the period.",
    denominator="Mothers with an antenatal contact or a new birth visit attended in the period.",
    day="The day of the first such contact in the period",
    unit="mothers",
    better=None,
    population=Population(
        f"""
    WITH seen AS (
        SELECT DISTINCT ON (calendar.period, named.person_id)
               calendar.period, named.person_id AS mother, contact.occurred_on AS on_day
          FROM families_contact AS contact
          JOIN calendar ON calendar.day = contact.occurred_on
          {NAMED}
          JOIN families_person AS person ON person.id = named.person_id
         WHERE contact.outcome = 'attended'
           AND EXISTS (SELECT FROM families_contactperson AS reviewed
                        WHERE reviewed.contact_id = contact.id
                          AND reviewed.review IN ('antenatal', 'new_birth'))
           AND contact.occurred_on BETWEEN %(first)s AND %(last)s
           AND (person.died_on IS NULL OR person.died_on > contact.occurred_on)
           AND {is_named_as("= 'mother'")}
         ORDER BY calendar.period, named.person_id, contact.occurred_on, contact.id
    )
    SELECT seen.period, seen.mother AS unit, seen.mother AS resident_id, seen.on_day,
           EXISTS (SELECT FROM families_observation AS asked
                    WHERE asked.person_id = seen.mother
                      AND asked.code = 'domestic_abuse_enquiry' AND asked.value = 'asked'
                      AND asked.recorded_on BETWEEN period.starts_on AND period.ends_on) AS asked
      FROM seen
      JOIN period ON period.code = seen.period""",
        per_period=True,
    ),
    numerator_sql="asked",
    inputs=frozenset({PEOPLE, CONTACTS, OBSERVATIONS}),
    source="NICE PH50, routine enquiry",
    details=(
        "A mother is with a contact when the record of it names her, as someone it concerned or as"
        " someone present.",
        "Not asked because she was not alone, and declined to answer, are not counted as asked.",
        "No direction is better: more asking and more telling may both be success.",
    ),
    sensitive=True,
)

MOOD_SCREENED = Indicator(
    code="mood_screened",
    title="Mother’s mood screened by 8 weeks",
    why="One mother in ten or more is depressed after a birth, and most hide it.",
    numerator="Those with an Edinburgh score (EPDS) recorded from the day of birth to that day.",
    denominator="Mothers of a child who turned 56 days (8 weeks) old in the period.",
    day="The day the child turned 56 days",
    unit="mothers",
    better="higher",
    population=Population(
        f"""
    WITH cohort AS ({children_turning_sql("56 days")}), mother AS (
        SELECT DISTINCT ON (calendar.period, member.person_id)
               calendar.period, member.person_id AS mother, cohort.born_on, cohort.on_day
          FROM cohort
          JOIN calendar ON calendar.day = cohort.on_day
          JOIN families_member AS child
            ON child.person_id = cohort.child AND child.role = 'child'
          JOIN families_member AS member
            ON member.family_id = child.family_id AND member.role = 'mother'
          JOIN families_person AS person ON person.id = member.person_id
         WHERE person.died_on IS NULL OR person.died_on > cohort.on_day
         ORDER BY calendar.period, member.person_id, cohort.on_day
    )
    SELECT mother.period, mother.mother AS unit, mother.mother AS resident_id, mother.on_day,
           EXISTS (SELECT FROM families_observation AS score
                    WHERE score.person_id = mother.mother AND score.code = 'epds_total'
                      AND score.recorded_on BETWEEN mother.born_on AND mother.on_day) AS scored
      FROM mother""",
        per_period=True,
    ),
    numerator_sql="scored",
    inputs=frozenset({PEOPLE, OBSERVATIONS}),
    source="NICE CG192, antenatal and postnatal mental health",
    details=(
        "A mother of twins is counted once, as is one whose two children reach the age in one"
        " period: by the first. Her ward counts.",
        "Children who died on or before the day, and mothers who did, are out.",
    ),
    sensitive=True,
)

INDICATORS = (ENQUIRY_DOMESTIC_ABUSE, MOOD_SCREENED)
