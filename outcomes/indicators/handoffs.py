"""How services hand over to one another."""

from leap.core.audit.kinds import PEOPLE, REFERRALS
from outcomes.indicators.registry import Indicator, Population

REFERRAL_IN_TIME = Indicator(
    code="referral_in_time",
    title="Referrals acknowledged in time",
    why="A family is unowned from the moment one team lets go until the next says: we have it.",
    numerator="Those acknowledged within the working days of their pathway.",
    denominator="Referrals whose acknowledgement fell due in the period.",
    day="The day the acknowledgement fell due",
    unit="referrals",
    better="higher",
    population=Population("""
    SELECT referral.id AS unit, youngest.id AS resident_id,
           referral.acknowledge_by AS on_day,
           (referral.acknowledged_at AT TIME ZONE 'Europe/London')::date AS acknowledged_on
      FROM referrals_referral AS referral
     CROSS JOIN LATERAL (
        SELECT person.id
          FROM families_member AS child
          JOIN families_person AS person ON person.id = child.person_id
         WHERE child.family_id = referral.family_id AND child.role IN ('child', 'unborn')
         ORDER BY coalesce(person.birth_date, person.due_date) DESC NULLS LAST, person.id LIMIT 1
     ) AS youngest
     WHERE referral.acknowledge_by BETWEEN %(first)s AND %(last)s
       AND referral.sent_at IS NOT NULL"""),
    numerator_sql="acknowledged_on <= on_day",
    inputs=frozenset({PEOPLE, REFERRALS}),
    source="LEAP definition",
    details=(
        "Working days leave out weekends and the bank holidays of England and Wales.",
        "The ward is that of the family’s youngest child, an unborn baby included.",
        "Declined, withdrawn and expired referrals stay in: somebody was waiting for an answer.",
    ),
)

INDICATORS = (REFERRAL_IN_TIME,)
