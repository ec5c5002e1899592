"""manage.py document_moves: write docs/referral-moves.md from the table of moves."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from referrals.documents import moves_page


class Command(BaseCommand):
    help = "Write docs/referral-moves.md from the table of moves."

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "referral-moves.md"
        page.write_text(moves_page(), encoding="utf-8")
        self.stdout.write(f"Wrote {page.relative_to(settings.BASE_DIR)}.")
