"""The pathways beyond the first. Admins change them from here on: this never overwrites one."""

from django.db import migrations

SAFETY = (
    "What has happened, when, and who saw or heard it\n"
    "What it means for each child, the unborn included\n"
    "Whether the parents know, or why telling them is not safe\n"
    "Both parents, and every adult who lives there\n"
    "In danger now: telephone first, then send this"
)
ASKING = (
    "Why your team should lead now\n"
    "Who in your team would lead, and when they last saw each child\n"
    "What the family thinks of it"
)
# code, name, kind, from, to, working days to acknowledge and to first contact, what to send
MORE = [
    (
        "health-visiting-to-early-years",
        "Early years place or support",
        "referral",
        "health_visiting",
        "early_years",
        2,
        10,
        (
            "What the child enjoys, and what is hard\n"
            "What the family hopes for\n"
            "The last review, and what it found\n"
            "Language, and whether an interpreter is needed"
        ),
    ),
    (
        "early-years-to-health-visiting",
        "Early years back to health visiting",
        "referral",
        "early_years",
        "health_visiting",
        2,
        10,
        (
            "What was noticed, and when\n"
            "What has been tried, and what came of it\n"
            "What the parents think, and that they know about this"
        ),
    ),
    (
        "health-visiting-to-speech-and-language",
        "Speech and language",
        "referral",
        "health_visiting",
        "speech_and_language",
        2,
        20,
        (
            "What the child says and understands, with examples\n"
            "Hearing, and when it was last tested\n"
            "The languages spoken at home\n"
            "The last review, and what it found"
        ),
    ),
    (
        "early-years-to-speech-and-language",
        "Speech and language from early years",
        "referral",
        "early_years",
        "speech_and_language",
        2,
        20,
        (
            "What the child says and understands, with examples\n"
            "What has been tried in the setting\n"
            "The languages spoken at home\n"
            "That the parents agree"
        ),
    ),
    (
        "speech-and-language-to-health-visiting",
        "Speech and language back to health visiting",
        "referral",
        "speech_and_language",
        "health_visiting",
        2,
        10,
        (
            "What was found, and what was advised\n"
            "What remains to be done, by whom and by when"
        ),
    ),
    (
        "health-visiting-to-nutrition",
        "Nutrition",
        "referral",
        "health_visiting",
        "nutrition",
        2,
        15,
        (
            "Weights and heights, with dates\n"
            "What the child eats and drinks on a usual day\n"
            "Allergies and illnesses\n"
            "What the family would like to change"
        ),
    ),
    (
        "midwifery-to-nutrition",
        "Nutrition in pregnancy",
        "referral",
        "midwifery",
        "nutrition",
        2,
        10,
        (
            "Due date, and BMI at booking\n"
            "Conditions in this pregnancy\n"
            "What she would like to change"
        ),
    ),
    (
        "nutrition-to-health-visiting",
        "Nutrition back to health visiting",
        "referral",
        "nutrition",
        "health_visiting",
        2,
        10,
        (
            "What was done, and what changed\n"
            "What remains to be done, by whom and by when"
        ),
    ),
    (
        "health-visiting-to-social-work",
        "Children’s social care front door",
        "handover",
        "health_visiting",
        "social_work",
        1,
        1,
        SAFETY,
    ),
    (
        "midwifery-to-social-work",
        "Children’s social care front door, before birth",
        "handover",
        "midwifery",
        "social_work",
        1,
        1,
        SAFETY,
    ),
    (
        "early-years-to-social-work",
        "Children’s social care front door from early years",
        "handover",
        "early_years",
        "social_work",
        1,
        1,
        SAFETY,
    ),
    (
        "social-work-to-health-visiting",
        "Social care back to health visiting",
        "handover",
        "social_work",
        "health_visiting",
        1,
        5,
        (
            "The plan as it ends, and what has changed for each child\n"
            "What remains to be done, by whom and by when\n"
            "What would make you step up again\n"
            "When you last saw each child"
        ),
    ),
    (
        "family-support-to-health-visiting",
        "Family support back to health visiting",
        "referral",
        "family_support",
        "health_visiting",
        1,
        10,
        (
            "What was done, and what changed\n"
            "What remains to be done, by whom and by when\n"
            "What the family wants"
        ),
    ),
    (
        "family-support-asks-for-the-lead",
        "Family support asks for the lead",
        "request",
        "family_support",
        "health_visiting",
        1,
        5,
        ASKING,
    ),
    (
        "social-work-asks-for-the-lead",
        "Social work asks health visiting for the lead",
        "request",
        "social_work",
        "health_visiting",
        1,
        1,
        ASKING,
    ),
    (
        "social-work-asks-family-support-for-the-lead",
        "Social work asks family support for the lead",
        "request",
        "social_work",
        "family_support",
        1,
        1,
        ASKING,
    ),
    (
        "health-visiting-asks-for-the-lead",
        "Health visiting asks midwifery for the lead",
        "request",
        "health_visiting",
        "midwifery",
        1,
        2,
        ASKING,
    ),
]


def lay_down(apps, schema_editor):
    Pathway = apps.get_model("referrals", "Pathway")
    # A notification waits for no answer, so the want of one does not end it.
    Pathway.objects.filter(kind="notification", version=1).update(expires_after=None)
    for code, name, kind, sender, receiver, acknowledge, contact, what in MORE:
        Pathway.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "from_discipline": sender,
                "to_discipline": receiver,
                "acknowledge_within": acknowledge,
                "first_contact_within": contact,
                "what_to_send": what,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_pathway_versions")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
