"""Files that one side of a referral adds for both to read. Their content is kept outside the
database and every served folder, under a name that says nothing."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leap.core.accounts.models import Team
from referrals.models.referrals import Referral


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, referral: Referral) -> Self:
        """Those of a referral and of what it takes the place of, the first of all first."""
        return self.filter(referral__in=[handoff.pk for handoff in referral.chain]).order_by(
            "made_at"
        )

    def there(self) -> Self:
        return self.filter(removed_at=None)


class Attachment(models.Model):
    """One file. What it is called is for people to read: it names nothing on any disk."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpeg", "JPEG picture"
        PNG = "png", "PNG picture"
        TEXT = "text", "Plain text"
        DOCX = "docx", "Word document"

    class Scan(models.TextChoices):
        CLEAN = "clean", "No virus found"
        NOT_SCANNED = "not_scanned", "Not scanned for viruses"

    ref = models.CharField(max_length=20, unique=True)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attachments")
    what = models.CharField(max_length=200)  # what it is, as who added it says
    name = models.CharField(max_length=100)  # as it was called where it came from
    kind = models.CharField(max_length=10, choices=Kind.choices)
    size = models.PositiveIntegerField()  # bytes, as kept
    sha256 = models.CharField(max_length=64)  # of the content as kept
    sent_sha256 = models.CharField(max_length=64)  # as sent: the same file twice is one
    place = models.CharField(max_length=64, unique=True)  # chosen by chance; its name on the disk
    scan = models.CharField(max_length=20, choices=Scan.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Taken away: the content is gone, and that it was there is not.
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    why_removed = models.TextField(blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "sent_sha256"],
                condition=Q(removed_at=None),
                name="attachment_once_for_each_referral",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(why_removed=""), name="attachment_gone_says_why"
            ),
        ]
        indexes = [models.Index(fields=["referral", "made_at"], name="attachment_of_referral")]

    def __str__(self) -> str:
        return self.ref
