from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safekeeping', '0003_texts_and_told_by_telephone'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='address',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='submission',
            name='digest',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='submission',
            name='digest_untimed',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('digest', ''), _negated=True), fields=['user', 'digest_untimed'], name='submission_digest'),
        ),
    ]
