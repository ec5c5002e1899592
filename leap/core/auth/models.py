"""What signing in keeps: sessions with their owner, second factors, and wrong guesses."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from leap.core.accounts.models import User


class UserSession(AbstractBaseSession):
    """One browser. Django's own, and whose it is, so that people can see and end theirs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    device = models.CharField(max_length=100, blank=True)
    since_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    # Names it in addresses: the key itself would be enough to be that browser.
    ref = models.CharField(max_length=32, unique=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def live_of(cls, user: User) -> models.QuerySet["UserSession"]:
        """The browsers in which `user` is signed in now."""
        return cls._default_manager.filter(user=user, expire_date__gt=timezone.now())

    @classmethod
    def get_session_store_class(cls) -> type:
        from leap.core.auth.sessions import SessionStore  # it is made of this model

        return SessionStore


class SecondFactor(models.Model):
    """The authenticator app of one practitioner."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor"
    )
    sealed_key = models.TextField()
    # The thirty seconds of the last code taken: a code works once, and none before it.
    last_step = models.BigIntegerField()
    set_up_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"second factor of {self.user}"


class RecoveryCode(models.Model):
    """A code on paper for the day the telephone is lost. Works once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.user}"


class LoginAttempt(models.Model):
    """A password or code that was tried and was not right: who was meant, and from where.

    Both are hashes. Kept in the database, so that a cache that stops does not open the door.
    """

    who = models.CharField(max_length=64)
    whence = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["who", "at"], name="guess_at_somebody"),
            models.Index(fields=["whence", "at"], name="guess_from_somewhere"),
            models.Index(fields=["at"], name="guess_by_age"),
        ]

    def __str__(self) -> str:
        return f"a wrong guess at {self.at}"
