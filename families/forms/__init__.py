"""What people type about families."""

from families.forms.contacts import ContactForm
from families.forms.corrections import CorrectionForm
from families.forms.emergencies import BreakGlassForm, ExplainForm, JudgeForm
from families.forms.involvement import AddTeamForm, EndForm, LastDay
from families.forms.registering import FamilyForm, People
from families.forms.sharing import ConsentForm, SharingForm
from families.forms.visits import AlertForm

__all__ = [
    "AddTeamForm",
    "AlertForm",
    "BreakGlassForm",
    "ConsentForm",
    "ContactForm",
    "CorrectionForm",
    "EndForm",
    "ExplainForm",
    "FamilyForm",
    "JudgeForm",
    "LastDay",
    "People",
    "SharingForm",
]
