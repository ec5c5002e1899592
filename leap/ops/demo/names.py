"""What an invented person is called, and what children take from their parents."""

from leap.ops.demo.cultures import BOROUGH_BOYS, BOROUGH_GIRLS, CULTURES, LONG_SETTLED
from leap.ops.demo.seeded_random import Chance

WHITE = {"british", "irish", "portuguese", "spanish_italian", "polish", "ukrainian", "turkish"}
AFRICAN = {"yoruba", "igbo", "ghanaian", "sierra_leonean", "francophone", "somali", "eritrean"}
ASIAN = {"bengali", "pakistani", "indian", "tamil", "afghan", "chinese", "vietnamese"}
# What children of two different traditions of one kind are put down as.
ALIKE: tuple[tuple[set[str], dict[str, float]], ...] = (
    (WHITE, {"C": 1}),
    (ASIAN, {"L": 1}),
    (AFRICAN | {"caribbean"}, {"N": 0.4, "M": 0.3, "P": 0.3}),
)
SHARES = {code: culture.share for code, culture in CULTURES.items()}


def given(chance: Chance, culture: str, sex: str) -> str:
    """A given name for an adult."""
    names = CULTURES[culture]
    return chance.choice(names.women if sex == "female" else names.men)


def childs(chance: Chance, culture: str, sex: str, taken: set[str]) -> str:
    """A given name for a child, none that a brother or sister already has."""
    for _ in range(20):
        if culture in LONG_SETTLED and chance.happens(0.45):
            name = chance.choice(BOROUGH_GIRLS if sex == "female" else BOROUGH_BOYS)
        else:
            name = given(chance, culture, sex)
        if name not in taken:
            break
    taken.add(name)
    return name


def surname(chance: Chance, culture: str, sex: str) -> str:
    """A family name for an adult; a few have only one name, which is their given one."""
    names = CULTURES[culture]
    name = chance.choice(names.surnames)
    if names.passing_on == "single":
        return "" if chance.happens(0.5) else name
    if names.passing_on == "polish":
        return _polish(name, sex)
    if names.passing_on == "bengali":
        womens, mens = ("Begum", "Khatun"), ("Rahman", "Uddin", "Miah", "Chowdhury", "Islam", "Ali")
        return chance.choice(womens if sex == "female" and chance.happens(0.7) else mens)
    double = {"portuguese": 0.5, "spanish": 1.0}.get(names.passing_on, 0)
    if chance.happens(double):
        return f"{name} {chance.choice([s for s in names.surnames if s != name])}"
    return name


def _polish(name: str, sex: str) -> str:
    return f"{name[:-1]}a" if sex == "female" and name.endswith("ki") else name


def passed_on(chance: Chance, culture: str, mothers: str, fathers: str, father_given: str) -> str:
    """The family name children take from what their parents are called ("" where there is none)."""
    way = CULTURES[culture].passing_on
    if way == "patronym":
        return father_given or fathers or mothers
    if way in ("portuguese", "spanish") and mothers and fathers:
        part = -1 if way == "portuguese" else 0
        first, second = (mothers, fathers) if way == "portuguese" else (fathers, mothers)
        return f"{first.split()[part]} {second.split()[part]}"
    if mothers and fathers and mothers != fathers and way == "father":
        return chance.pick({fathers: 0.66, mothers: 0.22, f"{mothers}-{fathers}": 0.12})
    return fathers or mothers


def for_sex(culture: str, name: str, sex: str) -> str:
    """The form of a family name that a girl or a boy bears, where there are two."""
    if CULTURES[culture].passing_on != "polish":
        return name
    return _polish(f"{name[:-1]}i" if name.endswith("ka") else name, sex)


def ethnicity(chance: Chance, culture: str) -> str:
    """The code somebody of this tradition gives, or that it was not stated or never asked."""
    stated = CULTURES[culture].ethnicity
    if culture == "caribbean":
        stated = chance.pick({"M": 0.79, "P": 0.12, "D": 0.09})
    elif culture in AFRICAN:
        stated = chance.pick({"N": 0.91, "P": 0.09})
    elif culture == "brazilian":
        stated = chance.pick({"C": 0.5, "G": 0.3, "S": 0.2})
    return chance.pick({stated: 0.955, "Z": 0.02, "99": 0.015, "": 0.01})


def childs_ethnicity(chance: Chance, mothers: str, fathers: str) -> str:
    """A child's code from the parents' traditions: the mixed ones where they differ."""
    both = {mothers, fathers}
    if len(both) == 1 or both <= AFRICAN:
        return ethnicity(chance, mothers)
    for others, code in ({"caribbean"}, "D"), (AFRICAN, "E"), (ASIAN, "F"):
        if both & WHITE and both & others:
            return code
    for kindred, codes in ALIKE:
        if both <= kindred:
            return chance.pick(codes)
    return "G"
