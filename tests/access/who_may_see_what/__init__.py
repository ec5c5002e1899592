"""Who may see what: every address, and how each is answered. Data, read by test_matrix.py;
a module each for the addresses of an area.

Each row is the name of a route with its answers to a GET and to a POST with nothing in it: each
status with whom it is given to. In ABOUT_FAMILIES these are standings towards the family, as in
standings.py; in BY_ROLE, where no family is named, roles. Words for several at once are explained
in reading.py. 404 says no more than that there is nothing here; 403 and 409 give the reason; 200 to
an empty POST shows the form again with what is missing.
"""

from tests.access.reading import OF_FAMILIES, OF_ROLES, read
from tests.access.who_may_see_what import api, casework, families, programme, referrals

METHODS = ("GET", "POST")
AREAS = (families, casework, referrals, programme, api)
ELSEWHERE = {
    "health": "200 or 503, by how the machine is: tests/api/test_health.py",
}
ABOUT_FAMILIES = {
    name: {method: read(cell, OF_FAMILIES) for method, cell in zip(METHODS, row, strict=True)}
    for area in AREAS
    for name, row in area.ABOUT_FAMILIES.items()
}
BY_ROLE = {
    name: {method: read(cell, OF_ROLES) for method, cell in zip(METHODS, row, strict=True)}
    for area in AREAS
    for name, row in area.BY_ROLE.items()
}
