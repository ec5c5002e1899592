"""Who works here: agencies, their teams, and practitioners with a role in a team."""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from guardian.mixins import GuardianUserMixin

from leap.core.accounts import emails, permissions
from leap.core.accounts.permissions import Capability, Discipline


class Agency(models.Model):
    """An organisation in the partnership: a maternity trust, the council, a charity."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """The people of one agency who hold and receive work together.

    Each team is a Django group: guardian's grants and our involvements name the same people.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    discipline = models.CharField(max_length=30, choices=Discipline.choices)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")
    ward_codes = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    # A receiving team can stop taking referrals; what senders should do instead is then required.
    intake_paused_at = models.DateTimeField(null=True, blank=True)
    instead = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(discipline__in=Discipline.values), name="team_discipline_is_known"
            ),
            models.CheckConstraint(
                condition=Q(intake_paused_at=None) | ~Q(instead=""),
                name="team_paused_intake_says_what_instead",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if problem := emails.why_not(email):
            raise ValidationError({"email": problem})
        user = self.model(email=emails.canonical(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=emails.canonical(username or ""))

    def with_email(self, typed: str) -> "User | None":
        """Whose address this is. Write to the account's address, not to what was typed."""
        return self.filter(email=emails.canonical(typed)).first()


class User(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    """A practitioner: someone who signs in and works with families. Never a family member.

    Every page reads this table for names; so the password's hash is not in it, but in Credential.
    """

    ProgrammeRole = permissions.ProgrammeRole

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    programme_role = models.CharField(
        max_length=10, choices=ProgrammeRole.choices, default="", blank=True
    )
    telephone = models.CharField(max_length=30, blank=True)
    # Only the overnight watch for odd openings reads it: a neighbour's record, or one's own.
    home_postcode = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    has_password = models.BooleanField(default=False)
    # A new one with every new password. Sessions and links made under the one before are over.
    credential_version = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case"),
            # As leap.core.accounts.emails writes it: no capitals, no letters that only look like
            # others.
            models.CheckConstraint(
                condition=Q(email__regex=r"^[!-@\[-~]+$"), name="user_email_is_canonical"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def password(self) -> str:
        """The hash, for whoever may read it: see Credential."""
        if "_password_hash" not in self.__dict__:
            hashes = Credential.objects.filter(user_id=self.pk).values_list("password", flat=True)
            self._password_hash = (hashes.first() or "") if self.pk else ""
        return self._password_hash

    @password.setter
    def password(self, password_hash: str) -> None:
        self.has_password = bool(password_hash) and is_password_usable(password_hash)
        self._password_hash = password_hash if self.has_password else ""
        self._password_is_new = True
        self.credential_version = uuid.uuid4()

    def has_usable_password(self) -> bool:
        return self.has_password

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, and the password's hash where it is a new one."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = _columns(kwargs["update_fields"])
        with transaction.atomic():
            super().save(*args, **kwargs)
            if getattr(self, "_password_is_new", False):
                if self.has_password:
                    Credential.objects.update_or_create(
                        user=self, defaults={"password": self._password_hash}
                    )
                else:
                    Credential.forget(self)
                self._password_is_new = False

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: "models.QuerySet[User] | None" = None,
    ) -> None:
        if fields is not None:
            fields = _columns(fields)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        self.__dict__.pop("_password_hash", None)
        self._password_is_new = False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is signed with: it ends when the password changes."""
        return salted_hmac(
            "leap.core.accounts.session",
            str(self.credential_version),
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @property
    def live_memberships(self) -> list["Membership"]:
        """This practitioner's teams today, one query for the life of the object."""
        if not hasattr(self, "_live_memberships"):
            self._live_memberships = list(
                self.memberships.live().select_related("team__agency").order_by("pk")
            )
        return self._live_memberships

    @property
    def teams(self) -> list[Team]:
        return [membership.team for membership in self.live_memberships]

    @property
    def team_ids(self) -> list[int]:
        return [membership.team_id for membership in self.live_memberships]

    @property
    def agency_ids(self) -> list[int]:
        return sorted({membership.team.agency_id for membership in self.live_memberships})

    @property
    def access_keys(self) -> list[int]:
        """Whose live involvements open families to this practitioner: see Involvement.who."""
        return [*self.team_ids, -self.pk]

    def works_in(self, team: Team | int | None) -> bool:
        """Whether this practitioner is in `team` today."""
        return (team.pk if isinstance(team, Team) else team) in self.team_ids

    def can_everywhere(self, capability: Capability) -> bool:
        """Whether a role in the programme carries it, for every team."""
        return permissions.programme_role_carries(self.programme_role, capability)

    def can(self, capability: Capability) -> bool:
        """Whether this practitioner has it at all: everywhere, or in a team of theirs."""
        return self.can_everywhere(capability) or bool(self.teams_with(capability))

    def can_in(self, team: Team | int | None, capability: Capability) -> bool:
        """Whether this practitioner has it for `team`."""
        key = team.pk if isinstance(team, Team) else team
        return self.can_everywhere(capability) or key in self.team_ids_with(capability)

    def teams_with(self, capability: Capability) -> list[Team]:
        """The teams of theirs in which this practitioner has it."""
        return [
            membership.team
            for membership in self.live_memberships
            if permissions.carries(
                capability,
                team_role=membership.role,
                discipline=membership.team.discipline,
                programme_role=self.programme_role,
            )
        ]

    def team_ids_with(self, capability: Capability) -> list[int]:
        return [team.pk for team in self.teams_with(capability)]

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role of theirs, in the programme or a team, asks for a second factor."""
        return permissions.programme_role_needs_second_factor(self.programme_role) or any(
            permissions.team_role_needs_second_factor(membership.role)
            for membership in self.live_memberships
        )


def _columns(fields: Iterable[str]) -> list[str]:
    """The columns of User that stand for these fields: a password is kept elsewhere."""
    of_password = ("has_password", "credential_version")
    names = [of_password if name == "password" else (name,) for name in fields]
    return list(dict.fromkeys(name for columns in names for name in columns))


class Credential(models.Model):
    """The hash of a practitioner's password. Row-level security gives it to nobody but them."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="credential"
    )
    password = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"password of {self.user}"

    @classmethod
    def forget(cls, user: User) -> None:
        """Take a password away: one's own, or as an admin anybody's, without reading it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT leap_forget_password(%s)", [user.pk])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> Self:
        today = timezone.localdate()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today), started_on__lte=today)


class Membership(models.Model):
    """A practitioner's spell in a team, with a role there."""

    Role = permissions.TeamRole

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.PRACTITIONER)
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team"],
                condition=Q(ended_on=None),
                name="membership_one_open_spell_per_team",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"
