"""A count of people or families on a page whose reader may not open them."""

from outcomes.disclosure import CONFIDENTIAL, is_small, round_count


def count_in_words(number: int) -> str:
    """Hidden where it is small, rounded otherwise. Only for counts that nothing adds up to:
    others go through `disclosure.suppressed_cells_in`."""
    return CONFIDENTIAL if is_small(number) else f"{round_count(number):,}"
