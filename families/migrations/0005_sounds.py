"""How a name sounds, beside how it is spelt: kept by the database, whoever writes the name."""

from django.db import migrations, models

# Roughly, and for names from everywhere: what is left are the consonants as they are heard. A
# vowel counts only where a name begins with one, and then as any vowel.
SOUNDS = r"""
CREATE FUNCTION leap_sounds(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    heard text := ' ' || name || ' ';
BEGIN
    heard := regexp_replace(heard, 'tch|sch|sh|ch|cz|sz|tj', 'x', 'g');
    heard := regexp_replace(heard, 'ph', 'f', 'g');
    heard := regexp_replace(heard, 'dj|dg', 'j', 'g');
    heard := regexp_replace(heard, 'ck|kh|q|c(?![eiy])', 'k', 'g');
    heard := regexp_replace(heard, '[cz]', 's', 'g');
    heard := translate(heard, 'wyh', 'vi');
    heard := regexp_replace(heard, 'g(?=[ei])', 'j', 'g');
    heard := regexp_replace(heard, ' [aeiou]+', ' a', 'g');
    heard := regexp_replace(heard, '(?<=[^ ])[aeiou]+', '', 'g');
    heard := regexp_replace(heard, '([^ ])\1+', '\1', 'g');
    RETURN heard;
END
$$;
"""
# Letters that plain names did not take apart before.
WHOLE = """
UPDATE families_person
   SET sought_as = left(translate(replace(replace(replace(sought_as, 'æ', 'ae'), 'œ', 'oe'),
                        'þ', 'th'), 'łøđðıħŧ', 'loddiht'), 250)
 WHERE sought_as ~ '[łøđðıħŧæœþ]'
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0004_who_began_and_ended_work")]

    operations = [
        migrations.RunSQL(WHOLE, migrations.RunSQL.noop),
        migrations.RunSQL(SOUNDS, "DROP FUNCTION leap_sounds(text)"),
        migrations.AddField(
            model_name="person",
            name="sounds_as",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("sought_as"), function="leap_sounds"),
                output_field=models.TextField(),
            ),
        ),
    ]
