"""Form fields of referrals: a team, a practitioner, a long text."""

from typing import Any

from django import forms

LONGEST = 10_000


def long_text(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    """A text of several paragraphs."""
    text = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=text, max_length=LONGEST, **options)


class TeamField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A team, with a word where its intake is paused."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} (intake paused)" if obj.intake_paused_at else str(obj)


class PractitionerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)
