"""Observations of one person and day that contradict one another, in the file or in LEAP."""

import json
from collections.abc import Iterator

from families.observations.asq import cut_offs
from families.observations.rules import CODES, Values, assessment_contradictions
from families.observations.rules import CutOffs as Known
from leap.data_import.formats import BY_FILE
from leap.data_import.matching import good
from leap.data_import.staging import PROBLEM, Copying, asking

OBSERVATIONS = BY_FILE["observations.csv"]
Told = tuple[int, str, str, int | None]  # contact or 0, code, value, line or None where LEAP has it
_CODES = ", ".join(f"'{code}'" for code in sorted(CODES))

# Only days on which two codes or more are told, one of them at least by the file.
TOLD = f"""
    SELECT jsonb_agg(jsonb_build_array(coalesce(contact_id, 0), code, value, line)
                     ORDER BY line NULLS FIRST, id)
      FROM (
        SELECT person_id, recorded_on, contact_id, code, value, line, 0 AS id
          FROM observations_here d
         WHERE person_id IS NOT NULL AND recorded_on IS NOT NULL AND value IS NOT NULL
           AND code IN ({_CODES}) AND {good(OBSERVATIONS)}
         UNION ALL
        SELECT t.person_id, t.recorded_on, t.contact_id, t.code, t.value, NULL, t.id
          FROM families_observation t
         WHERE t.person_id IN (SELECT id FROM person_key WHERE NOT is_new) AND t.code IN ({_CODES})
           AND t.person_id IN (SELECT person_id FROM observations_here)
      ) AS told
     GROUP BY person_id, recorded_on
    HAVING count(DISTINCT code) > 1 AND bool_or(line IS NOT NULL)"""


def check() -> None:
    """Refuse rows that cannot be true beside the others of their assessment."""
    known, problems = cut_offs(), Copying("problem", *PROBLEM)
    with asking(TOLD) as batches:
        for batch in batches:
            for (observations,) in batch:
                for line, sentence in _wrong(json.loads(observations), known):
                    problems.add(OBSERVATIONS.file, line, "value", sentence)
    problems.flush()


def _wrong(observations: list[Told], known: Known) -> Iterator[tuple[int, str]]:
    """What is told of no contact belongs to each assessment of the day."""
    for contact in {observation[0] for observation in observations} - {0} or {0}:
        latest = {
            code: (value, line) for at, code, value, line in observations if at in (0, contact)
        }
        values: Values = {code: value for code, (value, _) in latest.items()}
        in_file = [line for _, line in latest.values() if line is not None]
        for code, sentence in assessment_contradictions(values, known) if in_file else ():
            yield latest[code][1] or max(in_file), sentence
