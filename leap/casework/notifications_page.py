"""What has happened since one last looked, and how to be told of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.models import Family
from leap.core import parse
from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.notifications import actions
from leap.core.notifications.forms import NotificationPreferencesForm
from leap.core.notifications.models import Notification, NotificationPreference
from leap.core.notifications.types import ALWAYS_AT_ONCE, NotificationType
from leap.core.outbox import sms
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.ui.pagination import page_of
from referrals.models import Referral

A_PAGE = 25


@dataclass(frozen=True)
class ShownNotice:
    """A notice as far as its reader may still see what it is about."""

    notice: Notification
    family: Family | None
    is_hidden: bool


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices, the newest first; with `show=unread`, those alone."""
    user, only_unread = signed_in(request), request.GET.get("show") == "unread"
    mine = Notification.objects.visible_to(user).order_by("-made_at", "-pk")
    notifications = mine.unread() if only_unread else mine
    page: Page[Notification] = page_of(notifications, A_PAGE, request.GET.get("page"))
    context = {
        "page": page,
        "shown": visible_notices(list(page), user),
        "only_unread": only_unread,
        "on_all": not only_unread,
        "until": timezone.now().isoformat(),
    }
    return render(request, "leap/notices.html", context)


def visible_notices(notices: list[Notification], user: User) -> list[ShownNotice]:
    """Each notice with what `user` may see of its family today; hidden where that is nothing.

    Three questions at most, however many there are.
    """
    about = {notice.about for notice in notices if notice.about}
    refs = {notice.family_ref for notice in notices if notice.family_ref}
    referrals = set(
        Referral.objects.visible_to(user).filter(ref__in=about).values_list("ref", flat=True)
    )
    seen = Family.objects.visible_to(user).filter(ref__in=refs)
    families = {family.ref: family for family in seen}
    return [
        ShownNotice(
            notice,
            families.get(notice.family_ref),
            is_hidden=bool(notice.family_ref)
            and notice.family_ref not in families
            and notice.about not in referrals,
        )
        for notice in notices
    ]


@require_GET
def open_notice(request: HttpRequest, ref: str) -> HttpResponse:
    """Go to what a notice is about; it has then been read."""
    user = signed_in(request)
    notice = Notification.objects.visible_to(user).filter(ref=ref).first()
    if notice is None or visible_notices([notice], user)[0].is_hidden:
        raise Http404
    actions.open_notice(notice=notice, by=user)
    return redirect(notice.path)


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark all as read that were there when the page was shown; later ones stay unread."""
    try:
        until = parse.moment(request.POST.get("until", ""))
    except parse.Unreadable:
        messages.info(request, "Nothing was marked as read. Try the button again.")
    else:
        actions.read_all(until=until, by=signed_in(request))
        messages.success(request, "All of them are marked as read.")
    return redirect("notices")


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def choose_notices(request: HttpRequest) -> HttpResponse:
    """How one is told of each kind: at once, each morning, or on the page alone."""
    user = signed_in(request)
    choice = NotificationPreference.objects.filter(
        practitioner=user
    ).first() or NotificationPreference(practitioner=user)
    texts_to = user.telephone if sms.is_on() else ""
    form = NotificationPreferencesForm(sent_or_draft(request), choice=choice, texts_to=texts_to)
    if request.method == "POST" and form.is_valid():
        by_text = form.cleaned_data.get("by_text", choice.by_text)
        perform(request, actions.choose, how=form.how(), by_text=by_text, by=user)
        messages.success(request, "From now on you are told in this way.")
        return redirect("notices")
    always = [kind.label for kind in NotificationType if kind in ALWAYS_AT_ONCE]
    return render(request, "leap/choose_notices.html", {"form": form, "always": always})
