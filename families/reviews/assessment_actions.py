"""Recording the results of an assessment that belongs to no contact."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from families.access import restriction_rules, rules
from families.inputs import Audience, ObservationInput
from families.models import Family, Observation
from families.observations.actions import new_observation
from families.observations.rules import contradictions_among, values_already_recorded
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record


def _check_agree(findings: list[ObservationInput], by: User) -> None:
    """With one another, and with what was recorded of the same day before."""
    days = {
        (finding.person, finding.recorded_on or timezone.localdate()): finding
        for finding in findings
    }
    for (_, on), finding in days.items():
        beside = values_already_recorded(finding, on, None, by=by)
        of_them = [other for other in findings if other.person == finding.person]
        if wrong := contradictions_among(of_them, on, beside=beside):
            raise ValidationError({"on": [problem.sentence for problem in wrong]})


@transaction.atomic
def record_assessment(
    *,
    family: Family,
    findings: Iterable[ObservationInput],
    team: Team,
    audience: Audience,
    by: User,
) -> list[Observation]:
    """Keep these results for `audience`. Raises NotAllowed where `by` may not write, or the person
    is not of the family; ValidationError for a day in the future."""
    results = list(findings)
    rules.check_is_open(family)
    rules.check_can_work_with(family, team, by)
    restriction_rules.check_audience(family, audience)
    rules.check_are_members(family, [finding.person for finding in results], by)
    if any(
        finding.recorded_on and finding.recorded_on > timezone.localdate() for finding in results
    ):
        raise ValidationError({"on": "This is in the future. Give the day of the assessment."})
    _check_agree(results, by)
    rows = [new_observation(finding, contact=None, by=by) for finding in results]
    for row in rows:
        for name, value in audience.layer_fields(team, by).items():
            setattr(row, name, value)
    made = Observation.objects.bulk_create(rows)
    record(
        "assessment.recorded",
        by=by,
        family_ref=family.ref,
        team_code=team.code,
        findings=len(made),
        layer=audience.layer,
    )
    return made
