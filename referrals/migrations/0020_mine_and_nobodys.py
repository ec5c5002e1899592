"""What is mine, and what is nobody's, in its order."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('referrals', '0019_an_index_for_each_part')]

    operations = [
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status__in', ['accepted', 'in_progress'])), fields=['to_team', 'allocated_to', 'due_on', 'sent_at', 'id'], name='referral_allocated'),
        ),
    ]
