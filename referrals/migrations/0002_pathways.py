"""The first pathways. Admins change them from here on, so this never overwrites one."""

from django.db import migrations

FIRST = [
    {
        "code": "antenatal-notification",
        "name": "Antenatal notification to health visiting",
        "kind": "notification",
        "from_discipline": "midwifery",
        "to_discipline": "health_visiting",
        "acknowledge_within": 1,
        "first_contact_within": 20,
        "what_to_send": (
            "Due date, and the week of pregnancy at booking\n"
            "Earlier births and losses\n"
            "Mood now and in the past\n"
            "Smoking, alcohol and substances\n"
            "Whether domestic abuse was asked about, and whether she was alone when asked\n"
            "Father or partner, and who else lives there\n"
            "Language, and whether an interpreter is needed\n"
            "GP, and a safe way to reach her"
        ),
        "also_called": [
            "antenatal",
            "antenatal-referral",
            "antenatal-notification-to-health-visiting",
            "midwife-to-health-visitor",
            "midwife-to-health-visiting",
            "midwifery-to-health-visiting",
            "midwifery-to-health-visitor",
            "midwives-to-health-visitors",
            "midwife-to-health-visitor-antenatal",
            "midwifery-to-health-visiting-antenatal",
            "midwife_to_health_visitor",
            "midwifery_to_health_visiting",
            "antenatal_notification",
        ],
    },
    {
        "code": "postnatal-handover",
        "name": "Postnatal handover to health visiting",
        "kind": "handover",
        "from_discipline": "midwifery",
        "to_discipline": "health_visiting",
        "acknowledge_within": 1,
        # Discharge is on day 10 to 14, and the new birth visit is due by day 14.
        "first_contact_within": 2,
        "what_to_send": (
            "Date, place and kind of birth, weight and completed weeks\n"
            "Feeding now, and how it is going\n"
            "Screening done and still to do\n"
            "Mother's recovery and mood\n"
            "Worries about safety, and what was done about them\n"
            "Day of discharge, and the address the family went home to\n"
            "Language, interpreter, GP, and a safe way to reach them"
        ),
        "also_called": [
            "postnatal",
            "postnatal-discharge",
            "postnatal-handover-to-health-visiting",
            "midwife-to-health-visitor-postnatal",
            "midwifery-to-health-visiting-postnatal",
            "midwife-to-health-visitor-handover",
            "midwifery-discharge",
            "new-birth-handover",
            "postnatal_handover",
        ],
    },
    {
        "code": "health-visiting-to-family-support",
        "name": "Health visiting to family support",
        "kind": "referral",
        "from_discipline": "health_visiting",
        "to_discipline": "family_support",
        "acknowledge_within": 1,
        "first_contact_within": 10,
        "what_to_send": (
            "What worries you, and what is going well\n"
            "What has been tried, and what came of it\n"
            "What the family wants, and that they know about this referral\n"
            "Who lives there, and who else helps\n"
            "Anything a visitor should know before knocking"
        ),
        "also_called": [
            "health-visitor-to-family-support",
            "health-visiting-to-family-support-worker",
            "health-visitor-to-family-support-worker",
            "health-visitors-to-family-support",
            "early-help",
            "family-support",
            "family-support-referral",
            "health_visitor_to_family_support",
            "health_visiting_to_family_support",
        ],
    },
    {
        "code": "family-support-to-social-work",
        "name": "Step up to social work",
        "kind": "handover",
        "from_discipline": "family_support",
        "to_discipline": "social_work",
        "acknowledge_within": 1,
        "first_contact_within": 3,
        "what_to_send": (
            "What has happened, when, and who saw or heard it\n"
            "What it means for each child, the unborn included\n"
            "What has been tried, and what came of it\n"
            "Whether the parents know, or why telling them is not safe\n"
            "Both parents, and every adult who lives there\n"
            "The level of need you judge it to be, and why\n"
            "In danger now: telephone first, then send this"
        ),
        "also_called": [
            "step-up",
            "family-support-to-social-worker",
            "family-support-worker-to-social-worker",
            "family-support-to-social-care",
            "family-support-to-childrens-social-care",
            "step-up-to-social-work",
            "step-up-to-social-care",
            "family_support_to_social_work",
            "step_up",
        ],
    },
    {
        "code": "social-work-to-family-support",
        "name": "Step down to family support",
        "kind": "handover",
        "from_discipline": "social_work",
        "to_discipline": "family_support",
        "acknowledge_within": 1,
        "first_contact_within": 5,
        "what_to_send": (
            "The plan as it ends, and what has changed for each child\n"
            "What remains to be done, by whom and by when\n"
            "What would make you step up again\n"
            "What the family wants, and that they agree to family support\n"
            "When you last saw each child"
        ),
        "also_called": [
            "step-down",
            "social-worker-to-family-support",
            "social-worker-to-family-support-worker",
            "social-care-to-family-support",
            "childrens-social-care-to-family-support",
            "step-down-to-family-support",
            "social_work_to_family_support",
            "step_down",
        ],
    },
]


def lay_down(apps, schema_editor):
    Pathway = apps.get_model("referrals", "Pathway")
    for fields in FIRST:
        rest = {name: value for name, value in fields.items() if name != "code"}
        Pathway.objects.get_or_create(code=fields["code"], defaults=rest)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_first")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
