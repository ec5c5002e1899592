import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leap.core.migration_operations import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('families', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='SubjectAccessRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('asker', models.CharField(choices=[('self', 'The person it is about'), ('parent', 'Somebody with parental responsibility for them'), ('solicitor', 'A solicitor or another adviser acting for them'), ('attorney', 'Somebody who holds a power of attorney')], max_length=12)),
                    ('adviser', models.CharField(blank=True, max_length=200)),
                    ('asked_on', models.DateField()),
                    ('identity', models.CharField(choices=[('passport', 'Passport'), ('driving_licence', 'Driving licence'), ('residence_permit', 'Residence permit'), ('authority', 'Signed authority, and the adviser’s own identity'), ('known', 'Known in person to the practitioner who took the request')], max_length=20)),
                    ('proved_on', models.DateField()),
                    ('due_on', models.DateField()),
                    ('extended_on', models.DateField(blank=True, null=True)),
                    ('extended_why', models.TextField(blank=True)),
                    ('status', models.CharField(choices=[('gathering', 'Being gathered'), ('reviewing', 'Being read'), ('answered', 'Answered'), ('expired', 'Answered, and the copy thrown away')], default='gathering', max_length=10)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('gathered_at', models.DateTimeField(blank=True, null=True)),
                    ('answer', models.JSONField(blank=True, null=True)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('expires_on', models.DateField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person')),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.family')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['family'], name='subject_request_of_family')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('extended_on', None), models.Q(('extended_why', ''), _negated=True), _connector='OR'), name='subject_request_extended_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'answered'), _negated=True), models.Q(('answer__isnull', False), ('answered_at__isnull', False)), _connector='OR'), name='subject_request_answered_keeps_its_answer'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'expired'), _negated=True), ('answer', None), _connector='OR'), name='subject_request_expired_keeps_none'), models.CheckConstraint(condition=models.Q(models.Q(('asker', 'self'), _negated=True), ('asked_by', models.F('person')), _connector='OR'), name='subject_request_of_oneself_is_asked_by_oneself'), models.UniqueConstraint(condition=models.Q(('status__in', ['gathering', 'reviewing'])), fields=('person',), name='subject_request_one_open_for_a_person')],
                },
            ),
            migrations.CreateModel(
                name='DisclosureItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('layer', models.CharField(choices=[('shared', 'Everyone working with the family'), ('agency', 'My agency only'), ('restricted', 'Named people only')], db_default='shared', default='shared', max_length=10)),
                    ('named', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                    ('place', models.PositiveIntegerField()),
                    ('section', models.CharField(max_length=60)),
                    ('record', models.CharField(max_length=200)),
                    ('label', models.CharField(max_length=60)),
                    ('title', models.CharField(max_length=100)),
                    ('text', models.TextField()),
                    ('proposal', models.CharField(choices=[('plain', 'Leaves as it is'), ('read', 'Typed freely: to be read'), ('leave_out', 'Proposed to be left out'), ('never', 'Never leaves, and leaves no trace')], max_length=10)),
                    ('why', models.CharField(blank=True, max_length=300)),
                    ('suggested', models.JSONField(default=list)),
                    ('decision', models.CharField(blank=True, choices=[('keep', 'Let it leave as it is'), ('hide', 'Hide some words in it'), ('leave_out', 'Leave all of it out')], max_length=10)),
                    ('hidden', models.JSONField(default=list)),
                    ('exemption', models.CharField(blank=True, choices=[('third_party', 'It is about somebody else'), ('serious_harm', 'It would be likely to cause serious harm to somebody'), ('crime', 'It would hinder preventing or detecting a crime'), ('legal_advice', 'It is legal advice'), ('court', 'A court has forbidden it, or has yet to decide'), ('adoption', 'It is kept from an adoption record')], max_length=20)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='subject_access.subjectaccessrequest')),
                ],
                options={
                    'abstract': False,
                    'indexes': [models.Index(condition=models.Q(('decision', ''), ('proposal__in', ['read', 'leave_out'])), fields=['request', 'place'], name='piece_to_be_read')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency', None), ('layer', 'shared'), ('named', None)), models.Q(('agency__isnull', False), ('layer', 'agency'), ('named', None)), models.Q(('agency', None), ('layer', 'restricted'), ('named__len__gt', 0)), _connector='OR'), name='disclosureitem_layer_says_for_whom'), models.UniqueConstraint(fields=('request', 'place'), name='piece_has_its_place'), models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['hide', 'leave_out']), _negated=True), models.Q(('exemption', ''), _negated=True), _connector='OR'), name='piece_held_back_says_why'), models.CheckConstraint(condition=models.Q(('decision', ''), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='piece_decided_by_somebody')],
                },
            ),
        ]),
    ]
