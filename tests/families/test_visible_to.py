from families.access import involvement_actions, restriction_actions
from families.models import Family, Involvement


def test_the_lead_team_sees_the_family_it_registered(okafors, grace):
    assert list(Family.objects.visible_to(grace)) == [okafors]


def test_nobody_else_does(okafors, ruth, asha):
    assert not Family.objects.visible_to(ruth).exists()
    assert not Family.objects.visible_to(asha).exists()


def test_a_team_sees_it_from_its_involvement_until_the_end(okafors, sam, family_support, grace):
    involvement_actions.involve(
        family=okafors, team=family_support, reason=Involvement.Reason.TEAM_AROUND_FAMILY, by=grace
    )
    assert list(Family.objects.visible_to(sam)) == [okafors]
    assert sam.has_perm("families.view_family", okafors)

    involvement_actions.end_involvement(family=okafors, team=family_support, by=sam)

    assert not Family.objects.visible_to(sam).exists()


def test_guardian_and_the_queryset_agree_for_everybody_in_every_state(
    okafors, grace, miriam, sam, ruth, dele, asha, noor, family_support
):
    """Shared, around, restricted, named, taken off and lifted."""
    everybody = (grace, miriam, sam, ruth, dele, asha, noor)

    def agree():
        for user in everybody:
            is_visible = Family.objects.visible_to(user).filter(pk=okafors.pk).exists()
            assert user.has_perm("families.view_family", okafors) == is_visible, user

    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    steps = (
        lambda: involvement_actions.involve(
            family=okafors, team=family_support, reason=reason, by=grace
        ),
        lambda: restriction_actions.restrict_family(
            family=okafors, kind="refuge", named=[miriam], by=grace
        ),
        lambda: restriction_actions.add_named_readers_to_family(
            family=okafors, named=[sam], by=grace
        ),
        lambda: restriction_actions.remove_named_reader_from_family(
            family=okafors, practitioner=sam, by=grace
        ),
        lambda: restriction_actions.unrestrict_family(family=okafors, by=grace),
        lambda: involvement_actions.end_involvement(family=okafors, team=family_support, by=sam),
    )
    agree()
    for step in steps:
        step()
        agree()
