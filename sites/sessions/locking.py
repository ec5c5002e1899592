"""One at a time: whoever changes who is in a session, or who runs it."""

from sites.models import Session


def hold_session(session: Session) -> None:
    """Keep others from changing who is in this session until the commit."""
    Session.objects.select_for_update().only("pk").get(pk=session.pk)
