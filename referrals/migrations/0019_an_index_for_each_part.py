"""One index for each part, so that none is read to its end where few are in it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('referrals', '0018_wall_around_files')]

    operations = [
        migrations.RemoveIndex(
            model_name='referral',
            name='referral_to_answer',
        ),
        migrations.RemoveIndex(
            model_name='referral',
            name='referral_sent_unfinished',
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status__in', ['sent', 'acknowledged'])), fields=['to_team', 'due_on', 'sent_at', 'id'], name='referral_to_be_answered'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status', 'information_asked')), fields=['to_team', 'due_on', 'sent_at', 'id'], name='referral_asked'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status__in', ['draft', 'information_asked'])), fields=['from_team', 'due_on', 'sent_at', 'id'], name='referral_with_sender'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status__in', ['sent', 'acknowledged', 'accepted', 'in_progress'])), fields=['from_team', 'due_on', 'sent_at', 'id'], name='referral_with_others'),
        ),
    ]
