"""Who runs a session, and from when until when its register is open to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func


def register_day(days):
    day = "(lower(%(expressions)s) AT TIME ZONE 'Europe/London')::date"
    return models.GeneratedField(
        db_persist=True,
        expression=Func(F("during"), template=f"({day} {days})"),
        output_field=models.DateField(),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_credentials"),
        ("directory", "0003_team_of_a_site"),
        ("leap_sites", "0002_bookings_of_kept_people"),
    ]
    operations = [
        migrations.AddField(
            model_name="session",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="accounts.team",
            ),
        ),
        migrations.AddField(
            model_name="session", name="register_opens_on", field=register_day("- 1")
        ),
        migrations.AddField(
            model_name="session", name="register_closes_on", field=register_day("+ 7")
        ),
        migrations.CreateModel(
            name="SessionStaff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="leap_sites.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "practitioner"), name="session_staff_named_once"
                    )
                ]
            },
        ),
    ]
