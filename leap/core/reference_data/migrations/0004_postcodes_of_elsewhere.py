"""Postcodes of other countries and of the forces, beside those of the United Kingdom."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_team_of_a_site")]

    operations = [
        migrations.RemoveConstraint(model_name="postcode", name="postcode_is_written_one_way"),
        migrations.AlterField(
            model_name="postcode",
            name="postcode",
            field=models.CharField(max_length=10, unique=True),
        ),
        migrations.AddConstraint(
            model_name="postcode",
            constraint=models.CheckConstraint(
                condition=Q(postcode__regex=r"^[A-Z0-9]+( [A-Z0-9]+)*$")
                & ~Q(postcode__regex=r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"),
                name="postcode_is_written_one_way",
            ),
        ),
    ]
