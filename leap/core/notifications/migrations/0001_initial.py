import django.db.models.deletion
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
                name='NotificationPreference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('how', models.JSONField(default=dict)),
                    ('by_text', models.BooleanField(default=False)),
                    ('practitioner', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='choice_of_notices', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Digest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('notices', models.PositiveIntegerField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('to', 'on'), name='digest_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Notification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=20, unique=True)),
                    ('kind', models.CharField(choices=[('received', 'A referral waits for us'), ('handover', 'A family is handed over to us'), ('answered', 'What we asked about a referral has been answered'), ('withdrawn', 'A referral to us was withdrawn or ran out'), ('acknowledged', 'My referral was acknowledged'), ('accepted', 'My referral was accepted'), ('asked', 'Something is asked about my referral'), ('declined', 'My referral was declined'), ('redirected', 'My referral was sent on to another team'), ('worked', 'First contact was made, or my referral was closed'), ('returned', 'My referral came back without an answer'), ('clock', 'A clock was paused or goes on'), ('disagreement', 'A disagreement about a referral'), ('family', 'Who works with a family, and who leads it, has changed'), ('in_touch', 'A team asks me to get in touch about a family'), ('merged', 'Records were made one, or two again'), ('review', 'I am asked to review an opening of a record'), ('escalated', 'Something is late, or nobody leads a family'), ('emergency', 'A record of mine was opened in an emergency'), ('loss', 'A record must be read again before the family is met')], max_length=20)),
                    ('said', models.CharField(max_length=300)),
                    ('path', models.CharField(max_length=200)),
                    ('family_ref', models.CharField(blank=True, max_length=20)),
                    ('about', models.CharField(blank=True, max_length=20)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('for_digest', models.BooleanField(default=False)),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['to', '-made_at', '-id'], name='notice_newest_first'), models.Index(condition=models.Q(('read_at', None)), fields=['to'], name='notice_unread'), models.Index(condition=models.Q(('for_digest', True)), fields=['to'], name='notice_for_digest'), models.Index(fields=['made_at'], name='notice_by_age')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'handover', 'answered', 'withdrawn', 'acknowledged', 'accepted', 'asked', 'declined', 'redirected', 'worked', 'returned', 'clock', 'disagreement', 'family', 'in_touch', 'merged', 'review', 'escalated', 'emergency', 'loss'])), name='notice_kind_is_known')],
                },
            ),
        ]),
    ]
