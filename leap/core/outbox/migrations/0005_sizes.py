from django.db import migrations, models
from django.db.models.functions import Cast, Length


def measure(apps, schema_editor):
    fields = Cast("fields", models.TextField())
    apps.get_model("safekeeping", "Draft").objects.update(size=Length(fields))


class Migration(migrations.Migration):

    dependencies = [
        ('safekeeping', '0004_digests_and_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='size',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(measure, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['made_at'], name='submission_made_at'),
        ),
    ]
