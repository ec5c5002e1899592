"""How long each kind of record is kept: declarations, each with its source.

A family's record is reviewed as one. It is kept for whoever in it has to be kept for longest.
"""

from dataclasses import dataclass

CODE = "NHS Records Management Code of Practice 2021 (updated 2023), appendix II"


@dataclass(frozen=True)
class RetentionRule:
    """One kind of record. `period` is a PostgreSQL interval, counted from `since`; `since` and
    `applies` are SQL over the tables named in `review`."""

    code: str
    what: str
    period: str
    counted_from: str
    source: str
    since: str
    applies: str = "true"

    @property
    def words(self) -> str:
        """For how long, in words."""
        return f"{self.period} from {self.counted_from}"


# Of a child, the first that applies. Columns: child, family and `looked_after`.
ADOPTED = "'adoption' IN (family.restriction, child.restriction)"
CHILD = (
    RetentionRule(
        "adopted",
        "Records with an adoption in them",
        "100 years",
        "the day the record was closed",
        "Adoption Agencies Regulations 2005; Disclosure of Adoption Information Regulations 2005",
        "family.closed_on",
        ADOPTED,
    ),
    RetentionRule(
        "looked_after_died",
        "Looked-after children who died before they were 18",
        "15 years",
        "the child’s death",
        "Care Planning, Placement and Case Review Regulations 2010, regulation 50",
        "child.died_on",
        "looked_after AND child.died_on < child.birth_date + interval '18 years'",
    ),
    RetentionRule(
        "looked_after",
        "Looked-after children",
        "75 years",
        "the child’s birth",
        "Care Planning, Placement and Case Review Regulations 2010, regulation 50",
        "child.birth_date",
        "looked_after AND child.birth_date IS NOT NULL",
    ),
    RetentionRule("died", "Children who died", "8 years", "the child’s death", CODE,
                  "child.died_on", "child.died_on IS NOT NULL"),
    RetentionRule(
        "child_17",
        "Children who were 17 when the record was closed",
        "26 years",
        "the child’s birth",
        CODE,
        "child.birth_date",
        "family.closed_on >= child.birth_date + interval '17 years'"
        " AND family.closed_on < child.birth_date + interval '18 years'",
    ),
    RetentionRule("child", "Children", "25 years", "the child’s birth", CODE, "child.birth_date",
                  "child.birth_date IS NOT NULL"),
    RetentionRule("maternity", "Pregnancies", "25 years", "the day the baby was due", CODE,
                  "child.due_date"),
)  # fmt: skip
ADULTS = RetentionRule(
    "adults",
    "Families without a child in the record",
    "8 years",
    "the day the record was closed",
    CODE,
    "family.closed_on",
)
# What is no part of a family's record, each over a table of its own (`each`).
OTHERS: dict[str, RetentionRule] = {
    "subject_access_subjectaccessrequest": RetentionRule(
        "subject_access", "Requests to see a record", "3 years", "the answer", CODE,
        "each.answered_at",
    ),
    "audit_event": RetentionRule(
        "log", "The log of what is about no family", "6 years", "the event",
        "Limitation Act 1980, section 5", "each.at", "each.family_ref = ''",
    ),
    "outcomes_report": RetentionRule(
        "reports", "Reports to the funder", "7 years", "the issue",
        "The programme’s own, beyond six years of accounts (Companies Act 2006, section 388;"
        " Charities Act 2011, section 131)",
        "each.issued_at",
    ),
    "outbox_message": RetentionRule(
        "messages", "Messages sent by e-mail", "1 year", "delivery", "The programme’s own",
        "each.delivered_at",
    ),
}  # fmt: skip
FAMILIES = (*CHILD, ADULTS)
KINDS = {rule.code: rule for rule in (*FAMILIES, *OTHERS.values())}
