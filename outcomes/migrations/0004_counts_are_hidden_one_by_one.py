"""What is hidden of a figure is decided for each of its counts; so far all of them were."""

from django.db import migrations, models
from django.db.models import F


def as_before(apps, schema_editor):
    figures = apps.get_model("outcomes", "Figure").objects.filter(hidden=True)
    figures.update(known_hidden=F("hidden"), denominator_hidden=F("hidden"))


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0003_reports_stay_as_issued")]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="denominator_hidden",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="figure",
            name="known_hidden",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(as_before, migrations.RunPython.noop),
    ]
