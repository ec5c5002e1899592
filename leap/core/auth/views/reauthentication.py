"""Asking for the password again, before something that opens doors is changed."""

from django.http import HttpRequest

from leap.core.auth import device_cookie
from leap.core.auth.actions import try_code, try_password
from leap.core.auth.forms import ChangePasswordForm, ProofForm
from leap.core.http import address_of, signed_in

WRONG = "That is not right. Try again. After ten tries, even what is right has to wait 15 minutes."


def check_proof(request: HttpRequest, form: ProofForm | ChangePasswordForm) -> bool:
    """Whether the form is good and its proof is the signed-in person's. Else the form says so."""
    if not form.is_valid():
        return False
    if "proof" not in form.fields:
        return True
    user, proof, address = signed_in(request), form.cleaned_data["proof"], address_of(request)
    device = device_cookie.device_of(request, user)
    if user.has_usable_password():
        there = try_password(
            email=user.email, password=proof, address=address, device_of=lambda _: device
        )
        right = there is not None
    else:
        right = try_code(user=user, code=proof, address=address, device=device)
    if not right:
        form.add_error("proof", WRONG)
    return right
