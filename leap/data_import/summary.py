"""What an import came to, in words and in a table."""

from collections.abc import Iterator

from leap.data_import.importing import Outcome

COLUMNS = ("read", "new", "filled", "unchanged", "refused", "waiting")
TITLES = ("rows read", "new", "filled in", "unchanged", "refused", "waiting")


def lines(outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    """The table of files, and the verdict."""
    wide = max(len(tally.file) for tally in outcome.tallies)
    yield ""
    yield " " * wide + "".join(f"{title:>12}" for title in TITLES)
    for tally in outcome.tallies:
        yield f"{tally.file:<{wide}}" + "".join(f"{getattr(tally, c):>12,}" for c in COLUMNS)
    yield ""
    yield from _verdict(outcome, dry_run=dry_run)


def _verdict(outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    if outcome.left_out:
        yield (
            f"{outcome.total('refused'):,} rows are refused and {outcome.total('waiting'):,} good "
            "ones wait with their families. Correct the files and import them again."
        )
    if outcome.remarks:
        rows = "1 row is" if outcome.remarks == 1 else f"{outcome.remarks:,} rows are"
        yield f"{rows} taken in other than written: the lines above say how."
    if not outcome.changed:
        yield "Nothing new: LEAP is as it was."
    elif not dry_run:
        rest = "Everything else" if outcome.left_out else "Everything"
        yield f"{rest} is in: {outcome.changed:,} rows brought something new."
    if outcome.perhaps_known:
        yield (
            f"{outcome.perhaps_known:,} of these people may be on record with another team. The "
            "data quality officer is shown both records, under Possible duplicates."
        )
    if dry_run:
        yield "This was a dry run: nothing was written."
