"""What tasks write into the log, and what leaves by e-mail, says nothing of any family."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from families.access import involvement_actions
from families.break_glass import actions as break_glass_actions
from families.models import Family
from leap.celery import app
from leap.core.outbox.models import Message
from leap.governance.subject_access.models import SubjectAccessRequest
from outcomes.calculation.nights import begin_due_night
from outcomes.models import Night
from referrals.models import Referral
from referrals.transitions import sender_actions
from tests.access import sweep
from tests.access.canary import release
from tests.access.world import EMERGENCY


@pytest.fixture
def canary(world):
    return release(world)


def arguments_of(name):
    """What a task of ours that takes something is given."""
    short = name.rpartition(".")[2]
    if short == "gather_for":
        return [SubjectAccessRequest.objects.filter(status="gathering").first().pk]
    if short == "work_night":
        return [Night.objects.latest("pk").pk]
    return []


def much_happens_to(family, world):
    """Everything that people are told of, at once, and something for each task to do."""
    by, team = world.users["social-worker"], world.teams["quiet"]
    broken = break_glass_actions.break_glass(
        family=family,
        reason=EMERGENCY,
        by=world.users["elsewhere"],
        review_by=timezone.localdate(),
    )
    break_glass_actions.judge_break_glass(
        broken=broken, justified=False, note="No need.", by=world.users["admin"]
    )
    involvement_actions.add_team(
        family=family, team=world.teams["family-support"], note="", last_day=None, by=by
    )
    referral = Referral.objects.get(family=family)
    again = sender_actions.refer(
        family=family,
        pathway=referral.pathway,
        from_team=referral.from_team,
        to_team=team,
        reason="They would like help with sleep.",
        by=by,
    )
    long_ago = timezone.now() - timedelta(days=40)
    Referral.objects.filter(pk=again.pk).update(
        sent_at=long_ago, acknowledge_by=long_ago.date(), first_contact_by=long_ago.date()
    )
    (request,) = SubjectAccessRequest.objects.filter(family=family)
    request.pieces.all().delete()
    SubjectAccessRequest.objects.filter(pk=request.pk).update(
        status=SubjectAccessRequest.Status.GATHERING
    )


def test_no_task_logs_or_sends_a_word_of_a_family(world, canary, monkeypatch):
    monkeypatch.setattr("celery.app.task.Task.delay", lambda *args, **named: None)
    with sweep.captured_log() as log:
        much_happens_to(Family.objects.get(pk=canary.family.pk), world)
        begin_due_night()
        app.loader.import_default_modules()
        ours = [name for name in sorted(app.tasks) if not name.startswith(("celery.", "tests."))]
        assert len(ours) > 10, "the tasks were not found"
        for name in ours:
            app.tasks[name].run(*arguments_of(name))
        app.tasks["leap.core.outbox.tasks.deliver_outbox"].run()
    mails = [f"{email.subject}\n{email.body}\n{email.to}" for email in mail.outbox]
    waiting = [
        f"{message.subject}\n{message.body}\n{message.last_error}"
        for message in Message.objects.all()
    ]
    assert len(mails) > 3, "nothing was sent"
    secret = canary.tell_tales
    assert sweep.secret_words_in(secret, log.getvalue()) == []
    assert sweep.secret_words_in(canary.words, "\n".join(mails + waiting)) == []
    subjects = "\n".join(email.subject for email in mail.outbox)
    assert sweep.secret_words_in(dict.fromkeys(canary.refs, "a reference"), subjects) == []
