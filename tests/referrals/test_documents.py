from django.conf import settings

from referrals.transitions.documentation import moves_page, with_diagram


def document(name):
    return (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")


def test_the_page_about_moves_says_what_the_table_says():
    assert document("referral-moves.md") == moves_page(), "Run manage.py document_moves."


def test_the_page_about_handoffs_draws_what_the_table_says():
    page = document("handoffs.md")
    assert page == with_diagram(page), "Run manage.py document_moves."
