"""How somebody chooses to be told."""

from typing import Any

from django import forms

from leap.core.notifications.models import NotificationPreference
from leap.core.notifications.types import TO_CHOOSE, Channel


class NotificationPreferencesForm(forms.Form):
    """A way for each kind, and whether what comes at once comes by text message too.

    `texts_to` is the number, where there is one and a provider to send to it.
    """

    by_text = forms.BooleanField(label="Send me a text message as well", required=False)

    def __init__(
        self, *args: Any, choice: NotificationPreference, texts_to: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for kind in TO_CHOOSE:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=Channel.choices, initial=choice.of(kind)
            )
        if texts_to:
            text = self.fields["by_text"]
            text.initial = choice.by_text
            text.help_text = f"To {texts_to}. It says nothing but that something is urgent."
        else:
            del self.fields["by_text"]

    def how(self) -> dict[str, str]:
        """The way chosen for each kind."""
        return {kind.value: self.cleaned_data[kind.value] for kind in TO_CHOOSE}

    def each_kind(self) -> list[forms.BoundField]:
        """The fields of the kinds, in order."""
        return [self[kind.value] for kind in TO_CHOOSE]
