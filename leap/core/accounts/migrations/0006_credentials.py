"""The password's hash leaves the table of practitioners, which every page reads for names."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SEPARATE = """
UPDATE accounts_user SET credential_version = gen_random_uuid(),
       has_password = password <> '' AND password NOT LIKE '!%';
INSERT INTO accounts_credential (user_id, password)
SELECT id, password FROM accounts_user WHERE has_password;
SET CONSTRAINTS ALL IMMEDIATE;
"""
TOGETHER = """
UPDATE accounts_user SET password = coalesce(
    (SELECT c.password FROM accounts_credential c WHERE c.user_id = accounts_user.id), '!');
DELETE FROM accounts_credential;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_data_quality_officer")]
    operations = [
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="credential",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("password", models.CharField(max_length=128)),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="has_password",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="credential_version",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.RunSQL(SEPARATE, TOGETHER),
        # Backwards, the column has to be there before it is filled.
        migrations.AlterField(
            model_name="user",
            name="password",
            field=models.CharField(default="!", max_length=128, verbose_name="password"),
        ),
        migrations.RemoveField(model_name="user", name="password"),
    ]
