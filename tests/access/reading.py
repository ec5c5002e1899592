"""Reading a row of the table: `200 inside; 403 emergency closed; 404 outside; 302 out`."""

from tests.access.standings import ROLES, STANDINGS

# Words for several standings at once.
OF_FAMILIES = {
    "leading": "leads leads-alone manages manages-alone",
    "inside": "leads leads-alone manages manages-alone works named works-named",
    "closed": "led managed worked",
    "asked-any": "asked asked-kept asked-closed",
    "asked-in": "asked asked-closed",
    "not-named": "kept-out asked-kept",
    "outside": "kept-out asked asked-kept asked-closed lapsed judges stranger",
    "unasked": "kept-out lapsed judges stranger",
    "everyone": " ".join(standing for standing in STANDINGS if standing != "out"),
}
# And for several roles. A token opens no page, so there it is one of those outside the door. The
# data quality officer is the analyst, but where a row says otherwise: see AS.
OF_ROLES = {
    "practitioners": "leads works asked elsewhere",
    "managers": "manages manages-elsewhere",
    "teams": "leads manages works asked elsewhere manages-elsewhere",
    "programme": "admin analyst",
    "signed-in": "leads manages works asked elsewhere manages-elsewhere admin analyst champion",
    "everyone": " ".join(role for role in ROLES if role != "data-quality"),
    "out": "leaver token signed-out",
    "nobody": "leaver signed-out",
}


# Who is answered as somebody else where the row says nothing of them.
AS = {"works-named": "works", "data-quality": "analyst"}


def read(row: str, groups: dict[str, str]) -> dict[str, int]:
    """The status for each standing, or role, that the row names; each of them once."""
    statuses: dict[str, int] = {}
    for part in row.split(";"):
        status, *words = part.split()
        for name in " ".join(groups.get(word, word) for word in words).split():
            if name in statuses:
                raise ValueError(f"{name} stands twice in: {row}")
            statuses[name] = int(status)
    for name, like in AS.items():
        if like in statuses:
            statuses.setdefault(name, statuses[like])
    return statuses
