"""What practitioners write. Sentences are put together from what was found, so that they agree."""

OPENINGS = {
    "antenatal": (
        "Met {mother} at home.",
        "Antenatal contact, introduced the health visiting team.",
        "Seen at home, nearly ready for the baby.",
        "Antenatal contact. {mother} had her notes with her.",
    ),
    "new_birth": (
        "New birth visit. {mother} recovering well, {name} asleep in the basket for most of it.",
        "Seen at home. {name} alert, pink and settled.",
        "New birth visit at the family home. Warm handling, good eye contact.",
        "{name} feeding when I arrived; calm household.",
        "New birth visit. Lochia normal, stitches comfortable.",
    ),
    "six_to_eight_week": (
        "{name} smiling and following faces.",
        "6 to 8 week review. {name} well, fontanelle soft, good tone.",
        "Lifts head well on tummy, good eye contact.",
        "{name} content. GP check already done last week.",
    ),
    "one_year": (
        "{name} cruising round the furniture and babbling.",
        "1 year review. Points and waves, says a word or two.",
        "{name} shy at first, then all over the toys.",
        "Pulls to stand, picks up raisins with finger and thumb.",
        "1 year review with the ASQ filled in beforehand.",
    ),
    "two_year": (
        "{name} chatty and busy throughout.",
        "2 year review. Runs, climbs, kicks a ball.",
        "{name} went straight for the bricks and the picture book.",
        "Reviewed with the questionnaire done at home.",
        "Takes turns with help, plays alongside others.",
    ),
}
PLANS = {
    "antenatal": (
        "Baby Steps offered.",
        "Talked about safe sleep and the first weeks.",
        "Knows how to reach us; new birth visit explained.",
        "Healthy Start vouchers explained.",
        "Colostrum harvesting and skin to skin discussed.",
    ),
    "new_birth": (
        "Safe sleep seen in the room, no concerns.",
        "Gave clinic times and the red book talk.",
        "Crying and coping talked through.",
        "Registered with the GP; immunisations at 8 weeks explained.",
        "Smoke alarm missing, referred to the fire brigade.",
        "Told about Together Time at the children's centre.",
    ),
    "six_to_eight_week": (
        "First immunisations booked.",
        "Tummy time and talking to baby encouraged.",
        "Contraception: will see the GP.",
        "Next contact at one year, clinic before then as she likes.",
        "Told about Babies' Next Steps.",
    ),
    "one_year": (
        "Oral health pack and free-flow cup given.",
        "Cooker and stair gate discussed.",
        "Bedtime routine talked through.",
        "Library membership done on the spot.",
        "Family foods, no juice in the bottle.",
        "Chattertime leaflet given.",
    ),
    "two_year": (
        "Two-year-old nursery place applied for.",
        "Toilet training: not ready yet, leave it.",
        "Dummy only for sleep agreed.",
        "Dentist registered.",
        "Doorstep Library offered.",
        "Screens off at mealtimes to try.",
    ),
}
FEEDING = {
    "breast_milk": (
        "Breastfeeding, latch looked good.",
        "Breastfeeding; sore on the left, positioning shown.",
        "Breastfed with one bottle at night.",
        "Feeding on demand, plenty of wet nappies.",
    ),
    "other": (
        "Formula fed, paced feeding shown.",
        "Bottle fed; making up feeds safely gone over.",
        "Formula, 90 ml every three hours.",
    ),
    "exclusive": (
        "Fully breastfed and enjoying it.",
        "Breast milk only, gaining along the line.",
        "Exclusively breastfed; wants to go on.",
    ),
    "partial": (
        "Mixed feeding, two bottles a day.",
        "Breast and formula; would like more breast, peer supporters suggested.",
        "Breastfed at night, formula by day.",
    ),
    "none": (
        "Formula fed, four-hourly.",
        "Stopped breastfeeding in week three, at peace with it.",
        "Formula, winding well.",
    ),
}
MOOD = {
    "well": (
        "Mood good, sleeping in stretches.",
        "Tired but enjoying the baby.",
        "Good support from her sister.",
    ),
    "low": (
        "Mood low most days. Listening visits agreed.",
        "Tearful, feels she is failing; talked about how common this is. Will see the GP.",
        "Anxious about the baby stopping breathing at night. PAIRS discussed.",
    ),
}
DEVELOPMENT = {
    "well": (
        "All areas as expected.",
        "ASQ above the cut-off throughout.",
        "No concerns in any area.",
    ),
    "communication": (
        "Few words for age and little pointing. Hearing test and speech and language agreed.",
        "Understands more than says; under ten words. Speech and language referral agreed.",
    ),
    "other": (
        "Some areas below what we would expect; activities given, to be seen again in 8 weeks.",
        "Below in places. Will repeat the questionnaire and talk to the nursery.",
    ),
}
GROWTH = ("Weight following the line.", "Growing well.", "Weight and length plotted.", "")
FATHER = (
    "{partner} there too and very hands-on.",
    "{partner} changed the nappy while we talked.",
    "{partner} joined for the second half.",
    "{partner} asked good questions about sleep.",
)
MISSED = {
    "was_not_brought": (
        "{name} was not brought. Texted a new time.",
        "Not brought, no message. Will ring tomorrow.",
        "Not brought. Second time; letter and phone call.",
        "Not brought: mother had the wrong day. Rebooked.",
    ),
    "no_access": (
        "No answer at the door. Card left.",
        "No access. Neighbour thinks they are away.",
        "Buzzer not working, phone off. Will try again this week.",
        "Nobody in. Text sent.",
    ),
    "cancelled_by_family": (
        "Family cancelled, a cold in the house.",
        "Cancelled: back at work this week.",
        "Rang to move it, visitors from abroad.",
    ),
    "cancelled_by_service": (
        "Cancelled, staff sickness. Apologised and rebooked.",
        "Clinic cancelled, room flooded.",
        "Moved: called to a case conference.",
    ),
}
CLINIC = (
    "Weighed at clinic. Following the line.",
    "Drop-in clinic. Asked about winding.",
    "Weighed; mother pleased. Sleep talked about.",
    "Clinic. Eczema on cheeks, to see the pharmacist.",
    "Weighed. Reflux better since feeding upright.",
    "Weight up nicely. Starting solids at around six months talked through.",
)
CALLS = (
    "Rang to see how things are. All well.",
    "Call about constipation; advice given.",
    "Call: fussy eating. Small portions, no pressure.",
    "Rang back about sleep. Plan for a week, then talk again.",
    "Phone call. Worried about a rash, sent to 111.",
    "Call about the benefit letter; children's centre can help with it.",
)
TEXTS = (
    "Texted clinic times.",
    "Text: nursery form sent off. Replied with a thumbs up.",
    "Texted the number of the dentist, as asked.",
    "Text to say the vitamins are at the children's centre.",
)
PLUS_VISITS = (
    "Follow-up visit. Tantrums fewer since the bedtime change.",
    "Visit to see how feeding goes. Better than last week.",
    "Home visit. Damp in the bedroom, photographs taken for the landlord.",
    "Visit. Talked about separation and how the children take it.",
    "Seen at home. Routine is holding; praise and specific play time agreed.",
    "Visit with the interpreter. Immigration letter explained; advice centre booked.",
    "Follow-up. Sleeping through four nights in seven.",
)
LISTENING = (
    "Listening visit. Talked about the birth.",
    "Listening visit. A better week; went out twice.",
    "Listening visit. Mood lifting, appetite back.",
    "Listening visit. Still flat in the mornings. GP appointment on Thursday.",
    "Last listening visit. She feels like herself again.",
)
INTERPRETED = (
    "Interpreter on the phone.",
    "With the interpreter, who was very good.",
    "Interpreter booked for the next one too.",
)
AT_HIS = (
    "Seen at father's home. Own beds, toys out, easy between them.",
    "Visit to father. Handover days written on the fridge and working.",
    "Father asked about nursery drop-off and about sleep. Children settled with him.",
)
LOSS = (
    "Visited to say how sorry we are. Sat with her. No appointments will go out.",
    "Bereavement visit. Memory box at home. Support group details left, no rush.",
    "Phone call, as she asked. Will ring again when she says.",
)
# Antenatal clinics, by the week of pregnancy they are held around.
ANTENATAL_CLINICS: dict[int, tuple[str, ...]] = {
    16: (
        "Heard the heartbeat together. Screening results given, all low chance.",
        "Feels better since week 14. Scan booked for 20 weeks.",
        "Sickness easing. Vitamins and Healthy Start talked about.",
    ),
    25: (
        "Moving well. Glucose tolerance test booked.",
        "Blood pressure normal, fundal height on the line.",
        "Whooping cough vaccine offered. Maternity certificate given.",
    ),
    31: (
        "Iron low, tablets started. Moving well.",
        "Well. Talked about feeding and skin to skin.",
        "Birth preferences begun. Tour of the birth centre booked.",
    ),
    36: (
        "Head down. When to call and whom to call gone over.",
        "Bag packed. Signs of labour and the telephone numbers gone over.",
        "Growth on the line. Vitamin K and the first feed talked through.",
    ),
}
# A run of visits: the first note is the first visit's, the last one the last visit's.
WORK: dict[str, tuple[str, ...]] = {
    "midwife_booking": (
        "Booking appointment. Bloods taken, scan booked.",
        "Booked today, well and pleased.",
        "Booking. Previous notes requested. Folic acid and vitamin D.",
        "Booking. Screening choices explained.",
    ),
    "midwife_home": (
        "First days at home. Feeding established, jaundice checked.",
        "Blood spot taken, weight loss within normal.",
        "Postnatal visit. Stitches healing, mood bright.",
        "Postnatal visit. Tired, family helping.",
    ),
    "midwife_discharge": (
        "Discharged to health visiting. Back to birth weight.",
        "Last visit. Handover sent, knows how to reach us until day 28.",
        "Discharge visit. Weight gain good, cord off.",
    ),
    "family_support": (
        "First visit. Who lives here, who helps, what each of them wants. Goals written down.",
        "Weekly visit. Star chart going well.",
        "Went with mother to the housing office.",
        "Play session together on the rug; copied {name}'s sounds, much laughter.",
        "Filled in the nursery grant form.",
        "Budget done together; food bank voucher this once.",
        "Bedtime: third night without shouting.",
        "Talked about what each of the parents expects of the other.",
        "Both parents there. Agreed who does mornings.",
        "Family wheel repeated: sleep up from 3 to 6.",
        "Visit cut short, {name} unwell.",
        "Review of the plan with the team around the family.",
        "Letter to the landlord written together.",
        "Walked to the children's centre together, stayed for the group.",
        "Last visit. Looked back at the goals; most are met, the rest go into their own plan.",
    ),
    "again": (
        "First visit since social work stepped back. What to carry on with, what would worry us.",
        "Routines holding. Breakfast and bedtimes on the chart.",
        "Went to the group together.",
        "Talked about who to ring on a bad day.",
        "Last visit. The plan is theirs now.",
    ),
    "settling": (
        "Met at the children's centre, new to the area. GP, nursery and benefits listed.",
        "Went to the housing office together.",
        "Registered with the GP, red book transferred.",
        "Walked to the library and the one o'clock club.",
        "Visit. Boxes unpacked, cot up.",
        "All set up. Will ring when something comes up.",
    ),
    "settling_call": (
        "Rang to see how the first weeks are going.",
        "Call about council tax; form explained.",
    ),
    "family_support_call": (
        "Rang before the visit. All well, Thursday stands.",
        "Call after a hard weekend. Talked it through, visit brought forward.",
        "Rang the housing officer on their behalf.",
    ),
    "social_work": (
        "First visit after the referral. Purpose explained, {name} seen in the bedroom.",
        "Visit. {name} seen, playing and at ease.",
        "Home conditions improved, food in, beds made.",
        "Core group. Everyone did what they said they would.",
        "Unannounced visit. Home calm.",
        "Child in need review. Plan to go on for three months.",
        "Saw father at his own address, assessment continued.",
        "Talked with the nursery: attending, settled.",
        "Genogram drawn with the carers; two aunts can help.",
        "Visit. Bruises and bumps talked about, all explained by a first walker.",
        "Final visit of this plan. What has changed and what would bring us back.",
    ),
    "social_work_call": (
        "Rang the health visitor; no new concerns.",
        "Call from the grandparents. Noted, will be part of the assessment.",
        "Rang to confirm the review.",
    ),
    "breastfeeding": (
        "First visit. Latch talked through, a better one by the end.",
        "Home visit. Rugby hold suits them.",
        "Home visit. Sore side healing.",
        "Expressing plan for nights.",
        "Going well by itself now. Drop-in times left.",
    ),
    "breastfeeding_call": (
        "Call. Growth spurt, reassured.",
        "Call in tears; will come tomorrow.",
        "Message: going well, nipples healed.",
        "Message with the drop-in times.",
    ),
    "speech_and_language": (
        "Assessment through play. Understanding near age, few words.",
        "Therapy block: copying sounds in turn.",
        "Strategies practised: wait, watch, name.",
        "Home language encouraged throughout.",
        "Video of shared play looked at together.",
        "Review. Joining two words. To be seen again in three months.",
    ),
    "nutrition": (
        "First session. Goals: breakfast and a walk.",
        "Food diary looked at. Fewer sweet drinks.",
        "Cooked lentil stew together, portion sizes talked through.",
        "Last session. Weight steady, feels fitter.",
    ),
    "nutrition_call": (
        "Call between sessions. Walking to the shops daily.",
        "Rang about the food diary; will bring it.",
    ),
    "pairs": (
        "First session. Watched and wondered together.",
        "Session. Talked about how she was mothered herself.",
        "{name} turned to the voice again and again; noticed together.",
        "Session. Crying feels less like blame.",
        "Session. Laughed together for the first time here.",
        "Quiet session. Sat on the floor and followed {name}'s lead.",
        "Ending. Looked at the first film and the last one.",
    ),
    "domestic_abuse": (
        "Met at the agreed place. Safety plan begun.",
        "Safety plan gone over. Bag with a friend.",
        "Went with her to the solicitor.",
        "Seen at the agreed place. Locks changed.",
        "Housing panel papers done.",
        "Closing meeting. Knows how to come back, and the code word.",
    ),
    "domestic_abuse_call": (
        "Rang on the safe number at the agreed time.",
        "Call cut short, she rang back later. Safe.",
        "Rang on the safe number. Court date confirmed.",
    ),
    "doorstep_library": (
        "First visit. Four books chosen, the tiger one straight away.",
        "Chose the tiger book again.",
        "Father read the last page.",
        "Books swapped. Turns the pages alone now.",
        "Rhymes with actions, laughter on the stairs.",
        "Three books, all in one sitting.",
        "Last visit. Joined the library together.",
    ),
    "making_it_real": (
        "First visit. Looked for letters on the walk to the shop.",
        "Made a scrapbook of the week.",
        "Mark making with chalk in the yard.",
        "Shared a rhyme from home in both languages.",
        "Last visit. Took the scrapbook to show at nursery.",
    ),
    "police_call": (
        "Safe and well call. No further incident.",
        "Information shared for MARAC.",
    ),
}  # fmt: skip


def fill(sentence: str, **names: str) -> str:
    """A sentence with the names put in."""
    return sentence.format(**{"name": "Baby", "mother": "Mother", "partner": "Partner", **names})
