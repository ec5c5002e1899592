"""manage.py document_moves: write the table of moves and its diagram into the documents."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from referrals.transitions.documentation import moves_page, with_diagram


class Command(BaseCommand):
    help = "Write docs/referral-moves.md, and the diagram in docs/handoffs.md, from the table."

    def handle(self, *args: Any, **options: Any) -> None:
        docs = settings.BASE_DIR / "docs"
        moves, handoffs = docs / "referral-moves.md", docs / "handoffs.md"
        moves.write_text(moves_page(), encoding="utf-8")
        page = with_diagram(handoffs.read_text(encoding="utf-8"))
        handoffs.write_text(page, encoding="utf-8")
        self.stdout.write("Wrote docs/referral-moves.md, and the diagram in docs/handoffs.md.")
