from django.conf import settings

from referrals.documents import moves_page


def test_the_page_about_moves_says_what_the_table_says():
    written = (settings.BASE_DIR / "docs" / "referral-moves.md").read_text(encoding="utf-8")
    assert written == moves_page(), "Run manage.py document_moves."
