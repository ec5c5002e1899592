"""Bad rows: each gets its sentence, with file, line and column."""

from families.models import Contact, Family, Observation, Person

TOMORROW = "2099-01-01"
DUE_NOT_BORN = {"due_date": "2016-04-10", "birth_date": ""}

# file, what is unusual about the row, the column, and part of the sentence
BAD_CELLS = [
    ("people", {"birth_date": "10/04/2016"}, "birth_date", "Write it as year-month-day"),
    ("people", {"birth_date": "20160410"}, "birth_date", "is not a date"),
    ("people", {"birth_date": "2016-02-30"}, "birth_date", "is not in the calendar"),
    ("people", {"birth_date": TOMORROW}, "birth_date", "is in the future"),
    ("people", {"birth_date": "0216-04-10"}, "birth_date", "check the year"),
    ("people", {"died_on": TOMORROW}, "died_on", "is in the future"),
    ("people", {"moved_in_on": TOMORROW, "postcode": "SW9 9TX"}, "moved_in_on", "in the future"),
    ("people", {"died_on": "2016-04-09"}, "died_on", "is before the birth, 2016-04-10"),
    ("people", {"nhs_number": "943 476 5918"}, "nhs_number", "has a wrong check digit"),
    ("people", {"nhs_number": "94347659"}, "nhs_number", "has ten digits"),
    ("people", {"postcode": "SW9 9ZZZ"}, "postcode", "is not a postcode."),
    ("people", {"postcode": "Stockwell"}, "postcode", "“Stockwell” is not a postcode"),
    ("people", {"postcode": "", "moved_in_on": "2016-05-01"}, "postcode", "Give both"),
    ("people", {"role": "baby"}, "role", "is not one of child, unborn"),
    ("people", {"role": "fathr"}, "role", "Is father meant?"),
    ("people", {"role": ""}, "role", "this is blank, and must be given"),
    ("people", {"birth_date": ""}, "birth_date", "a child has a birth_date"),
    ("people", {"due_date": "2016-04-10"}, "due_date", "Leave one blank"),
    ("people", {"role": "unborn"}, "due_date", "an unborn baby has a due_date"),
    ("people", {"role": "mother", **DUE_NOT_BORN}, "due_date", "role unborn"),
    ("people", {"sex": "f"}, "sex", "is not one of female, male, unknown"),
    ("people", {"ethnicity": "T"}, "ethnicity", "is not one of A, B, C"),
    ("people", {"interpreter": "maybe"}, "interpreter", "is neither yes nor no"),
    ("people", {"given_name": "A" * 101}, "given_name", "there is room for 100"),
    ("people", {"given_name": "A\0da"}, "given_name", "NUL character"),
    ("contacts", {"occurred_at": TOMORROW}, "occurred_at", "is in the future"),
    ("contacts", {"occurred_at": "2016-04-20T25:00"}, "occurred_at", "is not a date and time"),
    ("contacts", {"kind": "visit"}, "kind", "is not one of home_visit"),
    ("contacts", {"outcome": "dna"}, "outcome", "is not one of attended"),
    ("contacts", {"review": "9 month"}, "review", "is not one of antenatal"),
    ("contacts", {"minutes": "1441"}, "minutes", "is not between 0 and 1440"),
    ("contacts", {"minutes": "half an hour"}, "minutes", "is not a whole number"),
    ("contacts", {"team": "nobody"}, "team", "nor is it in teams.csv"),
    ("contacts", {"service": "nothing"}, "service", "nor is it in services.csv"),
    ("contacts", {"site": "nowhere"}, "site", "nor is it in sites.csv"),
    ("contacts", {"family_ref": "F9"}, "family_ref", "nor is it in people.csv or families.csv"),
    ("contacts", {"person_refs": "P1;P9"}, "person_refs", "“P9” is not a person that LEAP knows"),
    ("contacts", {"present": "P9"}, "present", "“P9” is not a person that LEAP knows"),
    ("contacts", {"person_refs": ""}, "person_refs", "say whom the contact concerned"),
    ("observations", {"code": "weight"}, "code", "Is weight_kg meant?"),
    ("observations", {"value": "3500"}, "value", "If it was in grams"),
    ("observations", {"value": "heavy"}, "value", "is a number"),
    ("observations", {"code": "first_feed"}, "value", "is one of breast_milk, other"),
    ("observations", {"recorded_on": TOMORROW}, "recorded_on", "is in the future"),
    ("observations", {"recorded_on": "2016-04-09"}, "recorded_on", "is before the birth"),
    ("observations", {"person_ref": "P9"}, "person_ref", "nor is it in people.csv"),
    ("observations", {"contact_ref": "C9"}, "contact_ref", "nor is it in contacts.csv"),
    ("referrals", {"pathway": "by post"}, "pathway", "LEAP knows antenatal-notification"),
    ("referrals", {"to_team": "stockwell-hv"}, "to_team", "another team than the one"),
    ("referrals", {"to_team": "nobody"}, "to_team", "nor is it in teams.csv"),
    ("referrals", {"sent_at": TOMORROW}, "sent_at", "is in the future"),
    ("referrals", {"sent_at": "", "closed_at": "2016-05-01"}, "sent_at", "closed_at is given"),
    ("referrals", {"accepted_at": "2016-04-20T09:59"}, "accepted_at", "is before sent_at"),
    (
        "referrals",
        {"accepted_at": "2016-05-01", "declined_at": "2016-05-01"},
        "declined_at",
        "accepted or declined, not both",
    ),
    ("sessions", {"ends_at": "2016-05-03T10:00"}, "ends_at", "is not after starts_at"),
    ("sessions", {"capacity": "-1"}, "capacity", "is not a whole number"),
    ("sessions", {"service": "nothing"}, "service", "nor is it in services.csv"),
    ("attendance", {"status": "came"}, "status", "is not one of booked"),
    ("attendance", {"person_ref": "P9"}, "person_ref", "nor is it in people.csv"),
    ("attendance", {"session_ref": "S9"}, "session_ref", "nor is it in sessions.csv"),
    ("postcodes", {"imd_decile": "11"}, "imd_decile", "is not between 1 and 10"),
    ("postcodes", {"ward_2011": "Stockwell"}, "ward_2011", "is not an area code"),
    ("teams", {"discipline": "nursing"}, "discipline", "is not one of midwifery"),
    ("teams", {"team": "Stockwell HV"}, "team", "is not a code"),
    ("sites", {"postcode": "Brixton"}, "postcode", "is not a postcode."),
    ("services", {"strand": "play"}, "strand", "is not one of social_and_emotional"),
]


def otherwise_good(name: str, n: int) -> dict[str, str]:
    """The nth row of a file, with nothing wrong with it."""
    return {
        "postcodes": {"postcode": f"SW2 {n % 10}A{chr(65 + n // 10)}"},
        "teams": {"team": f"team-{n}"},
        "sites": {"site": f"site-{n}"},
        "services": {"service": f"service-{n}"},
        "people": {
            "person_ref": f"P{n}",
            "family_ref": "F1",
            "role": "child",
            "birth_date": "2016-04-10",
        },
        "contacts": {"contact_ref": f"C{n}"},
        "observations": {"code": "weight_kg", "value": "3.5"},
        "referrals": {"referral_ref": f"R{n}", "sent_at": "2016-04-20T10:00"},
        "sessions": {"session_ref": f"S{n}"},
        "attendance": {"person_ref": f"A{n}"},
    }[name]


def test_every_bad_cell_is_named_with_its_line(family, take_in):
    family.add("sessions")
    expected = []
    for n, (name, cells, column, reason) in enumerate(BAD_CELLS, start=10):
        if name == "attendance":
            family.person(f"A{n}")
        line = family.add(name, **{**otherwise_good(name, n), **cells})
        expected.append((f"{name}.csv:{line}: {column}: ", reason))
    run = take_in(family)

    for start, reason in expected:
        (problem,) = [problem for problem in run.problems if problem.startswith(start)]
        assert reason in problem
    assert len(run.problems) == len(BAD_CELLS)
    assert run.code == 1


def test_every_bad_cell_of_a_row_is_named(family, take_in):
    family.person("P3", birth_date="yesterday", sex="m", nhs_number="1")

    assert [problem.split(": ")[1] for problem in take_in(family).problems] == [
        "birth_date",
        "nhs_number",
        "sex",
    ]


def test_two_people_with_one_reference_are_refused_with_both_lines(family, take_in):
    family.person("P1", "F2", birth_date="2016-04-11", family_name="Okafor")
    family.add("families", family_ref="F2")
    run = take_in(family)

    assert run.problems == [
        "people.csv:2: birth_date: P1 has “2016-04-10” here and “2016-04-11” on line 4. "
        "Two people cannot have one reference.",
        "people.csv:4: birth_date: P1 has “2016-04-11” here and “2016-04-10” on line 2. "
        "Two people cannot have one reference.",
    ]
    assert not Person.objects.exists()


def test_a_person_has_one_role_in_a_family(family, take_in):
    family.person("P2", role="father", sex="female", moved_in_on="2016-01-01")

    assert take_in(family).problems == [
        "people.csv:3: role: P2 is mother of F1 here and father on line 4.",
        "people.csv:4: role: P2 is father of F1 here and mother on line 3.",
    ]


def test_a_family_without_a_lead_is_refused_with_that_reason(family, take_in):
    family.person("P3", "F2")
    run = take_in(family)

    assert run.problems == [
        "people.csv:4: family_ref: nobody leads family F2. Give its lead_team in families.csv, "
        "or a contact with it in contacts.csv."
    ]
    assert Family.objects.get().source_ref == "F1"


def test_a_reference_is_used_once(family, take_in):
    first, second = family.add("contacts"), family.add("contacts", kind="phone")
    run = take_in(family)

    assert run.problems == [
        f"contacts.csv:{first}: contact_ref: C1 is also on line {second}, with other values.",
        f"contacts.csv:{second}: contact_ref: C1 is also on line {first}, with other values.",
    ]


def test_a_row_sent_twice_counts_once(family, take_in):
    family.add("contacts")
    family.add("contacts")
    run = take_in(family)

    assert run.row("contacts.csv") == [2, 1, 0, 1, 0, 0]
    assert Contact.objects.count() == 1


def test_what_a_refused_row_would_have_brought_is_refused_by_name(family, take_in):
    bad = family.add("teams", team="brixton-hv", discipline="nursing")
    family.add("contacts", team="brixton-hv")

    assert (
        f"contacts.csv:2: team: “brixton-hv” is not a team that LEAP knows; teams.csv:{bad} is "
        "refused."
    ) in take_in(family).problems


def test_a_person_on_a_refused_row_is_not_called_unknown(family, take_in):
    family.person("P3", birth_date="soon")
    family.add("contacts", person_refs="P3")
    family.add("observations", person_ref="P3", code="weight_kg", value="3")
    run = take_in(family)

    assert len(run.problems) == 1
    assert not Observation.objects.exists()


def test_two_agencies_names_for_one_code_are_refused(files, take_in):
    files.add("teams", team="brixton-hv", agency_name="St Thomas")

    assert take_in(files).problems == [
        "teams.csv:4: agency_name: gstt is called “Guy's and St Thomas'” already and “St Thomas” "
        "here."
    ]


def test_a_closed_record_takes_nothing_new(family, take_in):
    take_in(family)
    Family.objects.update(closed_at="2099-01-01T00:00Z")
    assert take_in(family).code == 0

    family.add("contacts")
    family.person("P3")
    closed = "family_ref: the record of F1 is closed. Reopen it in LEAP first."
    assert take_in(family).problems == [f"people.csv:4: {closed}", f"contacts.csv:2: {closed}"]


def test_a_sentence_stays_on_one_line(family, take_in):
    family.person("P3", sex="not\nsaid " + "x" * 99)
    family.add("contacts", team="red\n\x1b[31m")
    sex, team = take_in(family).problems

    assert "“not said xxx" in sex
    assert "“red �[31m”" in team
    assert max(len(sex), len(team)) < 160
