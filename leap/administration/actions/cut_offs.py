"""The cut-offs that a licence allows the partnership to use."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from families.models import CutOff
from leap.administration import rules
from leap.core.accounts.models import User
from leap.core.audit.log import record


@transaction.atomic
def set_cut_offs(
    *, instrument: str, months: int, bounds: Mapping[str, tuple[Decimal, Decimal]], by: User
) -> None:
    """Keep these of one questionnaire, by domain: the concern, then what is monitored. A domain
    that is not named has none any more. Results that were recorded stay as they are."""
    rules.check_is_admin(by)
    of_it = CutOff.objects.filter(instrument=instrument, months=months)
    of_it.exclude(domain__in=bounds).delete()
    for domain, (concern, monitoring) in bounds.items():
        CutOff.objects.update_or_create(
            instrument=instrument,
            months=months,
            domain=domain,
            defaults={"concern": concern, "monitoring": monitoring, "set_by": by},
        )
    record("cut_offs.set", by=by, instrument=instrument, months=months, domains=sorted(bounds))
