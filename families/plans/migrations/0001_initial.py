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
                name='Plan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('level', models.CharField(choices=[('early_help', 'Early help by one service'), ('targeted', 'Early help by several services'), ('specialist', 'Social work leads')], max_length=20)),
                    ('going_well', models.TextField()),
                    ('worries', models.TextField()),
                    ('family_view', models.TextField()),
                    ('kept', models.TextField(blank=True)),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('review_on', models.DateField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('outcome', models.CharField(blank=True, choices=[('met', 'The family’s goals are met'), ('enough', 'Things are good enough; the family goes on by itself'), ('stepped_up', 'Stepped up to social work'), ('stepped_down', 'Stepped down to services for everybody'), ('declined', 'The family does not want the plan any more'), ('moved', 'The family moved away')], max_length=20)),
                    ('closing_words', models.TextField(blank=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='families.family')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('family',), name='plan_one_open_for_a_family'), models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='plan_closes_with_an_outcome')],
                },
            ),
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('on', models.DateField()),
                    ('came', models.TextField()),
                    ('missing', models.TextField(blank=True)),
                    ('said', models.TextField()),
                    ('next_on', models.DateField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='plans.plan')),
                ],
            ),
            migrations.CreateModel(
                name='Goal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('words', models.CharField(max_length=300)),
                    ('off_paper', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('whose', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='families.person')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='plans.plan')),
                ],
            ),
            migrations.CreateModel(
                name='PlanStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('what', models.CharField(max_length=300)),
                    ('who', models.CharField(blank=True, max_length=120)),
                    ('by_when', models.DateField()),
                    ('done_on', models.DateField(blank=True, null=True)),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='plans.goal')),
                    ('practitioner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_steps', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('done_on', None)), fields=['practitioner', 'by_when'], name='step_waiting_for_somebody')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('practitioner', None), ('who', ''), _connector='XOR'), name='step_is_somebody_s')],
                },
            ),
            migrations.CreateModel(
                name='Score',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('value', models.PositiveSmallIntegerField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='plans.goal')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('goal', 'on'), name='score_once_a_day'), models.CheckConstraint(condition=models.Q(('value__lte', 10)), name='score_up_to_ten')],
                },
            ),
        ]),
    ]
