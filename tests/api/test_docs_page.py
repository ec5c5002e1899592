import pytest


@pytest.mark.browser
@pytest.mark.parametrize("on", ["page", "phone"])
def test_the_reference_reads_well_on_a_desk_and_on_a_phone(request, on, axe):
    page = request.getfixturevalue(on)
    page.goto("/api/v1/docs/")
    assert page.locator("#referrals").inner_text() == "Referrals"
    assert axe(page) == []
