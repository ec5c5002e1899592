import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import guardian.mixins
import uuid
from django.conf import settings
from django.db import migrations, models

from leap.core.migration_operations import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('programme_role', models.CharField(blank=True, choices=[('', 'None'), ('admin', 'Admin'), ('analyst', 'Analyst'), ('quality', 'Data quality officer')], default='', max_length=10)),
                    ('telephone', models.CharField(blank=True, max_length=30)),
                    ('home_postcode', models.CharField(blank=True, max_length=8)),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('has_password', models.BooleanField(default=False)),
                    ('credential_version', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once_whatever_the_case'), models.CheckConstraint(condition=models.Q(('email__regex', '^[!-@\\[-~]+$')), name='user_email_is_canonical')],
                },
                bases=(guardian.mixins.GuardianUserMixin, models.Model),
            ),
            migrations.CreateModel(
                name='Agency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=60, unique=True)),
                    ('name', models.CharField(max_length=200)),
                ],
            ),
            migrations.CreateModel(
                name='Credential',
                fields=[
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='credential', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('password', models.CharField(max_length=128)),
                ],
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=60, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('discipline', models.CharField(choices=[('midwifery', 'Midwifery'), ('health_visiting', 'Health visiting'), ('family_support', 'Family support'), ('social_work', 'Social work'), ('early_years', 'Early years'), ('speech_and_language', 'Speech and language'), ('nutrition', 'Nutrition'), ('perinatal_mental_health', 'Perinatal mental health'), ('domestic_abuse', 'Domestic abuse service'), ('general_practice', 'General practice'), ('police', 'Police'), ('champions', 'Champions'), ('programme', 'Programme')], max_length=30)),
                    ('ward_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), blank=True, default=list, size=None)),
                    ('telephone', models.CharField(blank=True, max_length=30)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('intake_paused_at', models.DateTimeField(blank=True, null=True)),
                    ('instead', models.TextField(blank=True)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='accounts.agency')),
                    ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='team', to='auth.group')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('discipline__in', ['midwifery', 'health_visiting', 'family_support', 'social_work', 'early_years', 'speech_and_language', 'nutrition', 'perinatal_mental_health', 'domestic_abuse', 'general_practice', 'police', 'champions', 'programme'])), name='team_discipline_is_known'), models.CheckConstraint(condition=models.Q(('intake_paused_at', None), models.Q(('instead', ''), _negated=True), _connector='OR'), name='team_paused_intake_says_what_instead')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('practitioner', 'Practitioner'), ('manager', 'Manager')], default='practitioner', max_length=20)),
                    ('started_on', models.DateField(default=django.utils.timezone.localdate)),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('user', 'team'), name='membership_one_open_spell_per_team'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='membership_ends_after_it_starts')],
                },
            ),
        ]),
    ]
