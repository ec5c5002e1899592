"""Whatever somebody typed can be printed, or the paper says what could not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leap.core.typesetting import clean, typeset
from tests.subject_access.reading import drawn

AT = datetime(2016, 5, 3, 9, 30, tzinfo=UTC)
NAMES = {
    "Amharic": "አበበ በቀለ",
    "Arabic": "محمد علي",
    "Armenian": "Արամ",
    "Bengali": "শ্রীমতী রহমান",
    "Chinese": "王小明 陳",
    "Cyrillic": "Наталья",
    "Emoji": "👶🏽 ❤️ 👨‍👩‍👧 🇬🇧",
    "Georgian": "გიორგი",
    "Greek": "Νίκος",
    "Gujarati": "જિજ્ઞેશ",
    "Hebrew": "דוד",
    "Hindi": "श्रीकृष्ण क्षत्रिय द्विवेदी",
    "Japanese": "たなか さくら",
    "Korean": "김민수",
    "Latin with marks": "Ọláòlú Nguyễn Thị Łukasz",
    "Malayalam": "ശ്രീജിത്ത്",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Sinhala": "ශ්‍රී",
    "Tamil": "தமிழ்ச்செல்வி",
    "Telugu": "శ్రీనివాస్",
    "Thai": "สมชาย ใจดี",
    "Urdu": "ڈاکٹر ٹیپو",
}
WITHOUT_GLYPH = {"Dhivehi": "ދިވެހި", "Tibetan": "བོད", "private": "\ue123", "newest emoji": "🫩"}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("typst") / "words.typ"
    path.write_text(
        '#set document(title: "Words")\n'
        '#set text(font: ("Libertinus Serif", "Noto Sans", "Noto Sans CJK SC"), lang: "en")\n'
        "#let said = json(bytes(sys.inputs.said))\n"
        "#said.text\n\n#if said.unprintable [NOT ALL]\n"
    )
    return path


@pytest.fixture
def printed(template):
    """The words on the paper that says `text`."""

    def printed(text):
        return drawn(typeset(template, "said", {"text": text}, AT))

    return printed


@pytest.mark.parametrize("language", NAMES)
def test_names_in_the_scripts_of_the_borough_are_printed_whole(printed, language):
    assert "NOT ALL" not in printed(NAMES[language])


@pytest.mark.parametrize("language", WITHOUT_GLYPH)
def test_what_has_no_glyph_is_a_box_and_the_paper_says_so(printed, language):
    words = printed(f"Hello {WITHOUT_GLYPH[language]} there")
    assert "NOT ALL" in words
    assert "Hello" in words
    assert "there" in words


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a\x07b\x1bc\x7f\x9f", "abc"),
        ("\ufeffAda\ufffe", "Ada"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("\uf0b7 milk\n\uf0a7 bread \uf0e0 shop", "• milk\n▪ bread → shop"),
        ("half \ud83d of one", "half  of one"),
        ("user\u202egnp.exe\u2066x", "usergnp.exex"),
        ("Jose\u0301", "José"),
        ("क्‍ष می‌خواهم", "क्‍ष می‌خواهم"),  # joiners and non-joiners are part of the word
        ("a\tb", "a b"),
    ],
)
def test_what_is_no_text_is_taken_out(typed, text):
    assert clean(typed) == text


def test_the_same_text_gives_the_same_bytes(template):
    content = {"text": "".join(NAMES.values()) + "".join(WITHOUT_GLYPH.values())}
    assert typeset(template, "said", content, AT) == typeset(template, "said", content, AT)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_at_all_becomes_a_document(template, text):
    assert typeset(template, "said", {"text": text}, AT).startswith(b"%PDF")
