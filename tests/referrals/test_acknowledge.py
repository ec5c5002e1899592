from referrals.transitions import receiver_actions, sender_actions


def test_sam_acknowledges_in_time(sent, sam, client_of):
    client_of(sam).post(f"/referrals/{sent.ref}/acknowledge/")

    sent.refresh_from_db()
    assert sent.status == "acknowledged"
    assert sent.acknowledged_at


def test_the_sender_stays_responsible(sent, sam, okafors, stockwell):
    receiver_actions.acknowledge(referral=sent, by=sam)

    okafors.refresh_from_db()
    assert okafors.lead_team == stockwell


def test_an_answer_does_not_put_off_when_it_was_acknowledged(sent, sam, grace):
    receiver_actions.ask(referral=sent, question="Which nights?", by=sam)
    first = sent.acknowledged_at
    sender_actions.answer(referral=sent, answer="Every night", by=grace)
    receiver_actions.acknowledge(referral=sent, by=sam)

    assert sent.acknowledged_at == first
