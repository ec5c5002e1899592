"""What each role is to each kind of family: the columns of the table of who may see what."""

ROLES = {
    "leads": "lead practitioner of the team that leads most families here",
    "manages": "manager of that team",
    "works": "practitioner of a second team, involved with some of them",
    "asked": "practitioner of a team that is asked by referral about each family",
    "elsewhere": "practitioner of a team with nothing to do with any of them",
    "manages-elsewhere": "manager of that team",
    "admin": "admin of the programme",
    "analyst": "analyst of the programme",
    "data-quality": "data quality officer of the programme",
    "champion": "parent champion",
    "leaver": "somebody who has left, in a browser where they were signed in",
    "token": "another system, with the token of the one who leads",
    "signed-out": "anybody at all",
}
KINDS = {
    "own": "led by the first team, and no other works with it",
    "involved": "led by the first team; the second works with it too",
    "not-involved": "led by social workers; none of these teams works with it",
    "restricted": "as involved, but kept for named people, none of whom is here",
    "named": "as restricted; those in the columns leads and works are named for it",
    "ended": "led by the first team; the second has ended its work",
    "broken-into": "as not-involved; opened in an emergency by the one in elsewhere, to judge",
    "lapsed": "as broken-into, but the four hours are over",
    "closed": "as involved, but its record is closed",
}
# What they are to it. A system with a token is what its practitioner is, and signed out on pages.
STANDINGS = {
    "leads": "leads the family",
    "leads-alone": "leads it, and the second team does not work with it",
    "manages": "manages the team that leads it",
    "manages-alone": "manages it, and the second team does not work with it",
    "works": "works with it",
    "named": "is named for its restricted record, and does not lead it",
    "emergency": "has opened it in an emergency, up to four hours ago",
    "works-named": "works with it, and is named for its restricted record",
    "kept-out": "would lead or manage it, but is not named for its restricted record",
    "led": "leads it, and its record is closed",
    "managed": "manages the team that leads it, and its record is closed",
    "worked": "works with it, and its record is closed",
    "asked": "is asked about it by referral",
    "asked-kept": "is asked about it, and is not named for its restricted record",
    "asked-closed": "is asked about it, and its record is closed",
    "lapsed": "had opened it in an emergency that is over",
    "judges": "is to judge that emergency",
    "stranger": "has nothing to do with it",
    "out": "is not signed in",
}
TABLE = """
              leads        manages        works    asked
own           leads-alone  manages-alone  stranger asked
involved      leads        manages        works    asked
not-involved  stranger     stranger       stranger asked
restricted    kept-out     kept-out       stranger asked-kept
named         named        kept-out    works-named asked-kept
ended         leads-alone  manages-alone  stranger asked
broken-into   stranger     stranger       stranger asked
lapsed        stranger     stranger       stranger asked
closed        led          managed        worked   asked-closed
"""
# Everybody else is a stranger to all of them, but for the one who broke in and the one who judges.
BESIDES = {
    ("broken-into", "elsewhere"): "emergency",
    ("lapsed", "elsewhere"): "lapsed",
    ("broken-into", "admin"): "judges",
    ("lapsed", "admin"): "judges",
}


def standing(kind: str, role: str, *, is_api: bool) -> str:
    """What somebody in this role is to a family of this kind, at a page or as another system."""
    if role == "token":
        return standing(kind, "leads", is_api=True) if is_api else "out"
    if role in ("leaver", "signed-out"):
        return "out"
    return BESIDES.get((kind, role)) or _TABLE[kind].get(role, "stranger")


_HEAD, *_LINES = [line.split() for line in TABLE.strip().splitlines()]
_TABLE = {kind: dict(zip(_HEAD, cells, strict=True)) for kind, *cells in _LINES}
