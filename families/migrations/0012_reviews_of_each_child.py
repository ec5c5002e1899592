"""A review belongs to one child: it moves from the contact to whom it concerned."""

from django.db import migrations, models

# Of those whom a contact concerned, its review is that of everybody whose age it fits; what fits
# nobody is an ordinary contact. What was said when it was logged stays in the log.
TO_EACH_CHILD = """
WITH review (code, youngest, oldest) AS (VALUES
    ('new_birth', interval '0 days', interval '56 days'),
    ('six_to_eight_week', interval '28 days', interval '6 months'),
    ('one_year', interval '8 months', interval '20 months'),
    ('two_year', interval '20 months', interval '42 months'))
UPDATE families_contactperson AS named SET review = contact.review
  FROM families_contact AS contact, families_person AS person
 WHERE contact.id = named.contact_id AND person.id = named.person_id
   AND named.concerned AND contact.review <> ''
   AND (person.died_on IS NULL OR contact.occurred_on <= person.died_on)
   AND (EXISTS (SELECT FROM review WHERE review.code = contact.review
                   AND contact.occurred_on BETWEEN (person.birth_date + review.youngest)::date
                                               AND (person.birth_date + review.oldest)::date)
        OR contact.review = 'antenatal' AND (
            contact.occurred_on BETWEEN person.birth_date - 301 AND person.birth_date - 1
            OR person.birth_date IS NULL
               AND contact.occurred_on BETWEEN person.due_date - 301 AND person.due_date + 42
            OR EXISTS (SELECT FROM families_member AS mother
                        WHERE mother.family_id = contact.family_id
                          AND mother.person_id = person.id AND mother.role = 'mother')))
"""

TO_THE_CONTACT = """
UPDATE families_contact AS contact SET review = named.review
  FROM families_contactperson AS named
 WHERE named.contact_id = contact.id AND named.review <> ''
"""

CODES = ["antenatal", "new_birth", "six_to_eight_week", "one_year", "two_year"]


class Migration(migrations.Migration):
    dependencies = [("families", "0011_possible_duplicates")]

    operations = [
        migrations.AddField(
            "contactperson",
            "review",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Not a mandated review"),
                    ("antenatal", "Antenatal contact"),
                    ("new_birth", "New birth visit"),
                    ("six_to_eight_week", "6 to 8 week review"),
                    ("one_year", "1 year review"),
                    ("two_year", "2 to 2½ year review"),
                ],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.RunSQL(TO_EACH_CHILD, TO_THE_CONTACT),
        # Deferred checks of the rows just written would bar the changes that follow.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveIndex("contact", "contact_attended_review"),
        migrations.RemoveConstraint("contact", "contact_review_is_known"),
        migrations.RemoveField("contact", "review"),
        migrations.AddConstraint(
            "contactperson",
            models.CheckConstraint(
                condition=models.Q(review="")
                | models.Q(concerned=True, review__in=CODES),
                name="contact_person_review_is_of_whom_it_concerned",
            ),
        ),
        migrations.AddIndex(
            "contactperson",
            models.Index(
                condition=models.Q(("review", ""), _negated=True),
                fields=["person", "review"],
                include=["contact"],
                name="contact_person_review",
            ),
        ),
    ]
