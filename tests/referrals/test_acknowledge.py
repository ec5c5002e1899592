from referrals.transitions import receiver_actions, sender_actions


def test_sam_acknowledges_in_time(referral, sam, client_of):
    client_of(sam).post(f"/referrals/{referral.ref}/acknowledge/")

    referral.refresh_from_db()
    assert referral.status == "acknowledged"
    assert referral.acknowledged_at


def test_the_sender_stays_responsible(referral, sam, okafors, stockwell):
    receiver_actions.acknowledge(referral=referral, by=sam)

    okafors.refresh_from_db()
    assert okafors.lead_team == stockwell


def test_an_answer_does_not_put_off_when_it_was_acknowledged(referral, sam, grace):
    receiver_actions.ask(referral=referral, question="Which nights?", by=sam)
    first = referral.acknowledged_at
    sender_actions.answer(referral=referral, answer="Every night", by=grace)
    receiver_actions.acknowledge(referral=referral, by=sam)

    assert referral.acknowledged_at == first
