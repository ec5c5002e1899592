"""The day of the clock that runs, kept by the database; and an index for each part of each list."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('referrals', '0015_referrals_from_outside')]

    operations = [
        migrations.RemoveIndex(
            model_name='referral',
            name='referral_queue_received',
        ),
        migrations.RemoveIndex(
            model_name='referral',
            name='referral_queue_sent',
        ),
        migrations.AddField(
            model_name='referral',
            name='due_on',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(acknowledged_at=None, status__in=['sent', 'information_asked'], then=models.F('acknowledge_by')), models.When(first_contact_at=None, status__in=['sent', 'information_asked', 'acknowledged', 'accepted'], then=models.F('first_contact_by')), default=None), output_field=models.DateField(null=True)),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status__in', ['sent', 'information_asked', 'acknowledged'])), fields=['to_team', 'due_on', 'sent_at', 'id'], name='referral_to_answer'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status__in', ['accepted', 'in_progress'])), fields=['to_team', 'due_on', 'sent_at', 'id'], name='referral_taken_on'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('status__in', ['draft', 'information_asked', 'sent', 'acknowledged', 'accepted', 'in_progress'])), fields=['from_team', 'due_on', 'sent_at', 'id'], name='referral_sent_unfinished'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(models.F('to_team'), models.OrderBy(models.F('sent_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status__in', ['closed', 'declined', 'redirected', 'withdrawn', 'expired'])), name='referral_received_over'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(models.F('from_team'), models.OrderBy(models.F('sent_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status__in', ['closed', 'declined', 'redirected', 'withdrawn', 'expired'])), name='referral_sent_over'),
        ),
    ]
