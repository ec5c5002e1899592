"""A programme role for whoever decides on possible duplicates."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_canonical_emails")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="programme_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "None"),
                    ("admin", "Admin"),
                    ("analyst", "Analyst"),
                    ("quality", "Data quality officer"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
