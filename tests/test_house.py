"""The house rules hold: the gates of `manage.py check_all`, and the sizes we keep to."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leap.ops.runtime.checks import GATES, judge
from leap.ops.runtime.paths import ROOT

OURS = ("leap", "families", "referrals", "sites", "outcomes")
FILES = [
    path
    for app in OURS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
TEMPLATES = [
    path
    for folder in (
        ROOT / "templates",
        *(folder for app in OURS for folder in (ROOT / app).rglob("templates")),
    )
    for path in sorted(folder.rglob("*"))
    if path.is_file()
]
LONGEST_TEMPLATE_LINE = 160
STANDS_ALONE = "500.html"  # shown when nothing but the file itself can be trusted
# An address of ours that is written out: in an attribute, in a tag, or between two tags.
ADDRESS = re.compile(r"""(?:["'=]|%\})/(?!/)(?=[\w{%?#"'-])[^"'\s>]*""")
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "managers", "services", "signals"}


@pytest.mark.parametrize("gate", GATES)
def test_the_house_is_in_order(gate):
    if words := judge(gate):
        pytest.fail(words, pytrace=False)


def test_the_door_opens_with_nothing_installed():
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import leap.ops.runtime.dispatch"
    bare = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_no_file_grows_past_what_one_reads_at_a_sitting():
    files = [*FILES, *TESTS]
    assert [path for path in files if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_function_grows_past_a_screen():
    assert [name for path in [*FILES, *TESTS] for name in long_functions(path)] == []


def test_every_module_says_in_its_name_what_it_is_about():
    assert [path for path in FILES if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_there_are_templates_to_look_at():
    assert {path.suffix for path in TEMPLATES} == {".html", ".js"}


def test_no_line_of_a_template_is_too_long_to_read():
    assert [line for path in TEMPLATES for line in long_lines(path)] == []


def test_templates_call_addresses_by_name():
    """With {% url %} and {% static %}, so that an address can change in one place."""
    assert [address for path in TEMPLATES for address in addresses_written_out(path)] == []


def test_templates_leave_the_markup_of_tables_to_the_component():
    assert [path for path in TEMPLATES if "<table" in path.read_text()] == []


def test_every_table_says_what_it_is_of():
    tables = {path: path.read_text().count("{% table") for path in TEMPLATES}
    rows = {path: path.read_text().count("{% table_row") for path in TEMPLATES}
    named = {path: path.read_text().count("{% caption") for path in TEMPLATES}
    assert [path for path in TEMPLATES if tables[path] - rows[path] != named[path]] == []


@pytest.mark.parametrize(
    "planted",
    [
        '<a href="/families/">',
        "<a href='/'>",
        '<form action="/sessions/{{ session.ref }}/">',
        '<script src="/static/leap.js">',
        '<form data-draft="/drafts/{{ key }}/">',
        '{% back "/admin/teams/" "Back" %}',
        '{% link_button "Book" "/sites/?family="|add:family.ref %}',
        '<a href="{% if team %}{{ url }}{% else %}/admin/{% endif %}">',
        "{% block cancel %}/admin/{% endblock %}",
        "<a href=/families/>",
    ],
)
def test_an_address_that_is_written_out_is_found(planted, tmp_path):
    assert addresses_written_out(_template(tmp_path, f"<p>\n{planted}</p>")) != []


@pytest.mark.parametrize(
    "fine",
    [
        "<a href=\"{% url 'families:search' %}?q={{ name }}\">{{ one }}/{{ other }}</a><br/>",
        '<link href="{% static \'leap.css\' %}"><a href="#people"></a><a href="?page=2"></a>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1"/></svg> <code>/api/v1/</code>',
        '{% include "families/_losses.html" %}{{ on|date:"d/m/Y" }}',
    ],
)
def test_what_is_no_address_of_ours_is_left_alone(fine, tmp_path):
    assert addresses_written_out(_template(tmp_path, fine)) == []


def test_a_line_that_is_too_long_is_found(tmp_path):
    assert long_lines(_template(tmp_path, "<p>" + "a" * LONGEST_TEMPLATE_LINE)) != []
    assert long_lines(_template(tmp_path, "a" * LONGEST_TEMPLATE_LINE)) == []


def _template(folder: Path, source: str) -> Path:
    path = folder / "page.html"
    path.write_text(source)
    return path


def long_lines(path: Path) -> list[str]:
    lines = enumerate(path.read_text().splitlines(), 1)
    return [f"{path}:{number}" for number, line in lines if len(line) > LONGEST_TEMPLATE_LINE]


def addresses_written_out(path: Path) -> list[str]:
    if path.name == STANDS_ALONE:
        return []
    lines = enumerate(path.read_text().splitlines(), 1)
    return [f"{path}:{n} {match[0]}" for n, line in lines for match in ADDRESS.finditer(line)]


def long_functions(path: Path) -> list[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, functions) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
