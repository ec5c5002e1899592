"""The pathways that a new installation begins with. Admins change them from here on."""

from django.db import migrations

from referrals.pathways.standard_pathways import write_standard_pathways


def write(apps, schema_editor):
    write_standard_pathways(apps.get_model("referrals", "Pathway").objects)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
