"""Pathways to and from three more disciplines, and what is checked before sending.

Admins change both from here on: this never overwrites what they have written.
"""

from django.db import migrations

INTERPRETER = "Interpreter | Nobody should first meet a stranger without being understood. | interpreter"
TELEPHONE = "A telephone number | They cannot make the first contact without one. | telephone"
PARENTS = "The parents | They need to know whom they will meet. | parents"
HOME = "Where they live | The first visit goes there. | home"
AGREES = "That the family knows and agrees | What is asked behind their back is often refused."
SAFETY_AT_HOME = "Safeguarding and safety at home | Whoever visits must know, or know that you asked."
GP = "The GP | Both services write to them."
MOOD = "Mood now and before | What came back once comes back most often after a birth."
CHILDREN = "Every child, the unborn included | Each of them is part of what is decided. | born"
DANGER = (
    f"{PARENTS}\n{HOME}\n"
    "What happened, when, and who saw it | It is decided on what was seen.\n"
    "Whether the parents know of this | The first call must not put anybody in danger."
)
SAFE_WAY = "A safe way to reach her | A call at the wrong moment can put her in danger."
# Those that were laid down before.
CHECKED = {
    "antenatal-notification": (
        f"Due date | The antenatal visit is planned by it. | due\n{PARENTS}\n{HOME}\n{TELEPHONE}\n"
        f"{INTERPRETER}\n{MOOD}\n{SAFETY_AT_HOME}\n{GP}"
    ),
    "postnatal-handover": (
        "Date of birth | The new birth visit is due by day 14. | born\n"
        f"{PARENTS}\n{HOME}\n{TELEPHONE}\n{INTERPRETER}\n"
        "Feeding | The first fortnight decides much of it. | feeding\n"
        f"Birth weight | Growth is read from it. | birth_weight\n{MOOD}\n{SAFETY_AT_HOME}\n{GP}"
    ),
    "health-visiting-to-family-support": f"{CHILDREN}\n{PARENTS}\n{HOME}\n{AGREES}",
    "health-visiting-to-social-work": DANGER,
    "midwifery-to-social-work": DANGER,
    "early-years-to-social-work": DANGER,
    "family-support-to-social-work": DANGER,
}
BACK = "What was done, and what changed\nWhat remains to be done, by whom and by when"
MIND = (
    "How she feels, since when, and what has helped\n"
    "Illness of the mind before, hers and close relatives’\n"
    "Medicines\nThoughts of harm to herself or the baby: telephone first"
)
ABUSE = (
    "What she wants, in her words\nA safe way and time to reach her\n"
    "What you know of the danger, and what has been done\nThe children, and what they have seen"
)
ASKED = (
    "What is asked, and what you know\nMedicines and illnesses that matter\n"
    "Whether the family knows and agrees"
)
MIND_CHECKED = f"{PARENTS}\n{TELEPHONE}\n{INTERPRETER}\nMood now, with an EPDS | They decide how soon by it. | mood\n{AGREES}"
ABUSE_CHECKED = f"{SAFE_WAY}\nThat she wants this | It is hers to decide.\n{INTERPRETER}"
GP_CHECKED = f"{PARENTS}\n{AGREES}"
MIND_TEAM, ABUSE_TEAM, PRACTICE = "perinatal_mental_health", "domestic_abuse", "general_practice"
# code, name, kind, from, to, working days to acknowledge and to first contact, what, checked
MORE = [
    ("midwifery-to-perinatal-mental-health", "Perinatal mental health in pregnancy", "referral", "midwifery", MIND_TEAM, 1, 5, MIND, MIND_CHECKED),
    ("health-visiting-to-perinatal-mental-health", "Perinatal mental health", "referral", "health_visiting", MIND_TEAM, 1, 5, MIND, MIND_CHECKED),
    ("perinatal-mental-health-to-midwifery", "Perinatal mental health back to midwifery", "referral", MIND_TEAM, "midwifery", 1, 5, BACK, ""),
    ("perinatal-mental-health-to-health-visiting", "Perinatal mental health back to health visiting", "referral", MIND_TEAM, "health_visiting", 1, 5, BACK, ""),
    ("midwifery-to-domestic-abuse", "Domestic abuse service in pregnancy", "referral", "midwifery", ABUSE_TEAM, 1, 2, ABUSE, ABUSE_CHECKED),
    ("health-visiting-to-domestic-abuse", "Domestic abuse service", "referral", "health_visiting", ABUSE_TEAM, 1, 2, ABUSE, ABUSE_CHECKED),
    ("family-support-to-domestic-abuse", "Domestic abuse service from family support", "referral", "family_support", ABUSE_TEAM, 1, 2, ABUSE, ABUSE_CHECKED),
    ("domestic-abuse-to-midwifery", "Domestic abuse service back to midwifery", "referral", ABUSE_TEAM, "midwifery", 1, 5, BACK, ""),
    ("domestic-abuse-to-health-visiting", "Domestic abuse service back to health visiting", "referral", ABUSE_TEAM, "health_visiting", 1, 5, BACK, ""),
    ("domestic-abuse-to-social-work", "Children’s social care front door from the domestic abuse service", "handover", ABUSE_TEAM, "social_work", 1, 1, ABUSE, DANGER),
    ("health-visiting-to-general-practice", "To a general practice", "referral", "health_visiting", PRACTICE, 2, 10, ASKED, GP_CHECKED),
    ("midwifery-to-general-practice", "To a general practice in pregnancy", "referral", "midwifery", PRACTICE, 2, 10, ASKED, GP_CHECKED),
    ("general-practice-to-health-visiting", "From a general practice", "referral", PRACTICE, "health_visiting", 2, 10, ASKED, ""),
    ("general-practice-to-midwifery", "From a general practice in pregnancy", "referral", PRACTICE, "midwifery", 2, 10, ASKED, ""),
    ("general-practice-to-family-support", "From a general practice to family support", "referral", PRACTICE, "family_support", 2, 10, ASKED, ""),
]  # fmt: skip


def lay_down(apps, schema_editor):
    Pathway = apps.get_model("referrals", "Pathway")
    for code, minimum in CHECKED.items():
        Pathway.objects.filter(code=code, minimum="", version=1).update(minimum=minimum)
    for code, name, kind, sender, receiver, acknowledge, contact, what, checked in MORE:
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
                "minimum": checked,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_minimum_information"), ("accounts", "0003_three_more_disciplines")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
