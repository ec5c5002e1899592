"""Signing in, second factors, passwords and sessions: every change, each in the log.

Failures are logged without what was typed: whom they were aimed at, if there is such an account.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.tokens import default_token_generator
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.auth import lockout, one_time_codes, rules
from leap.core.auth.models import RecoveryCode, SecondFactor, UserSession
from leap.core.locking import lock_until_commit
from leap.core.outbox.actions import queue_email, queue_email_or_hold_back
from leap.core.rls.session import identified, identify


def unknown_place(user: User | None) -> str:
    """A browser that no account has signed in in before."""
    return ""


def try_password(
    *,
    email: str,
    password: str,
    address: str,
    device_of: Callable[[User | None], str] = unknown_place,
) -> User | None:
    """The practitioner with this e-mail address and password, or nobody.

    Unknown, left, wrong, tried too often: the same answer, after the same work. `device_of` names
    the browser it comes from, for an account that has signed in there before.
    """
    meant = User.objects.with_email(email)
    guess = lockout.start_attempt(email, address, device_of(meant))
    if guess is None:
        User().set_password(password)  # takes as long as looking
        return None
    account = meant or _no_account()
    with identified(account):
        user = authenticate(username=email, password=password)
        if meant is None:
            _ = account.password  # of an account that there is, it has just been read
    if not isinstance(user, User):
        record("sign_in.failed", by=None, subject=meant, at="password")
        return None
    lockout.mark_success(guess)
    return user


def _no_account() -> User:
    """In the place of an account that there is not, so that the same is asked of the database."""
    return User(pk=-1)


def try_code(*, user: User, code: str, address: str, device: str = "") -> bool:
    """Whether `code` is the app's of this moment, not used before, or an unused recovery code."""
    guess = lockout.start_attempt(f"code:{user.ref}", address, device)
    if guess is None:
        return False
    with identified(user):
        is_right = _use_app_code(user, code) or _use_recovery_code(user, code)
    if not is_right:
        record("sign_in.failed", by=None, subject=user, at="code")
        return False
    lockout.mark_success(guess)
    return True


def note_sign_in(*, user: User, how: str) -> None:
    """Say in the log that `user` has signed in. `how`: password, code, or provider."""
    record("sign_in.done", by=user, subject=user, how=how)


def note_refused_provider(*, why: str) -> None:
    """Say in the log that the provider sent somebody whom we did not let in."""
    record("sign_in.failed", by=None, at="provider", why=why)


def note_sign_out(*, user: User) -> None:
    record("sign_in.ended", by=user, subject=user)


def _use_app_code(user: User, code: str) -> bool:
    factor = SecondFactor.objects.filter(user=user).first()
    step = (
        one_time_codes.step_of(one_time_codes.decrypt(factor.sealed_key), code) if factor else None
    )
    if factor is None or step is None:
        return False
    unused = SecondFactor.objects.filter(
        pk=factor.pk, sealed_key=factor.sealed_key, last_step__lt=step
    )
    return bool(unused.update(last_step=step))


@transaction.atomic
def _use_recovery_code(user: User, code: str) -> bool:
    lock_until_commit("second factor", user.pk)
    unused = RecoveryCode.objects.filter(user=user, used_at=None)
    if not unused.filter(digest=one_time_codes.digest(code)).update(used_at=timezone.now()):
        return False
    left = unused.count()
    record("recovery_code.used", by=user, subject=user, left=left)
    _tell(user, f"A recovery code was used to sign in as you. You have {left} left.")
    return True


@transaction.atomic
def set_up_second_factor(*, user: User, key: str, code: str) -> list[str] | None:
    """Take `key` as the user's second factor; its recovery codes, or None if `code` is not its.

    Replaces whatever they had. The code that proves it counts as used.
    """
    step = one_time_codes.step_of(key, code)
    if step is None:
        return None
    lock_until_commit("second factor", user.pk)
    SecondFactor.objects.update_or_create(
        user=user,
        defaults={
            "sealed_key": one_time_codes.encrypt(key),
            "last_step": step,
            "set_up_at": timezone.now(),
        },
    )
    record("second_factor.set_up", by=user, subject=user)
    _tell(user, "A second step was set up for signing in as you.")
    return make_recovery_codes(user=user)


@transaction.atomic
def make_recovery_codes(*, user: User) -> list[str]:
    """Ten new recovery codes in place of all earlier ones. Only their hashes are kept."""
    lock_until_commit("second factor", user.pk)
    RecoveryCode.objects.filter(user=user).delete()
    fresh = one_time_codes.new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user=user, digest=one_time_codes.digest(one)) for one in fresh]
    )
    record("recovery_codes.made", by=user, subject=user, codes=len(fresh))
    return fresh


@transaction.atomic
def remove_second_factor(*, user: User, by: User) -> None:
    """Go without a second factor. Raises NotAllowed for those who must have one."""
    rules.can_remove_second_factor(user)
    lock_until_commit("second factor", user.pk)
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    record("second_factor.removed", by=by, subject=user)
    _tell(user, "The second step for signing in as you was removed.")


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None) -> None:
    """For somebody who has lost telephone and recovery codes: they set one up anew, signed out.

    Whoever does this has made sure who is asking. Raises NotAllowed: see the rule.
    """
    rules.check_resets_second_factor(user, by)
    lock_until_commit("second factor", user.pk)
    _count("SELECT leap_forget_second_factor(%s)", user)
    _count("SELECT leap_end_sessions(%s)", user)
    record("second_factor.reset", by=by, subject=user)
    _tell(user, "The second step for signing in as you was removed, for you to set up anew.")


@transaction.atomic
def change_password(*, user: User, password: str, by: User, staying: str = "") -> None:
    """Give `user` a new password, and end every session of theirs but the one called `staying`."""
    user.set_password(password)
    user.save(update_fields=["password"])  # type: ignore[misc]  # User.save knows it
    user.sessions.exclude(ref=staying).delete()
    record("password.changed", by=by, subject=user)
    _tell(user, "Your password was changed.")


def opens(user: User, token: str) -> bool:
    """Whether the link that was sent with `token` is still good: until it is used, or an hour."""
    with identified(user):
        return default_token_generator.check_token(user, token)


@transaction.atomic
def use_link(*, user: User, token: str, password: str) -> bool:
    """Give `user` a new password by a link that works once, however many send it at a time."""
    lock_until_commit("new password", user.pk)
    user.refresh_from_db(fields=["password", "last_login", "email", "is_active"])
    if not (user.is_active and opens(user, token)):
        return False
    identify(user)
    change_password(user=user, password=password, by=user)
    return True


@transaction.atomic
def ask_for_new_password(*, email: str, address: str) -> None:
    """Send a link for a new password. Somebody without an account is told so, by e-mail alone.

    The same work is done either way, and where no more is sent for a while: neither the page nor
    its timing tells who has one.
    """
    lock_until_commit("links for new passwords")
    user = User.objects.with_email(email)
    user = user if user and user.is_active else None
    record("password.forgotten", by=None, subject=user)
    is_sent = lockout.may_write_to(email, address, is_account=user is not None)
    address_of_link = new_password_address(user or _no_account())
    body = LINK_FOR_NEW_ONE.format(address=address_of_link) if user else NO_ACCOUNT
    to = user.email if user else email
    queue_email_or_hold_back(to=to, subject="A new password for LEAP", body=body, is_sent=is_sent)


def new_password_address(user: User) -> str:
    """Where `user` chooses a new password: once, within the hour, at our own address."""
    with identified(user):
        credentials = {"who": user.ref, "token": default_token_generator.make_token(user)}
    return f"{settings.BASE_URL}{reverse('accounts:open_new_password', kwargs=credentials)}"


@transaction.atomic
def end_session(*, user: User, ref: str, by: User) -> bool:
    """Sign `user` out of one browser. False when it was signed out already."""
    ended, _ = UserSession.objects.filter(user=user, ref=ref).delete()
    if ended:
        record("session.ended", by=by, subject=user)
    return bool(ended)


@transaction.atomic
def end_other_sessions(*, user: User, staying: str, by: User) -> int:
    """Sign `user` out everywhere but in the browser called `staying`; of how many."""
    ended, _ = UserSession.live_of(user).exclude(ref=staying).delete()
    record("sessions.ended", by=by, subject=user, sessions=ended)
    return ended


@transaction.atomic
def shut_out(*, user: User, by: User | None) -> None:
    """End all that `user` could come in by: sessions in every browser, and API tokens."""
    sessions = _count("SELECT leap_end_sessions(%s)", user)
    tokens = _count("SELECT leap_end_tokens(%s)", user)
    record("access.ended", by=by, subject=user, sessions=sessions, tokens=tokens)


def _count(statement: str, user: User) -> int:
    """What the database does with rows that nobody but their owner reads; how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [user.pk])
        return int(cursor.fetchone()[0])


def clear_out() -> None:
    """Throw away sessions that have ended and guesses that count no more."""
    UserSession.objects.filter(expire_date__lte=timezone.now()).delete()
    lockout.forget_old()


def _tell(user: User, sentence: str) -> None:
    queue_email(to=user.email, subject="Signing in to LEAP", body=f"{sentence}\n\n{IF_NOT_YOU}")


IF_NOT_YOU = "If this was not you, tell your manager at once, and the programme’s admin.\n"
LINK_FOR_NEW_ONE = """Somebody asked for a new password for your LEAP account. To choose one:

{address}

This works once, within the hour. If you did not ask, do nothing: your password stays as it is.
"""
NO_ACCOUNT = """Somebody asked for a new password at LEAP and gave this e-mail address.
There is no account with it. If it was you, try your other work address, or ask your manager.
If it was not, do nothing.
"""
