"""The minimum information of a pathway, and what of it the record holds already.

An admin writes one line for each thing, `What | Why it matters | how the record tells`. Without
the last, the record cannot tell, and the sender ticks that it has been said.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from families.models import Family, Observation, Person, Residence
from families.observations.codes import codes_of_group
from families.observations.declaration import Group
from leap.core.accounts.models import User
from leap.core.ui.formatting import short_day
from referrals.models import Pathway


@dataclass(frozen=True)
class Item:
    """One thing that the receiver needs."""

    what: str
    why: str
    record_key: str = ""  # a key of RECORD_LOOKUPS; empty where only the sender can say


@dataclass(frozen=True)
class LookedUpItem:
    """One thing, and what the record says of it; nothing where it does not say."""

    item: Item
    recorded: str


class MinimumRecord:
    """What of a family's record its reader sees, as far as minimum information asks for it."""

    def __init__(self, family: Family, user: User) -> None:
        seen = family.members.current().open_to(user).select_related("person")
        members = [member for member in seen if not member.person.died_on]
        self.mothers = [m.person for m in members if m.role == "mother"]
        self.parents = [m.person for m in members if m.role in ("mother", "father")]
        self.children = [m.person for m in members if m.role in ("child", "unborn")]
        self.user = user

    @property
    def people(self) -> list[Person]:
        return [*self.parents, *self.children]

    def has(self, *codes: str) -> str:
        """On which day the latest of these findings was recorded."""
        observations = Observation.objects.visible_to(self.user).filter(
            person__in=self.people, code__in=codes
        )
        day = observations.order_by("-recorded_on").values_list("recorded_on", flat=True).first()
        return f"recorded {short_day(day)}" if day else ""


def _interpreter(record: MinimumRecord) -> str:
    """Asked of the mother, or of somebody where no mother is known."""
    people = [p for p in record.mothers or record.parents if p.interpreter is not None]
    if not people:
        return ""
    wanted = [p.language or "language not recorded" for p in people if p.interpreter]
    return f"needed: {', '.join(wanted)}" if wanted else "not needed"


FEEDING = codes_of_group(Group.FEEDING)
RECORD_LOOKUPS: dict[str, tuple[str, Callable[[MinimumRecord], str]]] = {
    "due": (
        "a due date is recorded",
        lambda record: ", ".join(
            f"due {short_day(p.due_date)}" for p in record.children if p.due_date
        ),
    ),
    "born": (
        "a date of birth is recorded",
        lambda record: ", ".join(
            f"born {short_day(p.birth_date)}" for p in record.children if p.birth_date
        ),
    ),
    "parents": (
        "a parent is recorded",
        lambda record: ", ".join(person.name for person in record.parents),
    ),
    "interpreter": ("it was asked whether an interpreter is needed", _interpreter),
    "telephone": (
        "a parent’s telephone is recorded",
        lambda record: "on record" if any(person.telephone for person in record.parents) else "",
    ),
    "home": (
        "an address is recorded",
        lambda record: (
            "on record" if Residence.objects.filter(person__in=record.people).exists() else ""
        ),
    ),
    "feeding": ("a way of feeding is recorded", lambda record: record.has(*FEEDING)),
    "mood": ("an EPDS is recorded", lambda record: record.has("epds_total")),
    "birth_weight": ("a birth weight is recorded", lambda record: record.has("birth_weight_g")),
}


def read(lines: str) -> list[Item]:
    """The items of these lines. ValueError, with a sentence, for one that cannot be read."""
    return [_item(line) for line in lines.splitlines() if line.strip()]


def _item(line: str) -> Item:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (2, 3) or not all(parts[:2]):
        raise ValueError(f"“{line}” needs what, “|”, and why it matters.")
    key = parts[2] if len(parts) == 3 else ""
    if key and key not in RECORD_LOOKUPS:
        keys = ", ".join(RECORD_LOOKUPS)
        raise ValueError(f"“{key}” is none of: {keys}. Leave it out for a tick.")
    return Item(parts[0], parts[1], key)


def look_up_items(pathway: Pathway, family: Family, user: User) -> list[LookedUpItem]:
    """Each thing that the pathway wants, and what the record, as `user` sees it, says of it."""
    record, wanted = MinimumRecord(family, user), read(pathway.minimum)
    return [
        LookedUpItem(item, RECORD_LOOKUPS[item.record_key][1](record) if item.record_key else "")
        for item in wanted
    ]


def missing(items: list[LookedUpItem], ticked: list[str]) -> list[Item]:
    """What neither the record nor the sender says."""
    return [item.item for item in items if not item.recorded and item.item.what not in ticked]


def check_is_complete(lacking: list[Item], for_safety: str) -> None:
    """Whether all is there. Somebody's safety does not wait for it; that it did not is recorded."""
    if lacking and not for_safety.strip():
        raise ValidationError([f"Missing: {item.what}. {item.why}" for item in lacking])
