"""What was merged, and everything that moved with it."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.rls.session import bypass_rls


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        """Those that have not been undone."""
        return self.filter(undone_at=None)

    def visible_to(self, user: User) -> Self:
        """Merges in families that the practitioner can see, and of nobody who is restricted: two
        identities of an adopted child are not to be read off a list of merges."""
        families = Family.objects.visible_to(user).values_list("pk", flat=True)
        seen = self.filter(families__overlap=list(families))
        restricted = ~Q(kept_person__restriction="") | ~Q(gone_person__restriction="")
        with bypass_rls(
            "whoever was merged is visible to nobody, and may be kept for named people"
        ):
            of_people = seen.filter(restricted, kept_person__isnull=False)
            hidden = list(of_people.values_list("pk", flat=True))
        return seen.exclude(pk__in=hidden)

    def with_names(self) -> list["Merge"]:
        """With the records that it is about, of which one is otherwise visible to nobody. Which
        merges these are is asked behind row-level security."""
        keys = list(self.values_list("pk", flat=True))
        whole = Merge.objects.select_related(
            "kept_person", "gone_person", "kept_family", "gone_family", "by", "undone_by"
        )
        with bypass_rls("whoever was merged is visible to nobody"):
            merges = whole.in_bulk(keys)
        return [merges[key] for key in keys]


class Merge(models.Model):
    """Two persons, or two families, recorded as one from `merged_at` on.

    The one that is gone stays as a row with its own fields and its reference, in no family; all
    that hung on it hangs on the one that is kept. `families` are the keys of all families touched.
    """

    ref = models.CharField(max_length=20, unique=True)
    kept_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gone_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kept_family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gone_family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    families = ArrayField(models.BigIntegerField())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kept_person__isnull=False,
                    gone_person__isnull=False,
                    kept_family=None,
                    gone_family=None,
                )
                | Q(
                    kept_person=None,
                    gone_person=None,
                    kept_family__isnull=False,
                    gone_family__isnull=False,
                ),
                name="merge_of_two_people_or_two_families",
            ),
            models.CheckConstraint(
                condition=~Q(kept_person=F("gone_person")) | Q(kept_person=None),
                name="merge_of_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(kept_family=F("gone_family")) | Q(kept_family=None),
                name="merge_of_two_families",
            ),
            models.UniqueConstraint(
                fields=["gone_person"], condition=Q(undone_at=None), name="merge_person_gone_once"
            ),
            models.UniqueConstraint(
                fields=["gone_family"], condition=Q(undone_at=None), name="merge_family_gone_once"
            ),
        ]
        indexes = [GinIndex(fields=["families"], name="merge_by_family")]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_of_people(self) -> bool:
        return self.kept_person_id is not None


class MergedRow(models.Model):
    """One row that a merge changed, or set aside because the one that is kept has the same already.

    `before` holds the changed columns as they were, or the whole row; `after` the columns as they
    were left, or nothing where the row was set aside.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="carried")
    table = models.CharField(max_length=63)
    key = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["merge", "id"], name="carried_in_order")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
