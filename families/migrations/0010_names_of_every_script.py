"""Keys for searching in plain Latin letters, of families' names too."""

import families.models.search_text
from django.db import migrations, models
from django.db.models import F, Func, IntegerField

from families.name_normalisation import search_text as sought_as

TABLES = {"Person": ("given_name", "family_name"), "Family": ("name",)}
AT_ONCE = 2000


def keep_again(apps, schema_editor):
    """Of everybody whose key cannot have been right, and of all families."""
    for model, fields in TABLES.items():
        rows = apps.get_model("families", model).objects.all()
        if model == "Person":
            rows = _not_ascii(rows, fields)
        changed = []
        for row in rows.only("pk", "sought_as", *fields).iterator(AT_ONCE):
            row.sought_as = sought_as(*(getattr(row, field) for field in fields))
            changed.append(row)
            if len(changed) == AT_ONCE:
                rows.model.objects.bulk_update(changed, ["sought_as"])
                changed = []
        rows.model.objects.bulk_update(changed, ["sought_as"])


def _not_ascii(rows, fields):
    def measured(function):
        return {f"{function}_{n}": Func(F(n), function=function, output_field=IntegerField()) for n in fields}

    bytes_and_letters = rows.annotate(**measured("octet_length"), **measured("char_length"))
    is_ascii = {f"octet_length_{n}": F(f"char_length_{n}") for n in fields}
    return bytes_and_letters.exclude(**is_ascii)


class Migration(migrations.Migration):
    dependencies = [("families", "0009_cut_offs_of_licensed_questionnaires")]

    operations = [
        migrations.AddField(
            model_name="family",
            name="sought_as",
            field=families.models.search_text.SoughtAs("name", blank=True, db_default="", max_length=250),
        ),
        migrations.AlterField(
            model_name="person",
            name="sought_as",
            field=families.models.search_text.SoughtAs(
                "given_name", "family_name", blank=True, db_default="", max_length=250
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["sounds_as"], name="person_sounds_as"),
        ),
        migrations.RunPython(keep_again, migrations.RunPython.noop),
    ]
