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
                name='Loss',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('kind', models.CharField(choices=[('miscarriage', 'Miscarriage'), ('stillbirth', 'Stillbirth'), ('child', 'Death of a child'), ('adult', 'Death of a parent or carer')], max_length=20)),
                    ('on', models.DateField()),
                    ('note', models.TextField(blank=True)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('stopped', models.JSONField(default=dict)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_why', models.CharField(blank=True, max_length=300)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='losses', to='families.family')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='losses', to='families.person')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['family', '-recorded_at'], name='loss_of_family')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('person',), name='loss_stands_once')],
                },
            ),
            migrations.CreateModel(
                name='MoveOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('moving_on', models.DateField()),
                    ('organisation', models.CharField(max_length=200)),
                    ('reach', models.CharField(max_length=200)),
                    ('handed_over', models.TextField()),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('acknowledged_on', models.DateField(blank=True, null=True)),
                    ('acknowledged_by', models.CharField(blank=True, max_length=200)),
                    ('acknowledged_how', models.CharField(blank=True, max_length=300)),
                    ('end', models.CharField(blank=True, choices=[('acknowledged', 'Acknowledged'), ('called_off', 'Called off')], max_length=20)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_why', models.CharField(blank=True, max_length=300)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_out', to='families.family')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('family',), name='move_out_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('end', 'acknowledged'), _negated=True), models.Q(('acknowledged_on__isnull', False), models.Q(('acknowledged_by', ''), _negated=True)), _connector='OR'), name='move_out_acknowledged_says_by_whom')],
                },
            ),
        ]),
    ]
