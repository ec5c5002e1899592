"""The closed list of what we keep: every field of every model is personal, sensitive or neither.

Subject access, redaction and logging read it. A field that is not declared fails a test, which says
where to declare it.
"""

from leap.governance.data_inventory.family_records import RECORDS
from leap.governance.data_inventory.field_declarations import Declared
from leap.governance.data_inventory.programme import PROGRAMME

DECLARED: dict[str, Declared] = {**RECORDS, **PROGRAMME}


def declared(label: str) -> Declared:
    """What is said of a model, by its label: `families.Person`. KeyError for one not declared."""
    return DECLARED[label]


def is_private(label: str, field: str) -> bool:
    """Whether a field says anything about somebody: never for a log, an address or a title."""
    return field in declared(label).private
