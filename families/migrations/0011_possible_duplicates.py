"""Two records that may be of one person: read and written by the system alone, for the officer who
decides. Forgotten the moment that one of the two is kept for named people, whoever writes it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

POLICY = """
ALTER TABLE families_possibleduplicate ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_system_alone ON families_possibleduplicate TO leap_web
 USING ((SELECT leap_past_the_wall())) WITH CHECK ((SELECT leap_past_the_wall()));

CREATE FUNCTION leap_forget_duplicates_of_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM families_possibleduplicate WHERE one_id = NEW.id OR other_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION leap_forget_duplicates_of_family() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM families_possibleduplicate USING families_member m
     WHERE m.family_id = NEW.id AND m.person_id IN (one_id, other_id);
    RETURN NULL;
END $$;
DO $$
DECLARE forgets text;
BEGIN
    FOREACH forgets IN ARRAY ARRAY['person', 'family'] LOOP
        EXECUTE format('ALTER FUNCTION leap_forget_duplicates_of_%s() SET search_path = %I, pg_temp',
                       forgets, current_schema);
        EXECUTE format('CREATE TRIGGER forget_duplicates AFTER UPDATE OF restriction ON families_%s'
                       ' FOR EACH ROW WHEN (NEW.restriction <> %L)'
                       ' EXECUTE FUNCTION leap_forget_duplicates_of_%s()', forgets, '', forgets);
    END LOOP;
END $$;
"""
NO_POLICY = """
DROP TRIGGER forget_duplicates ON families_family;
DROP TRIGGER forget_duplicates ON families_person;
DROP FUNCTION leap_forget_duplicates_of_family();
DROP FUNCTION leap_forget_duplicates_of_person();
DROP POLICY by_the_system_alone ON families_possibleduplicate;
ALTER TABLE families_possibleduplicate DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("families", "0010_names_of_every_script"),
        ("leap", "0001_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name='PossibleDuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20, unique=True)),
                ('weight', models.FloatField()),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('state', models.CharField(choices=[('open', 'To look at'), ('asked', 'Both teams asked to get in touch'), ('two', 'Two people')], default='open', max_length=10)),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.person')),
            ],
            options={
                'indexes': [models.Index(fields=['-weight', 'id'], name='possible_duplicate_likely_1st')],
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='possible_duplicate_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='possible_duplicate_in_one_order'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'asked', 'two'])), name='possible_duplicate_state_is_known')],
            },
        ),
        migrations.RunSQL(POLICY, NO_POLICY),
    ]
