"""A count of people or families on a page whose reader may not open them."""

from outcomes.disclosure import CONFIDENTIAL, is_small, nearest


def shown(number: int) -> str:
    """Hidden where it is small, rounded otherwise. Only for counts that nothing adds up to:
    others go through `disclosure.hidden_in`."""
    return CONFIDENTIAL if is_small(number) else f"{nearest(number):,}"
