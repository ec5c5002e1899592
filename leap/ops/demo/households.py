"""Who lives with whom: families, their people, and their homes."""

from datetime import date, timedelta

from families.models import Family, Member, Person
from families.name_normalisation import search_text
from leap.ops.demo import names
from leap.ops.demo.births import FamilyBeginning, anchors, pregnancies
from leap.ops.demo.cultures import CULTURES
from leap.ops.demo.homes import live_at, move_in, settled_on
from leap.ops.demo.places import drama_mobile
from leap.ops.demo.stories import DAY, WITHOUT_MOTHER, Story
from leap.ops.demo.world import World

# How families are made up, in hundredths.
FORMS = {
    "couple": 59.0,
    "lone mother": 17.0,
    "parents apart": 7.0,  # he has a home and a record of his own, in the same family
    "two homes": 5.0,  # and the child belongs to two families
    "step-parent": 3.5,
    "three generations": 3.5,
    "two mothers": 1.2,
    "two fathers": 0.5,
    "lone father": 0.8,
    "kinship": 1.2,
    "foster": 1.3,
}
NEEDS = {"universal": 70.0, "plus": 18.0, "targeted": 9.0, "intensive": 3.0}


def settle(world: World) -> list[Story]:
    """Families with, between them, as many children as were asked for."""
    stories: list[Story] = []
    made = 0
    for place, anchor in enumerate(anchors(world)):
        if made >= world.children:
            break
        story = _household(world, place, anchor, most=world.children - made)
        made += len(story.children)
        stories.append(story)
        if story.form == "two homes" and story.born and not story.left_on:
            stories.append(_his_household(world, story, place))
    return stories


def _household(world: World, place: int, anchor: FamilyBeginning, most: int) -> Story:
    chance = world.chance("family", place)
    form = "couple" if anchor.plain else chance.pick(FORMS)
    if form in WITHOUT_MOTHER and anchor.day > world.as_at - 90 * DAY:
        form = "lone mother"
    story = Story(
        world=world,
        chance=chance,
        family=world.add(Family(ref=world.ref("LB", 5), name="")),
        form=form,
        homes=[],
        need="intensive" if form in ("kinship", "foster") else chance.pick(NEEDS),
        luck=chance.random(),
        waits=anchor.waits,
    )
    story.pregnancies = pregnancies(story, anchor, most)
    eldest = story.pregnancies[0]
    _adults(story, eldest.born_on or eldest.due_on)
    culture, other = story.known["culture"], story.known["other culture"]
    mother, his = story.mother, story.known["his surname"]
    hers = mother.family_name if mother else ""
    father = story.partner if story.partner and story.partner.sex == "male" else None
    taken = {carer.given_name for carer, _ in story.carers}
    for pregnancy in story.pregnancies:
        for baby in pregnancy.babies:
            _name_child(story, baby, taken, hers, his if father else "")
            baby.ethnicity = names.childs_ethnicity(story.chance, culture, other)
            baby.language = mother.language if mother else ""
            role = "child" if baby.birth_date else "unborn"
            keep(story, baby, role)
    move_in(story, anchor)
    # What practitioners call the family: the mother's surname, and the children's if another.
    carer = story.mother or story.carers[0][0]
    own = carer.family_name or carer.given_name
    childs = next((c.family_name for c in story.children if c.family_name), own)
    related = own in childs or childs in own or childs[:4] == own[:4]
    story.family.name = own if related else f"{own} and {childs}"
    return story


def _adults(story: Story, day: date) -> None:
    """Mother, father and whoever else: each a person of their own."""
    chance, form = story.chance, story.form
    culture = chance.pick(names.SHARES)
    other = culture if chance.happens(0.8) else chance.pick(names.SHARES)
    story.known |= {"culture": culture, "other culture": other}
    hers = names.surname(chance, culture, "female")
    his = names.surname(chance, other, "male")
    if form not in WITHOUT_MOTHER:
        story.mother = _adult(story, "mother", culture, "female", hers, day, 29)
    if form in ("couple", "parents apart", "two homes", "three generations"):
        story.partner = _adult(story, "father", other, "male", his, day, 31)
    elif form == "lone father":
        story.partner = _adult(story, "father", culture, "male", his, day, 36)
    elif form == "two mothers":
        hers = names.surname(chance, other, "female")
        story.partner = _adult(story, "mother", other, "female", hers, day, 34)
    elif form == "two fathers":
        story.partner = _adult(story, "father", other, "male", his, day, 38)
        _adult(story, "father", culture, "male", names.surname(chance, culture, "male"), day, 36)
    _others(story, day, culture, hers)
    story.known["his surname"] = his


def _others(story: Story, day: date, culture: str, surname: str) -> None:
    chance, form = story.chance, story.form
    if form == "step-parent":
        _adult(
            story,
            "step_parent",
            culture,
            "male",
            names.surname(chance, culture, "male"),
            day,
            34,
        )
    elif form == "three generations":
        assert story.mother is not None
        assert story.mother.birth_date is not None
        _adult(story, "grandparent", culture, "female", surname, story.mother.birth_date, 26)
    elif form == "kinship":
        role, sex, age = chance.choice(
            [("grandparent", "female", 57), ("grandparent", "male", 61), ("other", "female", 40)]
        )
        _adult(story, role, culture, sex, surname, day, age)
    elif form == "foster":
        own = chance.pick(names.SHARES)
        surname = names.surname(chance, own, "female")
        _adult(story, "foster_carer", own, "female", surname, day, 49)


def _adult(
    story: Story, role: str, culture: str, sex: str, surname: str, born: date, age: float
) -> Person:
    """A grown person, about `age` years old on the day `born`."""
    chance = story.chance
    years = chance.near(age, 5.5, 17, 46 if age < 40 else 72)
    taken = {carer.given_name for carer, _ in story.carers}
    given_name = names.given(chance, culture, sex)
    while given_name in taken:
        given_name = names.given(chance, culture, sex)
    english = chance.happens(CULTURES[culture].english)
    person = Person(
        ref=story.world.ref("P", 8),
        given_name=given_name,
        family_name=surname,
        birth_date=born - timedelta(days=round(years * 365.25)),
        sex=sex,
        nhs_number=story.world.nhs_number() if chance.happens(0.92) else "",
        ethnicity=names.ethnicity(chance, culture),
        language="English" if english else CULTURES[culture].language,
        interpreter=False if english else chance.pick({True: 0.42, False: 0.5, None: 0.08}),
        telephone=drama_mobile(chance) if chance.happens(0.9) else "",
    )
    story.carers.append((keep(story, person, role), role))
    return person


def keep(story: Story, person: Person, role: str, joined_on: date | None = None) -> Person:
    """Add somebody to the family."""
    person.search_name = search_text(person.given_name, person.family_name)
    story.world.add(person)
    story.world.leaf(Member, family=story.family, person=person, role=role, joined_on=joined_on)
    return person


def _name_child(story: Story, baby: Person, taken: set[str], hers: str, his: str) -> None:
    chance, culture = story.chance, story.known["culture"]
    if not baby.birth_date:
        return
    patronym = CULTURES[story.known["other culture"]].passing_on == "patronym"
    father_given = story.partner.given_name if story.partner and his and patronym else ""
    if culture not in story.known:
        taken_from = names.passed_on(chance, culture, hers, his, father_given)
        story.known[culture] = taken_from or names.surname(chance, culture, baby.sex)
    baby.given_name = names.childs(chance, culture, baby.sex, taken)
    baby.family_name = names.for_sex(culture, story.known[culture], baby.sex)
    if baby.died_on == baby.birth_date and chance.happens(0.4):
        baby.given_name = "Baby"


def _his_household(world: World, hers: Story, place: int) -> Story:
    """The father's own family: the same children, another home."""
    chance = world.chance("his family", place)
    father, home = hers.partner, hers.partner_home
    assert father is not None
    assert home is not None
    name = father.family_name or father.given_name
    story = Story(
        world=world,
        chance=chance,
        family=world.add(Family(ref=world.ref("LB", 5), name=name)),
        form="his home",
        homes=[home],
        partner=father,
        luck=chance.random(),
    )
    story.carers.append((father, "father"))
    world.leaf(Member, family=story.family, person=father, role="father")
    if chance.happens(0.35):
        culture = chance.pick(names.SHARES)
        surname = names.surname(chance, culture, "female")
        new = _adult(story, "step_parent", culture, "female", surname, world.as_at, 33)
        live_at(world, new, home)
    story.guests = hers.born
    for child in story.guests:
        # His home beside hers: of two with the same day, the one listed first is the main home.
        world.leaf(Member, family=story.family, person=child, role="child")
        live_at(world, child, home, since=settled_on(hers, child), listed=1)
    return story
