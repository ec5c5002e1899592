"""What practitioners write. Sentences are put together from what was found, so that they agree."""

from leap.demo.chance import Chance

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
WORK: dict[str, tuple[str, ...]] = {
    "midwife_booking": (
        "Booking appointment. Bloods taken, scan booked.",
        "Booked. First baby, well and pleased.",
        "Booking. Previous notes requested. Folic acid and vitamin D.",
        "Booking with interpreter. Screening choices explained.",
    ),
    "midwife_clinic": (
        "Routine antenatal. Blood pressure normal, fundal height on the line.",
        "Baby active. Iron low, tablets started.",
        "Whooping cough vaccine given. Birth preferences begun.",
        "Glucose tolerance test booked.",
        "Well. Talked about feeding and skin to skin.",
        "Head down. When to call and whom to call gone over.",
    ),
    "midwife_home": (
        "First day home. Feeding established, jaundice checked.",
        "Day 5: blood spot taken, weight loss within normal.",
        "Postnatal visit. Stitches healing, mood bright.",
        "Postnatal visit. Tired, family helping.",
    ),
    "midwife_discharge": (
        "Discharged to health visiting. Back to birth weight.",
        "Last visit. Handover sent, knows how to reach us until day 28.",
        "Discharge visit. Weight gain good, cord off.",
    ),
    "family_support": (
        "Weekly visit. Star chart going well.",
        "Went with mother to the housing office.",
        "Play session together on the rug; copied the baby's sounds, much laughter.",
        "Filled in the nursery grant form.",
        "Budget done together; food bank voucher this once.",
        "Bedtime: third night without shouting.",
        "Talked about what each parent expects of the other.",
        "Both parents there. Agreed who does mornings.",
        "Family wheel repeated: sleep up from 3 to 6.",
        "Visit cut short, baby unwell.",
        "Review of the plan with the team around the family.",
    ),
    "social_work": (
        "Visit. Children seen and spoken to alone in their room.",
        "Home conditions improved, food in, beds made.",
        "Core group. Everyone did what they said they would.",
        "Unannounced visit. Home calm.",
        "Child in need review. Plan to go on for three months.",
        "Saw father at his own address, assessment continued.",
        "Talked with the nursery: attending, settled.",
        "Supervised contact went well.",
    ),
    "breastfeeding": (
        "Called the helpline in tears; latch talked through, visit tomorrow.",
        "Home visit. Better latch in rugby hold.",
        "Text: going well, nipples healed.",
        "Met at the drop-in. Expressing plan for going back to work.",
        "Call. Growth spurt, reassured.",
    ),
    "speech_and_language": (
        "Assessment through play. Understanding near age, few words.",
        "Therapy block 2: copying sounds in turn.",
        "Strategies practised with both parents: wait, watch, name.",
        "Home language encouraged throughout.",
        "Review. Joining two words. To be seen again in three months.",
        "Video of shared play looked at together.",
    ),
    "nutrition": (
        "First session. Goals: breakfast and a walk.",
        "Food diary looked at. Fewer sweet drinks.",
        "Cooked lentil stew together, portion sizes talked through.",
        "Weight steady, feels fitter.",
    ),
    "pairs": (
        "First session. Watched and wondered together.",
        "Session. Talked about her own mother.",
        "Baby turned to her voice again and again; she noticed.",
        "Session. Crying feels less like blame.",
        "Ending planned. Two more sessions.",
    ),
    "domestic_abuse": (
        "Rang on the safe number at the agreed time.",
        "Safety plan gone over. Bag with a friend.",
        "Went with her to the solicitor.",
        "Seen at the agreed place. Locks changed.",
        "Call cut short, she rang back later. Safe.",
    ),
    "doorstep_library": (
        "Read three books on the stairs. Both children joined in.",
        "Chose the tiger book again. Father read the last page.",
        "Books swapped. Toddler turns pages now.",
        "Visit. Rhymes with actions, laughter.",
    ),
    "making_it_real": (
        "Looked for letters on the walk to the shop.",
        "Made a scrapbook of the week.",
        "Mark making with chalk in the yard.",
        "Shared a rhyme from home in both languages.",
    ),
    "police": (
        "Safe and well call after report of the 14th. No further incident.",
        "Information shared for MARAC.",
    ),
}  # fmt: skip


def fill(sentence: str, **names: str) -> str:
    """A sentence with the names put in."""
    return sentence.format(**{"name": "Baby", "mother": "Mother", "partner": "Partner", **names})


def join(chance: Chance, *pools: tuple[str, ...], **names: str) -> str:
    """One sentence of each pool, in order."""
    return " ".join(fill(chance.choice(pool), **names) for pool in pools if pool).strip()
