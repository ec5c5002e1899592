"""A contact that was logged from a session is that attendance, not another one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0013_what_was_tried_instead")]

    operations = [
        migrations.AddField(
            "contact",
            "session_ref",
            models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddIndex(
            "contact",
            models.Index(
                condition=models.Q(("session_ref", ""), _negated=True),
                fields=["session_ref", "family"],
                name="contact_of_session",
            ),
        ),
    ]
