"""Every field is declared: what we keep about people is a closed list."""

import pytest
from django.apps import apps
from django.db import models

from leap.governance.data_inventory import DECLARED, is_private

OURS = ("leap", "families", "referrals", "sites", "outcomes")
MODELS = {
    model._meta.label: model
    for model in apps.get_models()
    if model.__module__.split(".")[0] in OURS
}
HOW = (
    "In leap/governance/data_inventory/family_records.py (families' records) or programme.py beside"
    " it say what each is: personal, sensitive (health, ethnicity, abuse, danger) or neither; and"
    " under of_others, if what is typed there may speak of other people. Subject access and the"
    " logs go by it."
)


def fail(words):
    pytest.fail(words, pytrace=False)


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_field_is_declared_and_none_that_is_gone(label):
    existing = {field.name for field in MODELS[label]._meta.concrete_fields}
    declared = DECLARED[label].fields if label in DECLARED else frozenset()
    if existing - declared:
        pytest.fail(
            f"{label}: not declared: {', '.join(sorted(existing - declared))}. {HOW}", pytrace=False
        )
    if declared - existing:
        pytest.fail(
            f"{label}: declared, but gone: {', '.join(sorted(declared - existing))}.", pytrace=False
        )


def test_no_model_is_declared_that_is_gone():
    assert sorted(set(DECLARED) - set(MODELS)) == []


@pytest.mark.parametrize("label", sorted(DECLARED))
def test_each_field_is_one_thing_only(label):
    declaration = DECLARED[label]
    counted = len(declaration.personal) + len(declaration.sensitive) + len(declaration.neither)

    assert counted == len(declaration.fields)
    assert declaration.of_others <= declaration.private


@pytest.mark.parametrize("label", sorted(label for label in MODELS if label in DECLARED))
def test_what_is_typed_freely_about_families_may_speak_of_others(label):
    declaration = DECLARED[label]
    typed = {f.name for f in MODELS[label]._meta.concrete_fields if isinstance(f, models.TextField)}

    assert (
        declaration.about == "nobody"
        or declaration.about == "practitioner"
        or typed <= declaration.of_others
    )


def test_a_name_is_private_and_a_service_is_not():
    assert is_private("families.Person", "given_name")
    assert not is_private("reference_data.Service", "name")
