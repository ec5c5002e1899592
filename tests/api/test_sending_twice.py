from families.models import Contact


def test_the_same_key_makes_one_contact_and_gives_the_same_answer(system_of, grace, home_visit):
    system = system_of(grace)
    first, second = (system.send("contacts/", home_visit, key="from-the-ward-1") for _ in range(2))
    assert Contact.objects.count() == 1
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first["Location"] == second["Location"]


def test_the_same_key_with_another_body_is_a_conflict(system_of, grace, home_visit):
    system = system_of(grace)
    system.send("contacts/", home_visit, key="from-the-ward-1")
    answer = system.send("contacts/", home_visit | {"minutes": 5}, key="from-the-ward-1")
    assert answer.status_code == 409
    assert Contact.objects.count() == 1


def test_a_refused_contact_frees_its_key(system_of, grace, home_visit):
    system = system_of(grace)
    answers = [
        system.send("contacts/", home_visit | {"kind": kind}, key="again-and-again")
        for kind in ("dance", "clinic")
    ]
    assert [answer.status_code for answer in answers] == [400, 201]


def test_without_a_key_nothing_is_saved_and_the_sentence_says_what_to_do(
    system_of, grace, home_visit
):
    answer = system_of(grace).post("/api/v1/contacts/", home_visit, content_type="application/json")
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["errors"][0]["detail"]
    assert not Contact.objects.exists()


def test_two_people_can_happen_on_the_same_key(system_of, grace, miriam, home_visit):
    for user in (grace, miriam):
        assert system_of(user).send("contacts/", home_visit, key="12345678").status_code == 201
    assert Contact.objects.count() == 2
