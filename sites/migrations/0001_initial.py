import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leap.core.migration_operations import CreateModels

SESSION_OF_CONTACT = """
-- A contact is of a session that there is, on its day, of its service and at its site: the action
-- that logs one asks for the sentence, and a trigger holds it for whoever writes past the action.
-- `people` is NULL where nobody is asked about, as in the trigger, for which there is nobody yet.
CREATE FUNCTION leap_why_not_of_session(
    session text, at timestamptz, service bigint, site bigint, attended boolean, people bigint[]
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    held record;
    day date := (at AT TIME ZONE 'Europe/London')::date;
BEGIN
    SELECT s.id, s.cancelled_at, s.service_id, s.site_id, kind.name AS kind, place.name AS place,
           (lower(s.during) AT TIME ZONE 'Europe/London')::date AS began,
           (upper(s.during) AT TIME ZONE 'Europe/London')::date AS ended INTO held
      FROM leap_sites_session s
      JOIN reference_data_service kind ON kind.id = s.service_id
      JOIN reference_data_site place ON place.id = s.site_id
     WHERE s.ref = session;
    RETURN CASE
        WHEN held.id IS NULL THEN format(
            'There is no session “%s”. Check the reference, or leave it out.', session)
        WHEN held.cancelled_at IS NOT NULL THEN format(
            'Session %s was cancelled, so no contact was part of it. Leave it out.', session)
        WHEN day NOT BETWEEN held.began AND held.ended THEN format(
            'Session %s was on %s, and this contact on %s. Correct the day, or leave the session'
            ' out.', session, to_char(held.began, 'FMDD FMMonth YYYY'),
            to_char(day, 'FMDD FMMonth YYYY'))
        WHEN service <> held.service_id THEN format(
            'Session %s was of %s. Choose that service, or leave the session out.',
            session, held.kind)
        WHEN site <> held.site_id THEN format(
            'Session %s was at %s. Choose that site, or leave the session out.',
            session, held.place)
        WHEN people IS NOT NULL AND NOT EXISTS (
            SELECT FROM leap_sites_attendance there
             WHERE there.session_id = held.id AND there.person_id = ANY(people)
               AND there.status <> 'cancelled'
               AND (there.status <> 'did_not_attend' OR NOT attended)) THEN format(
            'By its register, nobody of this contact was at session %s. Put them on the register'
            ' first, or leave the session out.', session)
        ELSE '' END;
END $$;
CREATE FUNCTION leap_check_session_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    why text := leap_why_not_of_session(
        NEW.session_ref, NEW.occurred_at, NEW.service_id, NEW.site_id, true, NULL);
BEGIN
    IF why <> '' THEN
        RAISE check_violation USING MESSAGE = why;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER leap_session_of_contact
    BEFORE INSERT OR UPDATE OF session_ref, occurred_at, service_id, site_id ON families_contact
    FOR EACH ROW WHEN (NEW.session_ref <> '') EXECUTE FUNCTION leap_check_session_of_contact();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('families', '0001_initial'),
        ('reference_data', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Room',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='reference_data.site')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('site', 'name'), name='room_name_once_per_site')],
                },
            ),
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                    ('capacity', models.PositiveIntegerField()),
                    ('places_taken', models.PositiveIntegerField(default=0)),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('source', models.CharField(blank=True, max_length=60)),
                    ('source_ref', models.CharField(blank=True, max_length=60)),
                    ('register_opens_on', models.GeneratedField(db_persist=True, expression=models.Func(models.F('during'), template="((lower(%(expressions)s) AT TIME ZONE 'Europe/London')::date - 1)"), output_field=models.DateField())),
                    ('register_closes_on', models.GeneratedField(db_persist=True, expression=models.Func(models.F('during'), template="((lower(%(expressions)s) AT TIME ZONE 'Europe/London')::date + 7)"), output_field=models.DateField())),
                    ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='leap_sites.room')),
                    ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='reference_data.service')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='reference_data.site')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['site', 'during'], name='session_of_site_by_time')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('places_taken__lte', models.F('capacity'))), name='session_within_capacity'), models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False), ('during__upper_inf', False)), name='session_starts_and_ends'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at', None), ('room__isnull', False)), expressions=[(models.Func(models.F('room'), models.F('room'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), ('during', '&&')], name='session_room_not_double_booked'), models.UniqueConstraint(condition=models.Q(('source_ref', ''), _negated=True), fields=('source', 'source_ref'), name='session_once_per_source_reference')],
                },
            ),
            migrations.CreateModel(
                name='Booking',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('access_needs', models.CharField(blank=True, max_length=300)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='families.family')),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='leap_sites.session')),
                ],
                options={
                    'indexes': [models.Index(fields=['family', '-made_at'], name='booking_of_family')],
                },
            ),
            migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('booked', 'Booked'), ('attended', 'Attended'), ('did_not_attend', 'Did not attend'), ('cancelled', 'Cancelled'), ('walked_in', 'Walked in')], default='booked', max_length=20)),
                    ('marked_at', models.DateTimeField(blank=True, null=True)),
                    ('marked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='families.person')),
                    ('booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='leap_sites.booking')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='leap_sites.session')),
                ],
                options={
                    'indexes': [models.Index(fields=['person', 'status'], name='attendance_of_person')],
                    'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='attendance_once'), models.CheckConstraint(condition=models.Q(('status__in', ['booked', 'attended', 'did_not_attend', 'cancelled', 'walked_in'])), name='attendance_status_is_known')],
                },
            ),
            migrations.CreateModel(
                name='SessionStaff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff', to='leap_sites.session')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('session', 'practitioner'), name='session_staff_named_once')],
                },
            ),
        ]),
        migrations.RunSQL(SESSION_OF_CONTACT, 'DROP FUNCTION leap_check_session_of_contact() CASCADE; DROP FUNCTION leap_why_not_of_session(text, timestamptz, bigint, bigint, boolean, bigint[])'),
    ]
