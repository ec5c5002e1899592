"""Which team runs what is on at a site."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_credentials"), ("directory", "0002_postcodes_without_a_ward")]
    operations = [
        migrations.AddField(
            model_name="site",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sites",
                to="accounts.team",
            ),
        ),
    ]
