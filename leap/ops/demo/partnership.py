"""Who works together: agencies, teams, practitioners, and the demonstration sign-ins."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from families.name_normalisation import normalise_name
from leap.core.accounts.models import Agency, Credential, Membership, Team, User
from leap.ops.demo import names
from leap.ops.demo.places import COLDHARBOUR, STOCKWELL, TULSE_HILL, VASSALL, WARDS, drama_landline
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.working_hours import at
from leap.ops.demo.world import World

PASSWORD = "leap-demo"  # noqa: S105  # printed on the sign-in page in demonstration mode

AGENCIES = {
    "gstt": "Guy's and St Thomas' NHS Foundation Trust",
    "kch": "King's College Hospital NHS Foundation Trust",
    "slam": "South London and Maudsley NHS Foundation Trust",
    "evelina": "Evelina London Children's Healthcare",
    "lambeth": "Lambeth Council",
    "henry": "HENRY",
    "breastfeeding-network": "The Breastfeeding Network",
    "doorstep-library": "Doorstep Library",
    "gaia": "The Gaia Centre",
    "police": "Metropolitan Police (Lambeth)",
    "ncb": "National Children's Bureau",
    "champions": "Lambeth parent champions",
}


@dataclass(frozen=True)
class StaffPlan:
    """A team to be: whose, what it does, where, and how many work in it beside its manager."""

    name: str
    agency: str
    discipline: str
    wards: tuple[str, ...]
    people: int


TEAMS: dict[str, StaffPlan] = {
    "kings-midwifery": StaffPlan(
        "King's community midwifery", "kch", "midwifery", (COLDHARBOUR, TULSE_HILL, VASSALL), 3
    ),
    "st-thomas-midwifery": StaffPlan(
        "St Thomas' community midwifery", "gstt", "midwifery", (STOCKWELL, VASSALL), 2
    ),
    "leap-caseload-midwifery": StaffPlan("LEAP caseload midwifery", "gstt", "midwifery", WARDS, 2),
    "coldharbour-health-visiting": StaffPlan(
        "Coldharbour health visiting", "evelina", "health_visiting", (COLDHARBOUR,), 4
    ),
    "stockwell-health-visiting": StaffPlan(
        "Stockwell health visiting", "evelina", "health_visiting", (STOCKWELL,), 5
    ),
    "tulse-hill-health-visiting": StaffPlan(
        "Tulse Hill health visiting", "evelina", "health_visiting", (TULSE_HILL,), 4
    ),
    "vassall-health-visiting": StaffPlan(
        "Vassall health visiting", "evelina", "health_visiting", (VASSALL,), 4
    ),
    "stockwell-vassall-family-support": StaffPlan(
        "Stockwell and Vassall family support", "lambeth", "family_support", (STOCKWELL, VASSALL), 2
    ),
    "coldharbour-tulse-hill-family-support": StaffPlan(
        "Coldharbour and Tulse Hill family support",
        "lambeth",
        "family_support",
        (COLDHARBOUR, TULSE_HILL),
        3,
    ),
    "childrens-social-care": StaffPlan(
        "Lambeth children's social care", "lambeth", "social_work", WARDS, 3
    ),
    "childrens-centres": StaffPlan(
        "Lambeth children's centres", "lambeth", "early_years", WARDS, 3
    ),
    "pairs": StaffPlan("PAIRS, parents and infants", "slam", "early_years", WARDS, 2),
    "domestic-abuse-caseworkers": StaffPlan(
        "Domestic abuse caseworkers", "gaia", "family_support", WARDS, 2
    ),
    "evelina-speech-and-language": StaffPlan(
        "Early years speech and language", "evelina", "speech_and_language", WARDS, 2
    ),
    "community-nutrition": StaffPlan("Community nutrition", "gstt", "nutrition", WARDS, 2),
    "henry-lambeth": StaffPlan("HENRY in Lambeth", "henry", "nutrition", WARDS, 1),
    "breastfeeding-peer-support": StaffPlan(
        "Breastfeeding peer support", "breastfeeding-network", "nutrition", WARDS, 3
    ),
    "doorstep-library": StaffPlan("Doorstep Library", "doorstep-library", "early_years", WARDS, 2),
    "lambeth-police": StaffPlan("Lambeth police, child abuse team", "police", "police", WARDS, 1),
    "parent-champions": StaffPlan("LEAP parent champions", "champions", "champions", WARDS, 2),
    "leap-programme": StaffPlan("LEAP programme team", "ncb", "programme", WARDS, 1),
}
STOCKWELL_HV = "stockwell-health-visiting"
HEALTH_VISITING = {
    COLDHARBOUR: "coldharbour-health-visiting",
    STOCKWELL: STOCKWELL_HV,
    TULSE_HILL: "tulse-hill-health-visiting",
    VASSALL: "vassall-health-visiting",
}
FAMILY_SUPPORT = {
    COLDHARBOUR: "coldharbour-tulse-hill-family-support",
    STOCKWELL: "stockwell-vassall-family-support",
    TULSE_HILL: "coldharbour-tulse-hill-family-support",
    VASSALL: "stockwell-vassall-family-support",
}
MIDWIFERY = {
    COLDHARBOUR: "kings-midwifery",
    STOCKWELL: "st-thomas-midwifery",
    TULSE_HILL: "kings-midwifery",
    VASSALL: "kings-midwifery",
}
SOCIAL_CARE = "childrens-social-care"

# e-mail before the @: name, team, whether they manage it, programme role
SIGN_INS: dict[str, tuple[str, str, bool, str]] = {
    "midwife": ("Niamh Gallagher", "st-thomas-midwifery", False, ""),
    "healthvisitor": ("Comfort Asante", STOCKWELL_HV, False, ""),
    "familysupport": ("Paulo Ferreira", "stockwell-vassall-family-support", False, ""),
    "socialworker": ("Yvonne Campbell", SOCIAL_CARE, False, ""),
    "manager": ("Bernadette Walsh", STOCKWELL_HV, True, ""),
    "admin": ("Hannah Osei", "leap-programme", False, "admin"),
    "analyst": ("Rafael Quintero", "leap-programme", False, "analyst"),
    "champion": ("Amina Warsame", "parent-champions", False, ""),
    "dataquality": ("Oluwaseun Bright", "leap-programme", False, "quality"),
}


def found(world: World) -> None:
    """Add every agency, team and practitioner."""
    chance = world.chance("partnership")
    agencies = {code: world.add(Agency(code=code, name=name)) for code, name in AGENCIES.items()}
    password = make_password(PASSWORD, salt=chance.letters(22))
    emails = set(SIGN_INS)
    for code, plan in TEAMS.items():
        group = world.add(Group(name=f"team:{code}"))
        team = Team(
            code=code,
            name=plan.name,
            agency=agencies[plan.agency],
            discipline=plan.discipline,
            group=group,
            ward_codes=list(plan.wards),
            telephone=drama_landline(chance),
            email=f"{code}@leap.example",
        )
        world.teams[code] = world.add(team)
        world.staff[code] = []
        for email, (name, of_team, manages, role) in SIGN_INS.items():
            if of_team == code:
                _join(world, chance, team, (name, email, manages, role), password)
        for place in range(plan.people + 1):
            manages = place == 0
            if manages and any(SIGN_INS[e][1:3] == (code, True) for e in SIGN_INS):
                continue
            name, email = _somebody(chance, emails)
            _join(world, chance, team, (name, email, manages, ""), password)


def _somebody(chance: Chance, emails: set[str]) -> tuple[str, str]:
    """A name, and the address made of it, that nobody here has yet."""
    while True:
        culture = chance.pick({**names.SHARES, "british": 26, "irish": 6})
        sex = "female" if chance.happens(0.86) else "male"
        surname = names.surname(chance, culture, sex).split(" ")[0]
        name = f"{names.given(chance, culture, sex)} {surname}".strip()
        email = normalise_name(name).replace(" ", ".")
        if surname and email not in emails:
            emails.add(email)
            return name, email


def _join(
    world: World, chance: Chance, team: Team, who: tuple[str, str, bool, str], password: str
) -> None:
    name, email, manages, role = who
    started_on = world.as_at - timedelta(days=chance.randint(760, 2600))
    ref = UUID(int=chance.uuid(), version=4)
    user = world.add(
        User(
            ref=ref,
            credential_version=uuid5(ref, "password"),
            email=f"{email}@leap.example",
            name=name,
            has_password=True,
            programme_role=role,
            telephone=drama_landline(chance),
            joined_at=at(started_on, 9, 0),
        )
    )
    world.add(Credential(user=user, password=password))
    world.add(User.groups.through(user=user, group=team.group))
    world.add(
        Membership(
            user=user,
            team=team,
            role=Membership.Role.MANAGER if manages else Membership.Role.PRACTITIONER,
            started_on=started_on,
        )
    )
    if not manages:
        world.staff[team.code].append(user)


def come_and_go(world: World) -> None:
    """In Stockwell: somebody invited who has not opened the account yet, and somebody who left."""
    chance, team = world.chance("come and go"), world.teams[STOCKWELL_HV]
    joiner = _account(world, chance, "Zeinab Farah", "zeinab.farah", days=1)
    world.add(User.groups.through(user=joiner, group=team.group))
    world.add(Membership(user=joiner, team=team, started_on=joiner.joined_at.date()))
    leaver = _account(world, chance, "Pauline Hart", "pauline.hart", days=2000)
    leaver.is_active = False
    gone_on = world.as_at - timedelta(days=45)
    world.add(
        Membership(user=leaver, team=team, started_on=leaver.joined_at.date(), ended_on=gone_on)
    )


def _account(world: World, chance: Chance, name: str, email: str, *, days: int) -> User:
    """An account without a password: nobody signs in with it."""
    ref = UUID(int=chance.uuid(), version=4)
    return world.add(
        User(
            ref=ref,
            credential_version=uuid5(ref, "password"),
            email=f"{email}@leap.example",
            name=name,
            telephone=drama_landline(chance),
            joined_at=at(world.as_at - timedelta(days=days), 9, 0),
        )
    )


def sign_in(world: World, email: str) -> User:
    """The practitioner behind one of the demonstration sign-ins."""
    users: list[User] = world.rows[User]
    return next(user for user in users if user.email == f"{email}@leap.example")
