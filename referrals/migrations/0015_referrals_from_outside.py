"""What somebody outside sends in becomes a referral, on pathways that begin with them.

Admins change the pathways from here on: this never overwrites what they have written.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from referrals.models.pathways import SENDERS

WHAT = "Who they are, and where they live\nWhat worries you, and what you ask for\nWhether the family knows and agrees"
# code, name, to, working days to acknowledge and to first contact
WAYS = [
    ("outside-to-health-visiting", "From outside to health visiting", "health_visiting", 2, 10),
    ("outside-to-midwifery", "From outside to midwifery", "midwifery", 2, 10),
    ("outside-to-family-support", "From outside to family support", "family_support", 2, 10),
]


def lay_down(apps, schema_editor):
    Pathway = apps.get_model("referrals", "Pathway")
    for code, name, receiver, acknowledge, contact in WAYS:
        Pathway.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": "referral",
                "from_discipline": "outside",
                "to_discipline": receiver,
                "acknowledge_within": acknowledge,
                "first_contact_within": contact,
                "what_to_send": WHAT,
            },
        )


ANOTHER_TEAM = "referral_goes_to_another_team"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0014_wall_around_outside")]
    operations = [
        migrations.AddField(
            "incoming", "sender_checked", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField("incoming", "chased_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "referral",
            "incoming",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referral",
                to="referrals.incoming",
            ),
        ),
        migrations.RemoveConstraint("referral", ANOTHER_TEAM),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                condition=~Q(from_team=F("to_team")) | Q(incoming__isnull=False), name=ANOTHER_TEAM
            ),
        ),
        migrations.AlterField(
            "pathway", "from_discipline", models.CharField(choices=SENDERS, max_length=30)
        ),
        migrations.AlterField(
            "task",
            "kind",
            models.CharField(
                choices=[
                    ("late", "Late"),
                    ("late_for_sender", "Late, and you sent it"),
                    ("returned", "Came back without an answer"),
                    ("gap", "Nobody leads this family"),
                    ("disagreement", "Disagreement"),
                    ("outside", "Ring who sent it in"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(lay_down, migrations.RunPython.noop),
    ]
