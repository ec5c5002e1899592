import django.db.models.deletion
from django.db import migrations, models

from leap.core.migration_operations import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Postcode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('postcode', models.CharField(max_length=10, unique=True)),
                    ('ward_2011', models.CharField(blank=True, db_index=True, max_length=9)),
                    ('ward_2022', models.CharField(blank=True, max_length=9)),
                    ('lsoa_2011', models.CharField(blank=True, max_length=9)),
                    ('imd_decile', models.PositiveSmallIntegerField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('imd_decile', None), ('imd_decile__range', (1, 10)), _connector='OR'), name='postcode_imd_decile_1_to_10'), models.CheckConstraint(condition=models.Q(('postcode__regex', '^[A-Z0-9]+( [A-Z0-9]+)*$'), models.Q(('postcode__regex', '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$'), _negated=True)), name='postcode_is_written_one_way')],
                },
            ),
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=60, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('strand', models.CharField(choices=[('social_and_emotional', 'Social and emotional development'), ('communication_and_language', 'Communication and language'), ('diet_and_nutrition', 'Diet and nutrition'), ('cross_cutting', 'Cross-cutting')], max_length=30)),
                    ('kind', models.CharField(choices=[('one_to_one', 'One to one'), ('course', 'Course'), ('drop_in', 'Drop-in'), ('peer_support', 'Peer support'), ('home_visiting', 'Home visiting'), ('workforce', 'Workforce')], max_length=20)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('strand__in', ['social_and_emotional', 'communication_and_language', 'diet_and_nutrition', 'cross_cutting'])), name='service_strand_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['one_to_one', 'course', 'drop_in', 'peer_support', 'home_visiting', 'workforce'])), name='service_kind_is_known')],
                },
            ),
            migrations.CreateModel(
                name='Site',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=60, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('address', models.CharField(blank=True, max_length=300)),
                    ('telephone', models.CharField(blank=True, max_length=30)),
                    ('postcode', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference_data.postcode')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='accounts.team')),
                ],
            ),
        ]),
    ]
