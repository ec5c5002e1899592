import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leap.core.migration_operations import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('families', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('taken', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                    ('families', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('merged_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('gone_family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.family')),
                    ('gone_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person')),
                    ('kept_family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.family')),
                    ('kept_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person')),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['families'], name='merge_by_family')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('gone_family', None), ('gone_person__isnull', False), ('kept_family', None), ('kept_person__isnull', False)), models.Q(('gone_family__isnull', False), ('gone_person', None), ('kept_family__isnull', False), ('kept_person', None)), _connector='OR'), name='merge_of_two_people_or_two_families'), models.CheckConstraint(condition=models.Q(models.Q(('kept_person', models.F('gone_person')), _negated=True), ('kept_person', None), _connector='OR'), name='merge_of_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('kept_family', models.F('gone_family')), _negated=True), ('kept_family', None), _connector='OR'), name='merge_of_two_families'), models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('gone_person',), name='merge_person_gone_once'), models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('gone_family',), name='merge_family_gone_once')],
                },
            ),
            migrations.CreateModel(
                name='MergedRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=63)),
                    ('key', models.BigIntegerField()),
                    ('before', models.JSONField()),
                    ('after', models.JSONField(blank=True, null=True)),
                    ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carried', to='merging.merge')),
                ],
                options={
                    'indexes': [models.Index(fields=['merge', 'id'], name='carried_in_order')],
                },
            ),
        ]),
    ]
