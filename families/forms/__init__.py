"""What people type about families."""

from families.forms.contacts import ContactForm
from families.forms.emergencies import BreakGlassForm, ExplainForm, JudgeForm
from families.forms.involvement import AddTeamForm, EndForm, LastDay
from families.forms.registering import FamilyForm, People

__all__ = [
    "AddTeamForm",
    "BreakGlassForm",
    "ContactForm",
    "EndForm",
    "ExplainForm",
    "FamilyForm",
    "JudgeForm",
    "LastDay",
    "People",
]
