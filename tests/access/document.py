"""docs/who-may-see-what.md, made from the table: python -m tests.access.document writes it."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from tests.access.standings import KINDS, ROLES, STANDINGS, standing
from tests.access.who_may_see_what import ABOUT_FAMILIES, BY_ROLE, ELSEWHERE, METHODS

PAGE = Path(__file__).parents[2] / "docs" / "who-may-see-what.md"
HEAD = """# Who may see what

Made from the table in `tests/access/who_may_see_what/` by `python -m tests.access.document`.
A test sends every request that it speaks of, for each thing that somebody can be to a family, by
one or two in turn of the roles and kinds of family that come to it; with `EVERY_COMBINATION=1` by
all. It fails when an answer is another, or when an address has no row.

200 is a page or what was asked for; 302 leads on, to signing in or to what was done; 204 is done
and says nothing. 401 is for systems without a token. 403 gives the reason why something is not
yours to do; signed out, it keeps what was sent and asks you to sign in. **404 is the answer about
whatever is not visible, and is the same as for what does not exist.** 409 says who was first, or
what has to come before. 400 and 405 are about the request itself. A POST is sent with nothing in
it: 200 shows its form again.
"""


def page() -> str:
    """The whole of docs/who-may-see-what.md."""
    parts = [
        HEAD,
        *_list("Roles", ROLES),
        *_list("Kinds of family", KINDS),
        *_list("What somebody is to a family", STANDINGS),
        "## Which role is what to which kind of family\n",
        _table(["", *ROLES], ([kind, *_standings(kind)] for kind in KINDS)),
        "On pages a token is signed out; as another system it is what its practitioner is.\n",
        "## Addresses that name something of a family\n",
        *_routes(ABOUT_FAMILIES, list(STANDINGS)),
        "## Addresses that name no family\n",
        "Lists, searches, counts and exports hold what their reader may see, and nothing else.\n",
        *_routes(BY_ROLE, list(ROLES)),
        *_list("Addresses whose answer does not depend on who asks", ELSEWHERE),
    ]
    return "\n".join(parts)


def _standings(kind: str) -> list[str]:
    return [standing(kind, role, is_api=True) for role in ROLES]


def _list(title: str, meanings: dict[str, str]) -> Iterable[str]:
    yield f"## {title}\n"
    yield "\n".join(f"- **{name}**: {meaning}" for name, meaning in meanings.items()) + "\n"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _routes(table: dict[str, dict[str, dict[str, int]]], columns: list[str]) -> Iterable[str]:
    """One table for each part of the product, one line for each address and method."""
    for part, names in groupby(sorted(table, key=_part), key=_part):
        yield f"### {part}\n"
        rows = [
            [name, method, *(str(table[name][method].get(column, "")) for column in columns)]
            for name in names
            for method in METHODS
        ]
        yield _table(["", "", *columns], rows)


def _part(name: str) -> str:
    return name.rpartition(":")[0].replace("_", " ") or "others"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
