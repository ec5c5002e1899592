"""What goes along with one visit: two pieces of page, made by the templates that LEAP's own are."""

from typing import Any

from django.template.loader import render_to_string

from families.contacts.forms import ContactForm, form_for
from families.models import Family
from leap.casework.previsit_summary import previsit_summary
from leap.core.accounts.models import User


def visit(family: Family, user: User) -> dict[str, str]:
    """What to read before the door, and the form for afterwards, of a family that `user` has open.

    What colleagues wrote for named people stays behind.
    """
    door = previsit_summary(family, user, leaving=True)
    review = door["review"]
    prefilled = {"review": review.review, "child": review.person_ref} if review else {}
    return {
        "ref": family.ref,
        "name": family.name,
        "before": render_to_string("offline/before.html", {**door, "is_offline": True}),
        "contact": contact_form(family, form_for(family, user, begun=prefilled)),
    }


def contact_form(family: Family, form: ContactForm) -> str:
    """The form as a device shows it: empty, or with what is wrong with what was sent."""
    context: dict[str, Any] = {"family": family, "form": form}
    return render_to_string("offline/contact.html", context)
