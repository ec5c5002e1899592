"""docs/indicators.md, written from the declarations.

`python -m outcomes.indicators.documentation` writes it.
"""

from pathlib import Path

from outcomes.indicators import INDICATORS, THEMES, Indicator

PAGE = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"
OPENING = """# Indicators

Written from the declarations in `outcomes/indicators/` by
`python -m outcomes.indicators.documentation`; a test fails while it is out of date. Figures come
for each of the four wards of 2011 and for LEAP, their union. Somebody's ward is where they
lived on the day that put them in the population: the latest move on or before it, a blank one
counting from birth, and on a tie the home listed first. People who lived elsewhere are in none
of them. Days are days in London.

Turning an age means that the birth date plus the age falls in the period; months are clamped to the
last day of a shorter one. Who died on or before that day is out. What is dated after the as-at date
is not counted, and a period that was not over by then carries the mark `[p]`.

Outside the partnership counts are rounded to the nearest 5, everything else is computed from the
rounded counts, and there is a percentage only where these are of 50 or more: `docs/reports.md`.
"""


def as_markdown() -> str:
    """The whole page."""
    lines = [OPENING, "| Code | Title | Better |\n|---|---|---|"]
    lines += [
        f"| `{indicator.code}` | {indicator.title} | {indicator.better or 'neither'} |"
        for indicator in INDICATORS.values()
    ]
    lines.append("")
    for theme, family in THEMES.items():
        lines.append(f"## {theme}\n")
        lines.extend(_section(indicator) for indicator in family)
    return "\n".join(lines)


def _section(indicator: Indicator) -> str:
    rows = {
        "Number": indicator.numerator,
        "Out of": indicator.denominator,
        "Day": f"{indicator.day}.",
        "Direction": f"{indicator.direction}.",
        "Interval": f"{indicator.method}.",
        "Publication": indicator.publication,
        "Disclosure": indicator.disclosure,
        "Source": f"{indicator.source}.",
        "Version": f"{indicator.version}.",
    }
    words = [f"### {indicator.title}\n", f"`{indicator.code}`. {indicator.why}\n"]
    words += [f"- **{name}:** {meaning}" for name, meaning in rows.items()]
    words += [f"- {detail}" for detail in indicator.details]
    return "\n".join([*words, ""])


if __name__ == "__main__":
    PAGE.write_text(as_markdown(), encoding="utf-8")
