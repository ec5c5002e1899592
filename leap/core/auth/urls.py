"""Addresses of signing in and out, and of one's own account."""

from django.urls import path

from leap.core.auth.views import account, password, provider, reauth_dialog, second_factor, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/again/", reauth_dialog.sign_in_again, name="again"),
    path("sign-in/still/", reauth_dialog.session_state, name="still"),
    path("sign-in/forgotten/", password.forgotten, name="forgotten"),
    path("sign-in/new-password/", password.new_password, name="new_password"),
    path(
        "sign-in/new-password/<uuid:who>/<str:token>/",
        password.open_new_password,
        name="open_new_password",
    ),
    path("sign-in/provider/", provider.sign_in_with_provider, name="sign_in_with_provider"),
    path("sign-in/provider/back/", provider.provider_back, name="provider_back"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/password/", password.change_password, name="change_password"),
    path("account/second-factor/", second_factor.second_factor, name="second_factor"),
    path(
        "account/second-factor/remove/",
        second_factor.remove_second_factor,
        name="remove_second_factor",
    ),
    path("account/recovery-codes/", second_factor.recovery_codes, name="recovery_codes"),
    path(
        "account/recovery-codes/download/",
        second_factor.download_recovery_codes,
        name="download_recovery_codes",
    ),
    path("account/sessions/<str:ref>/end/", account.end_session, name="end_session"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
]
