import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import families.models.search_text
from leap.core.migration_operations import CreateModels

NAMES_AND_NUMBERS = r"""
CREATE FUNCTION nhs_number_is_valid(number text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN number ~ '^[0-9]{10}$' THEN
        (11 - (SELECT sum((11 - place) * substr(number, place, 1)::int)
                 FROM generate_series(1, 9) AS place) % 11) % 11 = right(number, 1)::int
    ELSE false END
$$;

-- Roughly, and for names from everywhere: what is left are the consonants as they are heard. A
-- vowel counts only where a name begins with one, and then as any vowel.
CREATE FUNCTION leap_phonetic_name(name text) RETURNS text
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

FORGET_DUPLICATES = """
-- What may be of one person is forgotten the moment that one of the two is restricted.
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


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('reference_data', '0001_initial'),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(NAMES_AND_NUMBERS, 'DROP FUNCTION leap_phonetic_name(text); DROP FUNCTION nhs_number_is_valid(text)'),
        CreateModels([
            migrations.CreateModel(
                name='Family',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('search_name', families.models.search_text.SearchNameField('name', blank=True, db_default='', max_length=250)),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_reason', models.CharField(blank=True, max_length=200)),
                    ('restriction', models.CharField(blank=True, choices=[('', 'Not restricted'), ('refuge', 'Living in a refuge or at a place that must stay secret'), ('staff', 'A practitioner’s own family'), ('adoption', 'Adoption'), ('other', 'Another reason')], db_default='', max_length=10)),
                    ('last_contact_at', models.DateTimeField(blank=True, null=True)),
                    ('source', models.CharField(blank=True, max_length=60)),
                    ('source_ref', models.CharField(blank=True, max_length=60)),
                    ('lead_practitioner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_families', to=settings.AUTH_USER_MODEL)),
                    ('lead_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_families', to='accounts.team')),
                ],
                options={
                    'permissions': [],
                    'indexes': [models.Index(condition=models.Q(('restriction', ''), _negated=True), fields=['id'], name='family_restricted'), models.Index(models.OrderBy(models.F('last_contact_at'), descending=True, nulls_last=True), name='family_latest_contact_first'), models.Index(condition=models.Q(('closed_at', None)), fields=['lead_practitioner'], name='family_open_by_practitioner')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), _negated=True), ('lead_team__isnull', False), _connector='OR'), name='family_open_has_a_lead_team'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='family_closes_after_it_opens'), models.UniqueConstraint(condition=models.Q(('source_ref', ''), _negated=True), fields=('source', 'source_ref'), name='family_once_per_source_reference')],
                },
            ),
            migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('layer', models.CharField(choices=[('shared', 'Everyone working with the family'), ('agency', 'My agency only'), ('restricted', 'Named people only')], db_default='shared', default='shared', max_length=10)),
                    ('named', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('kind', models.CharField(choices=[('home_visit', 'Home visit'), ('clinic', 'Clinic'), ('group', 'Group'), ('phone', 'Phone call'), ('video', 'Video call'), ('text', 'Text message'), ('letter', 'Letter')], max_length=20)),
                    ('occurred_at', models.DateTimeField()),
                    ('occurred_on', models.GeneratedField(db_persist=True, expression=models.Func(models.F('occurred_at'), template="(%(expressions)s AT TIME ZONE 'Europe/London')::date"), output_field=models.DateField())),
                    ('outcome', models.CharField(choices=[('attended', 'Attended'), ('was_not_brought', 'Was not brought'), ('no_access', 'No access'), ('cancelled_by_family', 'Cancelled by the family'), ('cancelled_by_service', 'Cancelled by the service')], max_length=30)),
                    ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('note', models.TextField(blank=True)),
                    ('tried', models.CharField(blank=True, db_default='', default='', max_length=300)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('session_ref', models.CharField(blank=True, db_default='', default='', max_length=20)),
                    ('source', models.CharField(blank=True, max_length=60)),
                    ('source_ref', models.CharField(blank=True, max_length=60)),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL)),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='reference_data.service')),
                    ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='reference_data.site')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='accounts.team')),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='families.family')),
                ],
                options={
                    'abstract': False,
                    'indexes': [models.Index(fields=['family', '-occurred_at'], name='contact_of_family_newest_first'), models.Index(fields=['occurred_on'], name='contact_by_day'), models.Index(fields=['by', '-occurred_at'], name='contact_of_practitioner'), models.Index(condition=models.Q(('session_ref', ''), _negated=True), fields=['session_ref', 'family'], name='contact_of_session')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency', None), ('layer', 'shared'), ('named', None)), models.Q(('agency__isnull', False), ('layer', 'agency'), ('named', None)), models.Q(('agency', None), ('layer', 'restricted'), ('named__len__gt', 0)), _connector='OR'), name='contact_layer_says_for_whom'), models.CheckConstraint(condition=models.Q(('kind__in', ['home_visit', 'clinic', 'group', 'phone', 'video', 'text', 'letter'])), name='contact_kind_is_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['attended', 'was_not_brought', 'no_access', 'cancelled_by_family', 'cancelled_by_service'])), name='contact_outcome_is_known'), models.CheckConstraint(condition=models.Q(('minutes', None), ('minutes__lte', 1440), _connector='OR'), name='contact_within_a_day'), models.UniqueConstraint(condition=models.Q(('source_ref', ''), _negated=True), fields=('source', 'source_ref'), name='contact_once_per_source_reference')],
                },
            ),
            migrations.CreateModel(
                name='AccessAlert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('why', models.CharField(choices=[('no_link', 'No caseload, team, booking or referral links them'), ('same_surname', 'Same surname as the reader'), ('same_postcode', 'Same postcode as the reader')], max_length=20)),
                    ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                    ('explained', models.BooleanField(blank=True, null=True)),
                    ('review_note', models.TextField(blank=True)),
                    ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='odd_looks', to='families.family')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('reviewed_at', None)), fields=['on'], name='odd_look_to_review')],
                    'constraints': [models.UniqueConstraint(fields=('family', 'practitioner', 'on', 'why'), name='odd_look_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='FamilyGroupObjectPermission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='families.family')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ],
                options={
                    'abstract': False,
                    'unique_together': {('group', 'permission', 'content_object')},
                },
            ),
            migrations.CreateModel(
                name='FamilyUserObjectPermission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='families.family')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                    'unique_together': {('user', 'permission', 'content_object')},
                },
            ),
            migrations.CreateModel(
                name='HandoverNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('text', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handover_notes', to='families.family')),
                    ('from_practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('to_practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['family', '-at'], name='handover_note_newest_first')],
                },
            ),
            migrations.CreateModel(
                name='Involvement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('names_only', models.BooleanField(db_default=False, default=False)),
                    ('who', models.GeneratedField(db_persist=True, expression=models.Case(models.When(names_only=True, then=None), default=django.db.models.functions.comparison.Coalesce(models.F('team_id'), django.db.models.expressions.CombinedExpression(models.F('practitioner_id'), '*', models.Value(-1)))), output_field=models.BigIntegerField(null=True))),
                    ('reason', models.CharField(choices=[('registered', 'Registered the family'), ('referral_accepted', 'Accepted a referral'), ('team_around_family', 'In the team around the family'), ('break_glass', 'Break-glass'), ('imported', 'Recorded work with the family'), ('named', 'Named for a restricted record')], max_length=30)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_why', models.CharField(blank=True, db_default='', default='', max_length=300)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='families.family')),
                    ('practitioner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['who', 'family'], include=('ended_at',), name='involvement_access'), models.Index(condition=models.Q(('names_only', True)), fields=['family'], name='involvement_names_only')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('team', None), ('practitioner', None), _connector='XOR'), name='involvement_of_a_team_or_a_person'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='involvement_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('practitioner', None), ('ended_at__isnull', False), ('reason', 'named'), _connector='OR'), name='involvement_of_a_person_has_an_end'), models.CheckConstraint(condition=models.Q(('names_only', False), ('practitioner', None), _connector='OR'), name='involvement_of_a_person_always_opens'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('family', 'team'), name='involvement_one_open_spell_per_team')],
                },
            ),
            migrations.CreateModel(
                name='BreakGlass',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('review_by', models.DateField()),
                    ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                    ('justified', models.BooleanField(blank=True, null=True)),
                    ('review_note', models.TextField(blank=True)),
                    ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='broken_into', to='families.family')),
                    ('involvement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.involvement')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('reviewed_at', None)), fields=['review_by'], name='break_glass_to_review')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='break_glass_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('justified', None), ('reviewed_at', None)), models.Q(('justified__isnull', False), ('reviewed_at__isnull', False), models.Q(('review_note', ''), _negated=True)), _connector='OR'), name='break_glass_is_judged_with_a_note')],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('given_name', models.CharField(blank=True, max_length=100)),
                    ('family_name', models.CharField(blank=True, max_length=100)),
                    ('birth_date', models.DateField(blank=True, null=True)),
                    ('due_date', models.DateField(blank=True, null=True)),
                    ('died_on', models.DateField(blank=True, null=True)),
                    ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('unknown', 'Not known')], default='unknown', max_length=10)),
                    ('nhs_number', models.CharField(blank=True, max_length=10)),
                    ('ethnicity', models.CharField(blank=True, choices=[('A', 'White British'), ('B', 'White Irish'), ('C', 'Any other White background'), ('D', 'White and Black Caribbean'), ('E', 'White and Black African'), ('F', 'White and Asian'), ('G', 'Any other mixed background'), ('H', 'Indian'), ('J', 'Pakistani'), ('K', 'Bangladeshi'), ('L', 'Any other Asian background'), ('M', 'Caribbean'), ('N', 'African'), ('P', 'Any other Black background'), ('R', 'Chinese'), ('S', 'Any other ethnic group'), ('Z', 'Not stated'), ('99', 'Not known')], max_length=2)),
                    ('language', models.CharField(blank=True, max_length=60)),
                    ('interpreter', models.BooleanField(blank=True, null=True)),
                    ('telephone', models.CharField(blank=True, max_length=30)),
                    ('restriction', models.CharField(blank=True, choices=[('', 'Not restricted'), ('refuge', 'Living in a refuge or at a place that must stay secret'), ('staff', 'A practitioner’s own family'), ('adoption', 'Adoption'), ('other', 'Another reason')], db_default='', max_length=10)),
                    ('search_name', families.models.search_text.SearchNameField('given_name', 'family_name', blank=True, db_default='', max_length=250)),
                    ('phonetic_name', models.GeneratedField(db_persist=True, expression=models.Func(models.F('search_name'), function='leap_phonetic_name'), output_field=models.TextField())),
                    ('source', models.CharField(blank=True, max_length=60)),
                    ('source_ref', models.CharField(blank=True, max_length=60)),
                ],
                options={
                    'indexes': [models.Index(fields=['birth_date'], name='person_birth_date'), models.Index(condition=models.Q(('nhs_number', ''), _negated=True), fields=['nhs_number'], name='person_nhs_number'), django.contrib.postgres.indexes.GinIndex(fields=['search_name'], name='person_search_name', opclasses=['gin_trgm_ops']), models.Index(fields=['phonetic_name'], name='person_phonetic_name'), models.Index(condition=models.Q(('restriction', ''), _negated=True), fields=['id'], name='person_restricted')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('died_on', None), ('birth_date', None), ('died_on__gte', models.F('birth_date')), _connector='OR'), name='person_dies_after_birth'), models.CheckConstraint(condition=models.Q(('nhs_number', ''), models.Func(models.F('nhs_number'), function='nhs_number_is_valid', output_field=models.BooleanField()), _connector='OR'), name='person_nhs_number_check_digit'), models.CheckConstraint(condition=models.Q(('ethnicity', ''), ('ethnicity__in', {'99': 'Not known', 'A': 'White British', 'B': 'White Irish', 'C': 'Any other White background', 'D': 'White and Black Caribbean', 'E': 'White and Black African', 'F': 'White and Asian', 'G': 'Any other mixed background', 'H': 'Indian', 'J': 'Pakistani', 'K': 'Bangladeshi', 'L': 'Any other Asian background', 'M': 'Caribbean', 'N': 'African', 'P': 'Any other Black background', 'R': 'Chinese', 'S': 'Any other ethnic group', 'Z': 'Not stated'}), _connector='OR'), name='person_ethnicity_code'), models.CheckConstraint(condition=models.Q(('sex__in', ['female', 'male', 'unknown'])), name='person_sex_is_known_word'), models.UniqueConstraint(condition=models.Q(('source_ref', ''), _negated=True), fields=('source', 'source_ref'), name='person_once_per_source_reference')],
                },
            ),
            migrations.CreateModel(
                name='Observation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('layer', models.CharField(choices=[('shared', 'Everyone working with the family'), ('agency', 'My agency only'), ('restricted', 'Named people only')], db_default='shared', default='shared', max_length=10)),
                    ('named', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('code', models.CharField(max_length=40)),
                    ('recorded_on', models.DateField()),
                    ('value', models.CharField(max_length=60)),
                    ('number', models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('source', models.CharField(blank=True, max_length=60)),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to=settings.AUTH_USER_MODEL)),
                    ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='families.contact')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='families.person')),
                ],
                options={
                    'abstract': False,
                    'indexes': [models.Index(fields=['person', 'code', '-recorded_on', '-id'], include=('value',), name='observation_latest_first'), models.Index(fields=['code', 'recorded_on'], name='observation_by_code_and_day')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency', None), ('layer', 'shared'), ('named', None)), models.Q(('agency__isnull', False), ('layer', 'agency'), ('named', None)), models.Q(('agency', None), ('layer', 'restricted'), ('named__len__gt', 0)), _connector='OR'), name='observation_layer_says_for_whom'), models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='observation_has_a_value')],
                },
            ),
            migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('child', 'Child'), ('unborn', 'Unborn baby'), ('mother', 'Mother'), ('father', 'Father'), ('step_parent', 'Step-parent'), ('grandparent', 'Grandparent'), ('foster_carer', 'Foster carer'), ('other', 'Other carer')], max_length=20)),
                    ('joined_on', models.DateField(blank=True, null=True)),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='families.family')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='families.person')),
                ],
                options={
                    'indexes': [models.Index(fields=['person', 'role'], name='member_of_person_by_role')],
                    'constraints': [models.UniqueConstraint(fields=('family', 'person'), name='member_once_per_family'), models.CheckConstraint(condition=models.Q(('role__in', ['child', 'unborn', 'mother', 'father', 'step_parent', 'grandparent', 'foster_carer', 'other'])), name='member_role_is_known')],
                },
            ),
            migrations.CreateModel(
                name='FollowUp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('what', models.CharField(max_length=200)),
                    ('due_on', models.DateField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='families.contact')),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='families.family')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='families.person')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['family', 'due_on'], name='follow_up_waiting_in_family'), models.Index(condition=models.Q(('done_at', None)), fields=['to', 'due_on'], name='follow_up_waiting_for_one')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='follow_up_says_what'), models.CheckConstraint(condition=models.Q(('done_at', None), ('done_at__gte', models.F('made_at')), _connector='OR'), name='follow_up_done_after_it_was_made')],
                },
            ),
            migrations.CreateModel(
                name='ContactPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('concerned', models.BooleanField(default=False)),
                    ('present', models.BooleanField(default=False)),
                    ('alone', models.BooleanField(db_default=False, default=False)),
                    ('review', models.CharField(blank=True, choices=[('', 'Not a mandated review'), ('antenatal', 'Antenatal contact'), ('new_birth', 'New birth visit'), ('six_to_eight_week', '6 to 8 week review'), ('one_year', '1 year review'), ('two_year', '2 to 2½ year review')], db_default='', default='', max_length=20)),
                    ('listed', models.PositiveSmallIntegerField(default=0)),
                    ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='families.contact')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_people', to='families.person')),
                ],
                options={
                    'indexes': [models.Index(models.F('person'), models.F('contact'), condition=models.Q(('concerned', True)), name='contact_person_concerned'), models.Index(condition=models.Q(('review', ''), _negated=True), fields=['person', 'review'], include=('contact',), name='contact_person_review')],
                    'constraints': [models.UniqueConstraint(fields=('contact', 'person'), name='contact_person_once'), models.CheckConstraint(condition=models.Q(('concerned', True), ('present', True), _connector='OR'), name='contact_person_concerned_or_present'), models.CheckConstraint(condition=models.Q(('review', ''), models.Q(('concerned', True), ('review__in', ['antenatal', 'new_birth', 'six_to_eight_week', 'one_year', 'two_year'])), _connector='OR'), name='contact_person_review_is_of_whom_it_concerned')],
                },
            ),
            migrations.CreateModel(
                name='PersonReader',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('named_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='families.person')),
                    ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('practitioner', 'person'), name='person_reader_once')],
                },
            ),
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
            migrations.CreateModel(
                name='Residence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(blank=True, max_length=300)),
                    ('moved_in_on', models.DateField(blank=True, null=True)),
                    ('listed', models.PositiveIntegerField(default=0)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='residences', to='families.person')),
                    ('postcode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='reference_data.postcode')),
                ],
                options={
                    'indexes': [models.Index(models.F('person'), models.OrderBy(models.F('moved_in_on'), descending=True, nulls_last=True), models.F('listed'), include=('postcode',), name='residence_latest_first')],
                    'constraints': [models.UniqueConstraint(fields=('person', 'postcode', 'moved_in_on'), name='residence_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='SafeContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('phone', 'Phone call'), ('text', 'Text message'), ('email', 'E-mail'), ('letter', 'Letter'), ('visit', 'Visit at home')], max_length=10), blank=True, default=list, size=None)),
                    ('telephone', models.CharField(blank=True, max_length=30)),
                    ('times', models.CharField(blank=True, max_length=200)),
                    ('code_word', models.CharField(blank=True, max_length=60)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='safe_contact', to='families.person')),
                ],
            ),
            migrations.CreateModel(
                name='SafetyAlert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('kind', models.CharField(choices=[('dog', 'Dog or other animal'), ('access', 'Getting in: stairs, lift, buzzer'), ('in_pairs', 'Visit in pairs'), ('health', 'Infection or other risk to health'), ('other', 'Something else to know at the door')], max_length=20)),
                    ('words', models.CharField(max_length=200)),
                    ('review_on', models.DateField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='families.family')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['family'], name='alert_live_of_family')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['dog', 'access', 'in_pairs', 'health', 'other'])), name='alert_kind_is_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='alert_says_something')],
                },
            ),
            migrations.CreateModel(
                name='ServiceConsent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('answer', models.CharField(choices=[('given', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrew agreement')], max_length=20)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_consents', to='families.family')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_consents', to='families.person')),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference_data.service')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['family', '-said_at'], name='service_consent_of_family')],
                },
            ),
            migrations.CreateModel(
                name='SharingDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('decision', models.CharField(choices=[('shared', 'Shared'), ('not_shared', 'Not shared')], max_length=20)),
                    ('what', models.CharField(max_length=300)),
                    ('with_whom', models.CharField(max_length=200)),
                    ('basis', models.CharField(choices=[('public_task', 'Public task and health or social care (UK GDPR 6(1)(e), 9(2)(h))'), ('safeguarding', 'Safeguarding (Data Protection Act 2018, Schedule 1)'), ('legal_obligation', 'Legal obligation or court order (UK GDPR 6(1)(c))'), ('vital_interests', 'To protect somebody’s life (UK GDPR 6(1)(d))'), ('consent', 'Explicit consent (UK GDPR 6(1)(a), 9(2)(a))')], max_length=20)),
                    ('reason', models.TextField()),
                    ('family_told', models.BooleanField()),
                    ('why_not_told', models.CharField(blank=True, max_length=300)),
                    ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_why', models.CharField(blank=True, max_length=300)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharing_decisions', to='families.family')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['family', '-decided_at'], name='sharing_decision_of_family')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('family_told', True), models.Q(('why_not_told', ''), _negated=True), _connector='OR'), name='sharing_decision_says_why_family_not_told')],
                },
            ),
            migrations.CreateModel(
                name='Shield',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=300)),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('hidden_from', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shielded_from', to='families.person')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shields', to='families.person')),
                ],
                options={
                    'indexes': [models.Index(fields=['hidden_from'], name='shield_by_whom_it_hides_from')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'hidden_from'), name='shield_one_open_for_each_pair'), models.CheckConstraint(condition=models.Q(('person', models.F('hidden_from')), _negated=True), name='shield_is_between_two_people')],
                },
            ),
            migrations.CreateModel(
                name='ContactVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('was', models.JSONField()),
                    ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ('why', models.CharField(max_length=300)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='families.contact')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('contact', 'number'), name='contact_version_in_order')],
                },
            ),
            migrations.CreateModel(
                name='CutOff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('instrument', models.CharField(choices=[('asq3', 'ASQ-3'), ('asqse2', 'ASQ:SE-2')], max_length=10)),
                    ('months', models.PositiveSmallIntegerField()),
                    ('domain', models.CharField(blank=True, max_length=30)),
                    ('monitoring', models.DecimalField(decimal_places=2, max_digits=6)),
                    ('concern', models.DecimalField(decimal_places=2, max_digits=6)),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('instrument', 'months', 'domain'), name='cut_off_once_per_domain'), models.CheckConstraint(condition=models.Q(models.Q(('concern__lt', models.F('monitoring')), ('instrument', 'asq3')), models.Q(('domain', ''), ('instrument', 'asqse2'), ('monitoring__lt', models.F('concern'))), _connector='OR'), name='cut_off_monitors_before_concern')],
                },
            ),
        ]),
        migrations.RunSQL(FORGET_DUPLICATES, 'DROP FUNCTION leap_forget_duplicates_of_family() CASCADE; DROP FUNCTION leap_forget_duplicates_of_person() CASCADE'),
    ]
