"""The web's role, which may use every other table, has no business with the seals."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seals"), ("leap", "0001_wall")]
    operations = [
        migrations.RunSQL(
            "REVOKE ALL ON audit_seal, audit_sealed FROM leap_web", migrations.RunSQL.noop
        )
    ]
