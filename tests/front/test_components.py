"""The pieces pages are made of."""

import re
import uuid

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from leap.core.ui.charts import interval_chart, nice_top, trend_chart


def rendered(source: str, request=None, **context: object) -> str:
    return engines["django"].from_string(source).render(context, request)


def key(page: str) -> str:
    return re.search(r'name="submission" value="([^"]+)"', page).group(1)


def test_a_status_has_one_word_and_one_colour():
    assert "govuk-tag--red" in rendered("{% status 'was_not_brought' %}")
    assert "Was not brought" in rendered("{% status 'was_not_brought' %}")


def test_a_status_can_say_more_and_keep_its_colour():
    page = rendered("{% status 'late' '2 days late' %}")
    assert "2 days late" in page
    assert "govuk-tag--red" in page


def test_a_status_nobody_has_named_is_grey_and_readable():
    assert ">Never heard of<" in rendered("{% status 'never_heard_of' %}")


def test_a_form_shown_again_keeps_the_key_it_was_sent_with(rf: RequestFactory):
    submission = str(uuid.uuid4())
    assert key(rendered("{% submission %}", rf.post("/", {"submission": submission}))) == submission


def test_a_new_form_gets_a_new_key(rf: RequestFactory):
    first, second = (key(rendered("{% submission %}", rf.get("/"))) for _ in range(2))
    assert first != second


def test_a_key_somebody_tampered_with_is_replaced(rf: RequestFactory):
    assert uuid.UUID(key(rendered("{% submission %}", rf.post("/", {"submission": '"><b>'}))))


def test_another_button_on_a_page_shown_again_has_its_own_key(rf: RequestFactory):
    submission = str(uuid.uuid4())
    request = rf.post("/", {"submission": submission})
    assert key(rendered("{% post_button 'Accept' '/accept/' %}", request)) != submission


def test_a_button_that_changes_something_carries_the_token(rf: RequestFactory):
    page = rendered("{% post_button 'Accept' '/accept/' %}", rf.get("/"))
    assert "csrfmiddlewaretoken" in page
    assert 'action="/accept/"' in page


def test_further_pages_keep_what_the_list_was_narrowed_to(rf: RequestFactory):
    page = Paginator(range(100), 10).page(3)
    links = rendered("{% pagination page %}", rf.get("/?team=stockwell&page=3"), page=page)
    assert "?team=stockwell&amp;page=4" in links
    assert 'aria-current="page"' in links


def test_cursors_page_too(rf: RequestFactory):
    links = rendered(
        "{% pagination page %}", rf.get("/?q=x"), page={"next": "c2", "previous": None}
    )
    assert "?q=x&amp;cursor=c2" in links
    assert "Previous" not in links


def test_one_page_needs_no_links(rf: RequestFactory):
    page = Paginator(range(3), 10).page(1)
    assert rendered("{% pagination page %}", rf.get("/"), page=page).strip() == ""


def test_the_tab_you_are_on_is_marked(rf: RequestFactory):
    tabs = "{% tab 'One' '/one/' %}{% tab 'Two' '/two/' count=3 %}"
    assert rendered(tabs, rf.get("/two/")).count('aria-current="page"') == 1


def test_zero_is_never_alarming():
    assert "leap-tile--red" not in rendered("{% tile 0 'late' tone='red' %}")
    assert "leap-tile--red" in rendered("{% tile 1 'late' tone='red' %}")


@pytest.mark.parametrize(
    "piece", ["details 'x'", "card 'x'", "nothing 'x'", "panel 'x'", "row 'x'"]
)
def test_what_goes_into_a_piece_is_escaped(piece: str):
    name = piece.split()[0]
    page = rendered(f"{{% {piece} %}}{{{{ typed }}}}{{% end{name} %}}", typed="<script>")
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_a_title_is_escaped():
    assert "<b>" not in rendered("{% card typed %}{% endcard %}", typed="<b>")


ROWS = [
    {"label": "Stockwell", "value": 0.5, "lower": 0.4, "upper": 0.6},
    {"label": "Vassall", "value": None, "lower": None, "upper": None, "note": "[c]"},
]


def test_a_chart_says_in_words_what_it_shows():
    page = rendered("{% interval_chart rows title='Breastfed' %}", rows=ROWS)
    assert 'role="img"' in page
    assert "Stockwell: 50.0% (from 40.0% to 60.0%). Vassall: [c]" in page
    assert "style=" not in page


def test_a_suppressed_value_leaves_no_trace_in_the_picture():
    drawn = interval_chart(ROWS)
    assert "x" not in drawn["rows"][1]
    assert drawn["rows"][1]["text"] == "[c]"


def test_a_missing_quarter_breaks_the_line():
    points = [
        {"label": str(n), "value": v, "lower": v, "upper": v} for n, v in enumerate((1, 2, None, 3))
    ]
    assert len(trend_chart(points, kind="number")["runs"]) == 2


@pytest.mark.parametrize(
    ("highest", "top"), [(0.93, 1), (0.31, 0.32), (17, 20), (0, 1), (1000, 1000)]
)
def test_an_axis_ends_on_a_round_number(highest: float, top: float):
    assert nice_top(highest, "percent" if highest < 1 else "number") == pytest.approx(top)


CELLS = (
    "{% table %}{% caption %}{{ typed }}{% endcaption %}{% columns %}{% column typed %}"
    "{% endcolumns %}{% rows %}{% table_row %}{% row_heading %}{{ typed }}{% endrow_heading %}"
    "{% cell typed %}{{ typed }}{% endcell %}{% endtable_row %}{% endrows %}{% endtable %}"
)


def test_what_goes_into_a_table_is_escaped():
    page = rendered(CELLS, typed='<script>"')
    assert page.count("&lt;script&gt;") == 5
    assert "<script>" not in page
    assert 'data-label="&lt;script&gt;&quot;"' in page


def test_a_cell_with_nothing_in_it_is_empty():
    """Narrow screens leave empty cells out."""
    assert "></td>" in rendered(
        "{% cell 'Note' %}\n  {% if note %}{{ note }}{% endif %}\n{% endcell %}"
    )


def test_a_cell_says_of_which_column_it_is_and_stands_as_its_kind():
    page = rendered("{% cell 'Sent' kind='number' %} 3 {% endcell %}")
    assert page == '<td class="govuk-table__cell leap-number" data-label="Sent">3</td>'


def test_a_column_can_be_for_screen_readers_alone():
    page = rendered("{% column 'Action' kind='hidden' %}")
    assert '<span class="govuk-visually-hidden">Action</span>' in page


def test_a_wide_table_stays_a_table_on_a_narrow_screen():
    assert "leap-table" in rendered("{% table %}{% endtable %}")
    assert "leap-table" not in rendered("{% table wide=True %}{% endtable %}")


def test_what_is_not_for_paper_is_not_printed():
    for piece in ("table", "table_row"):
        assert "leap-no-print" in rendered(f"{{% {piece} printed=False %}}{{% end{piece} %}}")
        assert "leap-no-print" not in rendered(f"{{% {piece} %}}{{% end{piece} %}}")


def test_a_table_says_to_a_screen_reader_what_its_heads_are_of():
    page = rendered(
        "{% caption size='m' name='people' %}People{% endcaption %}{% column 'Sent' %}"
        "{% row_heading %}Ada{% endrow_heading %}{% cell colspan=3 %}None{% endcell %}"
        "{% caption %}Quiet{% endcaption %}"
    )
    assert 'govuk-table__caption--m" id="people">People</caption>' in page
    assert '<th scope="col" class="govuk-table__header">Sent</th>' in page
    assert '<th scope="row" class="govuk-table__header">Ada</th>' in page
    assert 'colspan="3"' in page
    assert 'govuk-visually-hidden">Quiet</caption>' in page
