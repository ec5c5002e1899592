"""Where a contact was not attended: what was tried instead, and nobody as having been there."""

from django.db import migrations, models

# The form ticked the mother before anybody did. Of contacts logged in LEAP that were not attended
# nobody was there; rows that came in a file stay as the file has them.
NOBODY_THERE = """
DELETE FROM families_contactperson AS named USING families_contact AS contact
 WHERE contact.id = named.contact_id AND contact.outcome <> 'attended' AND contact.source_ref = ''
   AND NOT named.concerned;
UPDATE families_contactperson AS named SET present = false, alone = false
  FROM families_contact AS contact
 WHERE contact.id = named.contact_id AND contact.outcome <> 'attended' AND contact.source_ref = ''
   AND (named.present OR named.alone);
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0012_reviews_of_each_child")]

    operations = [
        migrations.AddField(
            "contact",
            "tried",
            models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.RunSQL(NOBODY_THERE, migrations.RunSQL.noop),
    ]
