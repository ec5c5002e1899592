import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leap.core.migration_operations import CreateModels

REPORTS_STAY = """
CREATE FUNCTION outcomes_report_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An issued report is frozen: it is never changed or removed. Issue another.';
END $$;

CREATE TRIGGER outcomes_report_stays BEFORE UPDATE OR DELETE ON outcomes_report
FOR EACH ROW EXECUTE FUNCTION outcomes_report_refuse();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='GrowthCutoff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sex', models.CharField(max_length=10)),
                    ('age_days', models.PositiveSmallIntegerField()),
                    ('overweight_from', models.FloatField()),
                    ('obese_from', models.FloatField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('sex', 'age_days'), name='growth_cutoff_once')],
                },
            ),
            migrations.CreateModel(
                name='Night',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('as_at', models.DateField()),
                    ('status', models.CharField(choices=[('running', 'Running'), ('published', 'Published')], default='running', max_length=10)),
                    ('scheduled', models.BooleanField(default=False)),
                    ('periods', models.JSONField(default=list)),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('scheduled', True)), fields=('as_at',), name='night_scheduled_once_a_date'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='night_published_says_when')],
                },
            ),
            migrations.CreateModel(
                name='Figure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('indicator', models.CharField(max_length=60)),
                    ('version', models.PositiveSmallIntegerField()),
                    ('area_code', models.CharField(max_length=9)),
                    ('period', models.CharField(max_length=7)),
                    ('breakdown', models.CharField(blank=True, max_length=30)),
                    ('category', models.CharField(blank=True, max_length=60)),
                    ('numerator', models.PositiveIntegerField()),
                    ('denominator', models.PositiveIntegerField()),
                    ('known', models.PositiveIntegerField(null=True)),
                    ('value', models.FloatField(null=True)),
                    ('lower', models.FloatField(null=True)),
                    ('upper', models.FloatField(null=True)),
                    ('note', models.CharField(blank=True, max_length=60)),
                    ('published', models.BooleanField(default=False)),
                    ('hidden', models.BooleanField(default=False)),
                    ('known_hidden', models.BooleanField(default=False)),
                    ('denominator_hidden', models.BooleanField(default=False)),
                    ('night', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='outcomes.night')),
                ],
                options={
                    'indexes': [models.Index(fields=['indicator', 'period'], name='figure_by_indicator_and_period')],
                    'constraints': [models.UniqueConstraint(fields=('night', 'indicator', 'area_code', 'period', 'breakdown', 'category'), name='figure_once_a_night'), models.UniqueConstraint(condition=models.Q(('published', True)), fields=('indicator', 'area_code', 'period', 'breakdown', 'category'), name='figure_published_once'), models.CheckConstraint(condition=models.Q(('numerator__lte', models.F('denominator'))), name='figure_part_within_whole'), models.CheckConstraint(condition=models.Q(('value', None), ('value__range', (0, 1)), _connector='OR'), name='figure_is_a_proportion')],
                },
            ),
            migrations.CreateModel(
                name='CalculationStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('indicator', models.CharField(max_length=60)),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('unchanged', 'Unchanged'), ('failed', 'Failed')], default='waiting', max_length=10)),
                    ('periods', models.JSONField(default=list)),
                    ('started_at', models.DateTimeField(blank=True, null=True)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('figures', models.PositiveIntegerField(default=0)),
                    ('error', models.CharField(blank=True, max_length=500)),
                    ('night', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='outcomes.night')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('night', 'indicator'), name='step_once_a_night')],
                },
            ),
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('period', models.CharField(max_length=7)),
                    ('as_at', models.DateField()),
                    ('content', models.JSONField()),
                    ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['period', '-issued_at'], name='report_latest_of_period')],
                },
            ),
        ]),
        migrations.RunSQL(REPORTS_STAY, 'DROP FUNCTION outcomes_report_refuse() CASCADE'),
    ]
