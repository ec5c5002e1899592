"""Logging a contact from its form, for the page and for what a device sends later."""

from collections.abc import Mapping

from families.access import rules
from families.access.loading import members_of, working_teams
from families.contacts import actions
from families.contacts.defaults import contact_defaults
from families.contacts.forms import ContactForm
from families.models import Contact, Family
from leap.core.accounts.models import User

# What the key of a contact with a family is for, from wherever it is sent.
LOG_CONTACT_ROUTE = "families:log_contact {ref}"


def draft_key(ref: str) -> str:
    return f"contact-{ref}"


def form_for(
    family: Family, user: User, typed: object = None, begun: Mapping[str, str] | None = None
) -> ContactForm:
    """The form as `user` fills it in: as `typed`; or as it begins, from what `begun` says."""
    teams, members = working_teams(family, user), members_of(family, user)
    if not teams:
        rules.check_is_at_work(family, user)
    initial = (
        contact_defaults(family, members, begun, by=user) if begun is not None and not typed else {}
    )
    return ContactForm(typed, members=members, teams=teams, family=family, by=user, initial=initial)


def save(family: Family, form: ContactForm, user: User) -> Contact:
    """Log what a valid form says, as the team that was chosen. Raises what the action raises."""
    team = next(t for t in working_teams(family, user) if t.code == form.cleaned_data["team"])
    return actions.log_contact(family=family, new=form.contact(), team=team, by=user)
