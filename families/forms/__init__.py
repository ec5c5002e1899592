"""What people type about families."""

from families.forms.contacts import ContactForm
from families.forms.emergencies import BreakGlassForm, ExplainForm, JudgeForm
from families.forms.involvement import AddTeamForm, EndForm, LastDay
from families.forms.registering import FamilyForm, People
from families.forms.sharing import ConsentForm, SharingForm

__all__ = [
    "AddTeamForm",
    "BreakGlassForm",
    "ConsentForm",
    "ContactForm",
    "EndForm",
    "ExplainForm",
    "FamilyForm",
    "JudgeForm",
    "LastDay",
    "People",
    "SharingForm",
]
