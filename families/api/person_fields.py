"""What PERSON_FIELDS declares, as calls send it and answers hold it."""

from typing import Any

from rest_framework import serializers

from families.models.person_fields import PERSON_FIELDS, Kind, PersonField

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


def call_field(declared: PersonField) -> serializers.Field[Any, Any, Any, Any]:
    """As a call sends it: none of it is required."""
    if declared.kind == Kind.YES_NO:
        return serializers.BooleanField(required=False, allow_null=True)
    if declared.kind == Kind.CHOICE:
        choices = list(declared.choices.items())
        return serializers.ChoiceField(choices=choices, required=False, allow_blank=True)
    return serializers.CharField(max_length=declared.max_length, required=False, allow_blank=True)


def answer_field(declared: PersonField) -> serializers.Field[Any, Any, Any, Any]:
    """As an answer holds it."""
    if declared.kind == Kind.YES_NO:
        return serializers.BooleanField(allow_null=True)
    if declared.kind == Kind.CHOICE:
        return serializers.ChoiceField(choices=list(declared.choices.items()), allow_blank=True)
    return serializers.CharField()


def insert_after_nhs_number(fields: Fields, of_person: Fields) -> Fields:
    """The fields of a serializer with these where they belong: after the NHS number."""
    ordered: Fields = {}
    for name, field in fields.items():
        ordered[name] = field
        if name == "nhs_number":
            ordered |= of_person
    return ordered


def call_fields(fields: Fields) -> Fields:
    return insert_after_nhs_number(
        fields, {name: call_field(declared) for name, declared in PERSON_FIELDS.items()}
    )


def answer_fields(fields: Fields) -> Fields:
    return insert_after_nhs_number(
        fields, {name: answer_field(declared) for name, declared in PERSON_FIELDS.items()}
    )
