"""What is asked when a file is attached, or taken away."""

from django import forms
from django.core.files.base import File

from referrals.attachments.sanitise import ENDINGS, LARGEST, TAKEN, TOO_LARGE


class AttachForm(forms.Form):
    what = forms.CharField(
        label="What is it?",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        help_text="Such as “letter from the clinic of 3 May”. Both teams read this.",
    )
    file = forms.FileField(
        label="The file",
        help_text=f"{TAKEN} At most 10 MB.",
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS.values())}
        ),
    )

    def clean_file(self) -> "File[bytes]":
        file: File[bytes] = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return file


class RemoveForm(forms.Form):
    why = forms.CharField(
        label="Why is it taken away?",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Both teams read this. The file itself is gone for good.",
    )
