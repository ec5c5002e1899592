"""The database itself refuses to change or remove an issued report."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION outcomes_report_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An issued report is frozen: it is never changed or removed. Issue another.';
END $$;

CREATE TRIGGER outcomes_report_stays BEFORE UPDATE OR DELETE ON outcomes_report
FOR EACH ROW EXECUTE FUNCTION outcomes_report_refuse();
"""

BACKWARD = """
DROP TRIGGER outcomes_report_stays ON outcomes_report;
DROP FUNCTION outcomes_report_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0002_growth_cutoffs_and_hidden_figures")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
