"""Setting up the second step, doing without it, and recovery codes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leap.core.auth import actions, login, one_time_codes, rules
from leap.core.auth.forms import ProofForm, SetUpForm
from leap.core.auth.models import RecoveryCode, SecondFactor
from leap.core.auth.views.reauthentication import check_proof
from leap.core.auth.views.sign_in import WRONG_CODE
from leap.core.http import signed_in

KEY = "second_factor_key"  # sealed, in the session, until its first code proves that it arrived


@sensitive_post_parameters("proof", "code")
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app, in place of the one there may be."""
    user = signed_in(request)
    has_one = SecondFactor.objects.filter(user=user).exists()
    form = SetUpForm(user, request.POST or None, first=not has_one)
    # The key being set up: the same on every look at the page, until it is taken.
    key = one_time_codes.decrypt(request.session.get(KEY, ""))
    if not key:
        key = one_time_codes.new_key()
        request.session[KEY] = one_time_codes.encrypt(key)
    if request.method == "POST" and check_proof(request, form):
        made = actions.set_up_second_factor(user=user, key=key, code=form.cleaned_data["code"])
        if made:
            del request.session[KEY]
            request.session[login.WITH_CODE] = True
            return _show(request, made, set_up=True)
        form.add_error("code", WRONG_CODE)
    page = {
        "form": form,
        "key": " ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        "address": one_time_codes.address(key, user.email),
        "qr": one_time_codes.qr(one_time_codes.address(key, user.email)),
        "has_one": has_one,
        "led_here": rules.must_have_second_factor(user) and not has_one,
    }
    return render(request, "accounts/second_factor.html", page)


@sensitive_post_parameters("proof")
@require_http_methods(["GET", "POST"])
def remove_second_factor(request: HttpRequest) -> HttpResponse:
    """Sign in with the password alone from now on."""
    user = signed_in(request)
    rules.can_remove_second_factor(user)
    form = ProofForm(user, request.POST or None)
    if request.method == "POST" and check_proof(request, form):
        actions.remove_second_factor(user=user, by=user)
        messages.success(request, "The second step is removed.")
        return redirect("accounts:account")
    return render(request, "accounts/remove_second_factor.html", {"form": form})


@sensitive_post_parameters("proof")
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes. They are shown once."""
    user = signed_in(request)
    if not SecondFactor.objects.filter(user=user).exists():
        return redirect("accounts:second_factor")
    form = ProofForm(user, request.POST or None)
    if request.method == "POST" and check_proof(request, form):
        return _show(request, actions.make_recovery_codes(user=user))
    return render(request, "accounts/recovery_codes.html", {"form": form})


@sensitive_post_parameters("codes")
@require_POST
def download_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes on the page just shown, as a file. Only one's own, unused, come back."""
    codes = request.POST.get("codes", "").split()[: one_time_codes.HOW_MANY]
    mine = RecoveryCode.objects.filter(user=signed_in(request), used_at=None)
    good = set(mine.values_list("digest", flat=True))
    lines = [code for code in codes if one_time_codes.digest(code) in good]
    text = (
        "LEAP recovery codes. Each works once, in place of the app.\n\n" + "\n".join(lines) + "\n"
    )
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="leap-recovery-codes.txt"'
    return answer


def _show(request: HttpRequest, made: list[str], *, set_up: bool = False) -> HttpResponse:
    return render(request, "accounts/new_codes.html", {"codes": made, "set_up": set_up})
