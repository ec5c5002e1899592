from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_three_more_disciplines")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email__regex", "^[!-@\\[-~]+$")),
                name="user_email_is_canonical",
            ),
        ),
    ]
