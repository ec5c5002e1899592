import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leap.core.migration_operations import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('form', models.CharField(max_length=100)),
                    ('fields', models.JSONField()),
                    ('address', models.CharField(blank=True, db_default='', default='', max_length=500)),
                    ('size', models.PositiveIntegerField(db_default=0, default=0)),
                    ('saved_at', models.DateTimeField(auto_now=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'form'), name='draft_once_per_form')],
                },
            ),
            migrations.CreateModel(
                name='IdempotencyKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=100)),
                    ('route', models.CharField(max_length=200)),
                    ('answer', models.JSONField(default=dict)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('digest', models.CharField(blank=True, db_default='', default='', max_length=64)),
                    ('digest_untimed', models.CharField(blank=True, db_default='', default='', max_length=64)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('digest', ''), _negated=True), fields=['user', 'digest_untimed'], name='submission_digest'), models.Index(fields=['made_at'], name='submission_made_at')],
                    'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='submission_key_once')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), unique=True)),
                    ('channel', models.CharField(choices=[('email', 'E-mail'), ('text', 'Text message')], db_default='email', default='email', max_length=5)),
                    ('to', models.CharField(max_length=254)),
                    ('subject', models.CharField(blank=True, max_length=200)),
                    ('body', models.TextField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now)),
                    ('delivered_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=300)),
                    ('told_at', models.DateTimeField(blank=True, null=True)),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('delivered_at', None), ('told_at', None)), fields=['made_at'], name='message_waiting')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('told_at', None), ('told_by', None)), models.Q(('told_at__isnull', False), ('told_by__isnull', False)), _connector='OR'), name='message_told_says_by_whom')],
                },
            ),
        ]),
    ]
