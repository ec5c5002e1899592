"""When something can have been observed of somebody."""

from datetime import date

from django.core.exceptions import ValidationError

from families.inputs import ObservationInput

NOTHING_MEASURED = (
    "Nothing was measured at a contact that was not attended. Take it out, or correct the outcome."
)


def check_found_after_birth(finding: ObservationInput, on: date) -> None:
    """ValidationError for what was found of somebody before they were born."""
    born = finding.person.birth_date
    if born and on < born:
        raise ValidationError({"recorded_on": "This is before the birth. Check the date."})
