"""What is asked of a sender who refers outside, and of whoever answers from there."""

from typing import Any

from django import forms

from families.form_fields import KeptForm
from leap.core.accounts.models import Team
from referrals.form_fields import long_text
from referrals.models import KINDS_OUTSIDE, ExternalReferral, Pathway, Status, moves_outside

WIDE = {"class": "govuk-input--width-20"}


def _short(label: str, longest: int = 100, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, widget=forms.TextInput(attrs=WIDE), **options
    )


KINDS = {
    Pathway.Kind.REFERRAL: "A service: we ask them to help",
    Pathway.Kind.HANDOVER: "To take the family on: our part comes to an end",
    Pathway.Kind.NOTIFICATION: "Nothing but to know: they acknowledge it",
}


class ReferOutsideForm(KeptForm):
    """To whom, how, why, and whether the family knows."""

    from_team = forms.ModelChoiceField(
        label="From which team?", queryset=Team.objects.none(), to_field_name="code"
    )
    kind = forms.ChoiceField(
        label="What do you ask?",
        choices=[(kind, KINDS[kind]) for kind in KINDS_OUTSIDE],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    organisation = _short(
        "Which organisation?", 200, help_text="Such as Clapham Family Practice, or a food bank"
    )
    receiver_name = _short(
        "Who there?", 200, required=False, help_text="A name, or a role such as duty desk"
    )
    way = forms.ChoiceField(
        label="How does it reach them?",
        choices=ExternalReferral.Way.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        help_text="A link needs a code of eight digits, which you give them by telephone.",
    )
    receiver_email = forms.EmailField(
        label="Their work e-mail",
        required=False,
        widget=forms.EmailInput(attrs=WIDE),
        help_text="For a link. The e-mail says nothing about the family.",
    )
    receiver_telephone = _short(
        "Their telephone",
        30,
        required=False,
        help_text="On which you give them the code: a number that you know to be theirs",
    )
    reason = long_text(
        "Why, and what do you ask for?",
        6,
        help_text="They read this. Write nothing about domestic abuse, and no address: tell them"
        " on the telephone what they must know to keep somebody safe.",
    )
    reach = long_text(
        "How do they reach the family?",
        2,
        required=False,
        help_text="They read this only once they have accepted.",
    )
    knows = forms.ChoiceField(
        label="Does the family know?",
        choices=ExternalReferral.Knows.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    why_without = long_text(
        "If they do not agree or were not told: why does it go?",
        2,
        required=False,
        help_text="It stays on the record here, and is not sent.",
    )

    def __init__(self, senders: list[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(pk__in=[team.pk for team in senders]).order_by("name")
        self.fields["from_team"].queryset = teams  # type: ignore[attr-defined]
        if len(senders) == 1:
            self.fields["from_team"].widget = forms.HiddenInput()
            self.initial["from_team"] = senders[0].code

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        by_link = fields.get("way") == ExternalReferral.Way.LINK
        if by_link and not fields.get("receiver_email") and "receiver_email" not in self.errors:
            self.add_error("receiver_email", "Give the e-mail address that the link goes to.")
        return fields


class SendAgainForm(forms.Form):
    receiver_email = forms.EmailField(
        label="Their work e-mail", widget=forms.EmailInput(attrs=WIDE)
    )
    receiver_telephone = _short(
        "Their telephone", 30, required=False, help_text="On which you give them the new code"
    )


class TellForm(forms.Form):
    answer = long_text(
        "Your answer",
        help_text="They read this. Write nothing about domestic abuse, and no address.",
    )


class WithdrawalReasonForm(forms.Form):
    why = long_text("Why?", 3, required=False, help_text="It stays on the record here.")


class SettleOutsideForm(forms.Form):
    what_was_done = long_text("What did you do instead?", 3)


class ByLinkForm(forms.Form):
    """Who opens the link, with the code."""

    name = _short("Your name")
    role = _short("Your role")
    organisation = _short("Where you work", 200)
    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Eight digits, which you were given by telephone",
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-10",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
    )


class _AnswerForm(forms.Form):
    """An answer that needs no words."""


class _DeclineForm(forms.Form):
    decline_reason = long_text(
        "Why can you not take this on?", 3, help_text="The sender reads this."
    )
    alternative = long_text("What could the sender do instead?", 3)


class _AskForm(forms.Form):
    question = long_text("What do you need to know?", 3, help_text="The sender reads this.")


class _CloseForm(forms.Form):
    outcome = long_text("What came of it?", 3, help_text="The sender reads this.")


ANSWER_FORMS: dict[str, type[forms.Form]] = {
    "acknowledge": _AnswerForm,
    "accept": _AnswerForm,
    "decline": _DeclineForm,
    "ask": _AskForm,
    "close": _CloseForm,
}
LEADS_TO = {
    "accept": Status.ACCEPTED,
    "acknowledge": Status.ACKNOWLEDGED,
    "ask": Status.INFORMATION_ASKED,
    "decline": Status.DECLINED,
    "close": Status.CLOSED,
}
WORDS = {
    "accept": "Accept",
    "acknowledge": "Acknowledge",
    "ask": "Ask for information",
    "decline": "Decline",
    "close": "Say what came of it",
}


def answers_to(outside: ExternalReferral) -> list[str]:
    """The answers that fit a referral as it stands, the likeliest first."""
    moves = moves_outside(outside.kind, outside.status)
    return [verb for verb, to in LEADS_TO.items() if to in moves]


class WriteDownForm(forms.Form):
    """What somebody outside has told its sender: on a slip, on the telephone or in person."""

    verb = forms.ChoiceField(
        label="What did they answer?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    name = _short("Who answered?")
    role = _short("In which role?")
    organisation = _short("Where?", 200)
    words = long_text(
        "In their words",
        3,
        required=False,
        help_text="Why they decline, what they ask, or what came of it",
    )
    alternative = long_text("If they decline: what could you do instead?", 2, required=False)

    FIELD = {"decline": "decline_reason", "ask": "question", "close": "outcome"}

    def __init__(self, outside: ExternalReferral, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fits = [(verb, WORDS[verb]) for verb in answers_to(outside)]
        self.fields["verb"].choices = fits  # type: ignore[attr-defined]
        self.initial.setdefault("organisation", outside.organisation)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        verb = fields.get("verb", "")
        if verb in self.FIELD and not fields.get("words"):
            self.add_error("words", "Write down what they said.")
        if verb == "decline" and not fields.get("alternative"):
            self.add_error("alternative", "Say what could be done instead.")
        return fields

    @property
    def answer(self) -> dict[str, str]:
        """What the answer says, by the names that answers have."""
        verb, fields = self.cleaned_data["verb"], self.cleaned_data
        answer = {self.FIELD[verb]: fields["words"]} if verb in self.FIELD else {}
        return answer | ({"alternative": fields["alternative"]} if verb == "decline" else {})
