"""What is asked when signing in, and about it."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    validate_password,
)

from leap.core.accounts.models import User


class SignInForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,  # hashing must cost us no more than it costs them
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def code_field(**more: Any) -> forms.CharField:
    attrs = {
        "autocomplete": "one-time-code",
        "spellcheck": "false",
        "autocapitalize": "none",
        "class": "govuk-input--width-10",
    }
    return forms.CharField(max_length=40, widget=forms.TextInput(attrs=attrs), **more)


class CodeForm(forms.Form):
    """The second step: the app's six digits, or a recovery code."""

    code = code_field(
        label="Code",
        help_text="The six digits your authenticator app shows for LEAP now, or a recovery code.",
    )


class ProofForm(forms.Form):
    """Before something that opens doors is changed: who is it?"""

    proof = forms.CharField(
        label="Your password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_usable_password():  # signs in with a provider
            self.fields["proof"] = code_field(label="A code from your app, or a recovery code")


class SetUpForm(ProofForm):
    """Setting up an authenticator app; a first one, straight after signing in, asks no proof."""

    code = code_field(label="The six digits the app shows now")

    def __init__(self, user: User, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if first and not user.has_usable_password():
            del self.fields["proof"]


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class NewPasswordForm(forms.Form):
    new_password = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        help_text="At least 12 characters. Three words that do not belong together are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        validate_password(password, self.user)
        return password


class ChangePasswordForm(NewPasswordForm):
    field_order = ["proof", "new_password"]
    proof = forms.CharField(
        label="Your password now",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
