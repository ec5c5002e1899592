"""What people type: registering a family, and logging a contact."""

from families.forms.contacts import ContactForm
from families.forms.registering import FamilyForm, People

__all__ = ["ContactForm", "FamilyForm", "People"]
