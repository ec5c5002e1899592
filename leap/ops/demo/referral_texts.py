"""What referrals say: why, what was asked back, and what came of it."""

from leap.ops.demo.stories import Story

REASONS: dict[str, tuple[str, ...]] = {
    "antenatal-notification": (
        "First baby. Well, some low mood in her twenties, no medication now. Partner supportive."
        " Would like to know about groups.",
        "Second pregnancy, first was by emergency section and she is worried about the birth."
        " No safeguarding concerns.",
        "Booked at 9 weeks. Iron tablets. Lives with her mother and brother, one room for her and"
        " the baby. Housing letter done.",
        "Smoked until 12 weeks, stopped with support. Asked about domestic abuse alone: nothing"
        " disclosed.",
        "New to the country, no family here. Interpreter needed. Keen to meet other mothers.",
        "Gestational diabetes, diet controlled. Otherwise well. Father will be at home for the"
        " first month.",
    ),
    "postnatal-handover": (
        "Normal birth. Feeding established, back to birth weight by day 10. Mother well.",
        "Section, healing well. Breast and bottle. Mood up and down, would value an early visit.",
        "Home birth. Fully breastfeeding. Hearing screen done, blood spot sent.",
        "Ventouse. Jaundice, now settled. Formula by choice. Grandmother staying for six weeks.",
        "Early discharge asked for. Weight gain good, cord off, all screening done and sent.",
        "Long labour and tired. Feeding hurts, peer supporters are going in. Weight slow but up.",
        "Well, discharged today. Father on leave until the end of the month.",
    ),
    "health-visiting-to-family-support": (
        "Two under three in a one-bedroom flat, arrears and no cot. Parents want help with the"
        " housing office and with bedtimes. They know about this referral.",
        "Tantrums wearing mother out; reward chart tried for three weeks, no change. She asks for"
        " someone to come to the house.",
        "Parents separated in spring, handovers end in shouting in front of the children. Both"
        " agree to talk with a worker.",
        "Mother isolated and low, nursery not applied for. Clinic and group offered, did not come."
        " Would accept home visits.",
        "Father alone with the children since June and asking for practical help with routines,"
        " meals and forms.",
        "Damp and overcrowded, letters to the landlord unanswered. Wants someone to go along, and"
        " help with the nursery form. Agreed to this.",
        "Debt after losing work, food bank used three times. Wants help with budgeting and the"
        " two-year-old place.",
    ),
    "domestic-abuse": (
        "Has asked to talk with a caseworker. Safe number and times given by telephone; please do"
        " not write or leave messages.",
        "Wants advice about staying safe and about housing. Ring in school hours only.",
    ),
    "family-support-to-social-work": (
        "Three visits with no food in the house and the baby in a wet cot each time. Plan agreed in"
        " May has not held. Parents know we are sending this.",
        "Police called twice this month, children present both times. Mother has gone back. Worried"
        " for the unborn as well as the toddler.",
        "Bruise on the arm explained in two different ways, nursery worried too. Telephoned first,"
        " this is the written follow-up.",
        "Child has missed four health appointments and lost weight. Nobody answers the door"
        " since the last visit.",
        "Father's drinking has begun again, he drove with the children on Saturday. Mother asks for"
        " help in keeping him away.",
    ),
    "social-work-to-family-support": (
        "Child in need plan ends on Friday. Home safe and warm, parents attend everything."
        " Remaining: routines, nursery place. Step up again if father returns.",
        "No further action after assessment. Family agree to weekly visits for three months.",
        "Placement with grandmother is settled. Help with nursery, school forms and breaks for"
        " her.",
    ),
}
OUTCOMES: dict[str, tuple[str, ...]] = {
    "antenatal-notification": (
        "Antenatal visit done; family known to us.",
        "Met the parents before the birth. Groups offered.",
    ),
    "antenatal-missed": (
        "Baby came before we could visit; new birth visit planned.",
        "Could not be reached before the birth; new birth visit planned.",
    ),
    "postnatal-handover": (
        "New birth visit done. On our caseload.",
        "Seen at home, mother and baby well. With us from here.",
        "New birth visit done; listening visits offered as well.",
    ),
    "postnatal-missed": ("Not seen by day 30; seen in clinic later. On our caseload.",),
    "family-support": (
        "Twelve weeks of visits. Bedtimes settled, nursery started. Family scored 7 of 10, from 4.",
        "Housing transfer bid made, arrears plan agreed. Family happy to end.",
        "Plan completed. Parents speak to each other through the diary and it works.",
        "Family ended early; some progress with routines. May come back.",
        "Eight visits. Debt plan in place, two-year-old has started nursery.",
    ),
    "domestic-abuse": (
        "Safety plan in place, solicitor and housing seen. She knows how to come back.",
        "Ended at her wish. Safe number still holds.",
    ),
    "social-work": (
        "Assessment done, child in need plan for six months, now ended.",
        "Child protection plan made and stepped down; handed on.",
        "Assessed. No further action for us; support in place.",
    ),
}
DECLINED = (
    "The family has not agreed to this, and there is no risk that would override that.",
    "Does not reach our threshold on what is described.",
    "Already open to another family support team, who should go on.",
    "Lives outside the area we cover.",
)
ALTERNATIVES = (
    "Talk with the parents about what they would accept; the children's centre outreach worker can"
    " come along.",
    "Early help at the children's centre, and send it again if the missed appointments go on.",
    "Please speak with the worker who knows them; we have let her know you called.",
    "Send it to the team for their address; we have checked that they have space.",
)
QUESTIONS = (
    "Which telephone number is safe to ring, and when?",
    "Does the father know about this referral?",
    "What has been tried already, and what came of it?",
    "Is an interpreter needed, and for which language?",
    "Who else lives at the address?",
)
ANSWERS = (
    "Mobile on the record, mornings before eleven.",
    "Yes, he was there when we talked about it and agrees.",
    "Sleep clinic and two group invitations. She came to one and found it too loud.",
    "Yes, please. It is on the record; she prefers a woman.",
    "Her brother, since August. Nobody else.",
)
WITHDRAWN = (
    "The family asks us to wait until they have moved.",
    "Sent twice by mistake.",
    "Parents have changed their minds; will talk again at the next visit.",
)


def reason_for(story: Story, pathway: str, first: bool = True, fed: str = "") -> str:
    """A reason that does not contradict what is known of the family."""
    fitting = [text for text in REASONS[pathway] if _fits(story, text, first, fed)]
    return story.chance.choice(fitting)


def _fits(story: Story, text: str, first: bool, fed: str) -> bool:
    together = story.form in ("couple", "three generations")
    foreign = story.mother is not None and bool(story.mother.interpreter)
    breast = "breast" in text.lower() or "Feeding established" in text or "peer" in text
    unless = {
        "Two under": len(story.born) > 1,
        "father returns": story.partner is not None,
        "First baby": first,
        "Second pregnancy": not first,
        "Interpreter": foreign,
        "alone with": story.form in ("lone father", "two fathers"),
        "separated": story.form in ("parents apart", "two homes"),
        "grandmother": story.form == "kinship",
        "Partner": together,
        "Father will": together,
        "Father on": together,
        "Father's": together,
        "Parents": together,
        "Mother": story.mother is not None,
        "mother": story.mother is not None or story.form == "kinship",
        "Formula": fed != "breast_milk",
    }
    return (fed != "other" or not breast) and all(
        true for words, true in unless.items() if words in text
    )
