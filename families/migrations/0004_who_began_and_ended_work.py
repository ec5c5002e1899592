"""Who brought a team in, who ended its work, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0003_handover_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="involvement",
            name=name,
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        )
        for name in ("by", "ended_by")
    ] + [
        migrations.AddField(
            model_name="involvement",
            name="ended_why",
            field=models.CharField(blank=True, default="", db_default="", max_length=300),
        ),
    ]
