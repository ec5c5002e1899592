"""How children develop, by the ASQ-3 at the two-year review."""

from leap.core.audit.kinds import CONTACTS, OBSERVATIONS, PEOPLE
from outcomes.indicators.populations import IS_A_CHILD
from outcomes.indicators.registry import (
    DENOMINATOR,
    NUMERATOR,
    Comparison,
    Indicator,
    Population,
    part_of,
)

# Codes end in these; the titles are what people read.
DOMAINS = {
    "communication": "Communication",
    "gross_motor": "Gross motor",
    "fine_motor": "Fine motor",
    "problem_solving": "Problem solving",
    "personal_social": "Personal-social",
}
_ALL = ", ".join(f"'asq3_{domain}'" for domain in DOMAINS)


# Children whose latest attended two-year review in the period came with all five domains; `below`
# are the codes of those in which they were below the cut-off, null when in none.
ASSESSED = Population(
    f"""
    WITH review AS (
        SELECT DISTINCT ON (calendar.period, named.person_id)
               calendar.period, named.person_id AS child, contact.id AS contact,
               contact.occurred_on AS held_on
          FROM families_contact AS contact
          JOIN calendar ON calendar.day = contact.occurred_on
          JOIN families_contactperson AS named
            ON named.contact_id = contact.id AND named.review = 'two_year'
          JOIN families_person AS person ON person.id = named.person_id
         WHERE contact.outcome = 'attended'
           AND contact.occurred_on BETWEEN %(first)s AND %(last)s
           AND (person.died_on IS NULL OR person.died_on > contact.occurred_on)
           AND {IS_A_CHILD}
         ORDER BY calendar.period, named.person_id, contact.occurred_at DESC, contact.id DESC
    )
    SELECT review.period, review.child AS unit, review.child AS resident_id,
           review.held_on AS on_day, findings.below
      FROM review
     CROSS JOIN LATERAL (
        SELECT count(*) AS domains, array_agg(code) FILTER (WHERE value = 'below') AS below
          FROM (
            SELECT DISTINCT ON (found.code) found.code, found.value
              FROM families_observation AS found
             WHERE found.person_id = review.child AND found.code IN ({_ALL})
               AND (found.contact_id = review.contact OR found.recorded_on = review.held_on)
               AND found.recorded_on <= %(as_at)s
             ORDER BY found.code, found.recorded_on DESC, found.id DESC
          ) AS each_domain
     ) AS findings
     WHERE findings.domains = {len(DOMAINS)}""",
    per_period=True,
)


def _declared(code: str, title: str, numerator: str, met: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        why="Children who are behind at two and a half and get help can catch up before school.",
        numerator=numerator,
        denominator="Children with an attended 2 to 2½ year review in the period (the latest) and"
        " all five ASQ-3 domains recorded with it.",
        day="The day of the review",
        unit="children",
        better="higher",
        population=ASSESSED,
        numerator_sql=met,
        inputs=frozenset({PEOPLE, CONTACTS, OBSERVATIONS}),
        source="OHID child development outcomes at 2 to 2½ years",
        details=(
            "A domain is recorded with a review when it names that contact, or was recorded on its"
            " day. Of two on one day the later one counts.",
            "Above the cut-off and in the monitoring zone are both at the expected level.",
        ),
        sensitive=True,
    )


OVERALL = _declared(
    "development_2_years",
    "Expected development at 2 to 2½ years",
    "Those who were below the cut-off in none of the five domains.",
    "below IS NULL",
)
BY_DOMAIN = tuple(
    _declared(
        f"development_2_years_{domain}",
        f"Expected development at 2 to 2½ years: {title.lower()}",
        f"Those who were not below the cut-off in the {title.lower()} domain.",
        f"below IS NULL OR 'asq3_{domain}' <> ALL (below)",
    )
    for domain, title in DOMAINS.items()
)
INDICATORS = (OVERALL, *BY_DOMAIN)
# Below in none is below in no single one, and whoever is below in one is so in some domain: those
# below in any are no more than those below in each, added up.
COMPARISONS = (
    *(part_of(OVERALL, domain) for domain in BY_DOMAIN),
    Comparison(
        less=(
            (OVERALL.code, DENOMINATOR),
            *((domain.code, NUMERATOR) for domain in BY_DOMAIN),
        ),
        more=(
            (OVERALL.code, NUMERATOR),
            *((domain.code, DENOMINATOR) for domain in BY_DOMAIN),
        ),
    ),
)
