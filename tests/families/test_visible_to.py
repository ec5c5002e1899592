from families import actions
from families.models import Family, Involvement


def test_the_lead_team_sees_the_family_it_registered(okafors, grace):
    assert list(Family.objects.visible_to(grace)) == [okafors]


def test_nobody_else_does(okafors, ruth, asha):
    assert not Family.objects.visible_to(ruth).exists()
    assert not Family.objects.visible_to(asha).exists()


def test_a_team_sees_it_from_its_involvement_until_the_end(okafors, sam, family_support, grace):
    actions.involve(
        family=okafors, team=family_support, reason=Involvement.Reason.TEAM_AROUND_FAMILY, by=grace
    )
    assert list(Family.objects.visible_to(sam)) == [okafors]
    assert sam.has_perm("families.view_family", okafors)

    actions.end_involvement(family=okafors, team=family_support, by=sam)

    assert not Family.objects.visible_to(sam).exists()
