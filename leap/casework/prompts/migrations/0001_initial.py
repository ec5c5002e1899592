import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('families', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20, unique=True)),
                ('rule', models.CharField(choices=[('harm', 'Thoughts of self-harm'), ('abuse', 'Domestic abuse told of'), ('dash', 'DASH score for a MARAC'), ('missed', 'Two contacts missed in a row'), ('declined', 'Help was declined after a concern')], max_length=20)),
                ('basis', models.CharField(max_length=20)),
                ('choice', models.CharField(choices=[('act', 'I act on it'), ('explained', 'It is explained'), ('not_now', 'Not now')], max_length=20)),
                ('until', models.DateField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.family')),
            ],
            options={
                'indexes': [models.Index(fields=['family', 'rule', 'basis', '-at'], name='prompt_decided')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('choice', 'not_now'), ('until__isnull', False)), models.Q(models.Q(('choice', 'not_now'), _negated=True), ('until', None)), _connector='OR'), name='prompt_decision_not_now_until_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'explained'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='prompt_decision_explained_says_how')],
            },
        ),
    ]
