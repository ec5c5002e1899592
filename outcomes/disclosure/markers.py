"""The markers of the Government Statistical Service that stand in the place of a number."""

CONFIDENTIAL, NOT_AVAILABLE, LOW, PROVISIONAL = "[c]", "[x]", "[low]", "[p]"
