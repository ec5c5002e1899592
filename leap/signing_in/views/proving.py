"""Asking for the password again, before something that opens doors is changed."""

from django.http import HttpRequest

from leap.http import address_of, signed_in
from leap.signing_in.actions import try_code, try_password
from leap.signing_in.forms import ChangePasswordForm, ProofForm

WRONG = "That is not right. Try again. After ten tries, even what is right has to wait 15 minutes."


def proves(request: HttpRequest, form: ProofForm | ChangePasswordForm) -> bool:
    """Whether the form is good and its proof is the signed-in person's. Else the form says so."""
    if not form.is_valid():
        return False
    if "proof" not in form.fields:
        return True
    user, proof, address = signed_in(request), form.cleaned_data["proof"], address_of(request)
    if user.has_usable_password():
        right = try_password(email=user.email, password=proof, address=address) is not None
    else:
        right = try_code(user=user, code=proof, address=address)
    if not right:
        form.add_error("proof", WRONG)
    return right
