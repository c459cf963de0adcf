"""Rendering of hostile Markdown: it loads nothing, runs nothing, covers nothing, and hides no link's host."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from tests.render.hostile import CORPUS, DEEP
from tests.render.pages import TAGS, UNSAFE, Page, assert_harmless, without_ours
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.reply import Choice, Reply
from vision_magic.render.growing_choice import GrowingChoice
from vision_magic.render.markup import plain_html, safe_html
from vision_magic.render.reply import growing_html, reply_html, reply_text
from vision_magic.text import TextCleaner, clean_text

REPLY_TAGS = TAGS | {"details", "summary"}
REPLY_STYLES = {
    *("color", "text-align", "border-left", "padding-left", "padding-bottom", "margin-bottom"),
    *("font-size", "line-height", "margin-top", "position"),
    *("display", "grid-template-columns", "column-gap", "min-width"),
}

hostile = pytest.mark.parametrize("source", [pytest.param(source, id=repr(source[:40])) for source in CORPUS])

# Pieces that mean something to Markdown, to HTML or to a typesetter, so that random texts are about them.
PIECES = st.sampled_from(
    [
        *"[]()!<>\"'`~*_#|-=:;&$\\/{}^ \t\n",
        *(
            "```",
            "~~~",
            "$$",
            "](",
            "![",
            "<img ",
            "<a ",
            "</",
            "<!--",
            "-->",
            "&#",
            "&#x",
            ";",
            "\\(",
            "\\[",
            "\n\n",
            "> ",
        ),
        *(
            "javascript:",
            "https://",
            "data:",
            "mailto:",
            "//",
            "onerror=",
            "style=",
            "src=",
            "href=",
            "\\href{",
            "\\def",
        ),
        *("|-|", "python\n", "html\n", "\x1b", "\x00", "\u202e", "&lt;", "&colon;", "x", "5", "evil.example"),
    ]
)
RANDOM = st.lists(PIECES | st.characters(exclude_categories=()), max_size=40).map("".join)


def reply_of(words: str) -> Reply:
    call = ToolCall(id=words, name=words, arguments=words)
    said = Choice(text=words, reasoning=words, refusal=words, tool_calls=(call,), finish_reason=words)
    return Reply(choices=(said, said), model=words, host=words)


def growing(reply: Reply) -> str:
    choices = [GrowingChoice(number) for number in range(len(reply.choices))]
    for choice in choices:
        choice.update(reply)
    return growing_html(reply.model, [choice.html() for choice in choices])


@hostile
def test_no_hostile_text_leaves_a_live_part(source: str) -> None:
    assert_harmless(safe_html(source))


@pytest.mark.parametrize(
    "source", [pytest.param(source, id=repr(source[:40])) for source in CORPUS if source not in DEEP]
)
def test_no_hostile_reply_leaves_a_live_part_wherever_it_stands(source: str) -> None:
    assert_harmless(without_ours(reply_html(reply_of(source))), tags=REPLY_TAGS, styles=REPLY_STYLES)
    live = reply_html(reply_of(source), status=source, live=True)
    assert_harmless(without_ours(live), tags=REPLY_TAGS, styles=REPLY_STYLES)
    assert_harmless(without_ours(growing(reply_of(source))), tags=REPLY_TAGS, styles=REPLY_STYLES)
    assert not UNSAFE.search(reply_text(reply_of(source)))


@given(RANDOM)
def test_no_random_text_leaves_a_live_part(source: str) -> None:
    assert_harmless(safe_html(source))


@given(RANDOM)
def test_no_random_reply_leaves_a_live_part(source: str) -> None:
    assert_harmless(without_ours(reply_html(reply_of(source))), tags=REPLY_TAGS, styles=REPLY_STYLES)


@given(RANDOM)
def test_plain_text_stays_plain_text(source: str) -> None:
    page = assert_harmless(f"<p>{plain_html(source)}</p>")
    assert {tag.name for tag in page.tags} == {"p"} | ({"span"} if re.search(r"[$\\]", source) else set())
    assert page.text == clean_text(source)


@pytest.mark.parametrize(
    "source",
    [pytest.param(source, id=repr(source[:40]), marks=pytest.mark.slow if source in DEEP else ()) for source in CORPUS],
)
def test_what_was_made_harmless_is_harmless_again(source: str) -> None:
    assert_harmless(safe_html(safe_html(source)[:20_000]))


def test_raw_html_is_shown_as_text() -> None:
    assert safe_html("a <b onclick=x>b</b>") == "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"


# Ordinary answers keep their shape


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        pytest.param("# Title", ["h1"], id="heading"),
        pytest.param("*a* **b** ~~c~~ `d`", ["p", "em", "strong", "s", "code"], id="inline"),
        pytest.param("- a\n- b", ["ul", "li", "li"], id="list"),
        pytest.param("> a\n\n---", ["blockquote", "p", "hr"], id="quotation and rule"),
        pytest.param("a\\\nb", ["p", "br"], id="line break"),
        pytest.param("| a |\n|---|\n| b |", ["table", "thead", "tr", "th", "tbody", "tr", "td"], id="table"),
    ],
)
def test_markdown_becomes_html(source: str, tags: list[str]) -> None:
    assert [tag.name for tag in assert_harmless(safe_html(source)).tags] == tags


def test_a_list_starts_where_it_was_started() -> None:
    assert Page(safe_html("3. c\n4. d")).named("ol")[0]["start"] == "3"


def test_a_table_keeps_its_alignment() -> None:
    cells = Page(safe_html("| a | b |\n|--:|:-:|\n| 1 | 2 |")).named("td")
    assert [cell["style"].replace(" ", "").rstrip(";") for cell in cells] == ["text-align:right", "text-align:center"]


# Pictures and links


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("![a cat](https://evil.example/p.png?q)", "[picture: a cat, evil.example]", id="inline"),
        pytest.param("![a cat][1]\n\n[1]: https://evil.example/p", "[picture: a cat, evil.example]", id="reference"),
        pytest.param("![](https://evil.example/p.png)", "[picture: no description, evil.example]", id="no words"),
        pytest.param("![a](https://good.example@evil.example/p)", "[picture: a, evil.example]", id="user name"),
    ],
)
def test_a_picture_is_its_words(source: str, words: str) -> None:
    page = assert_harmless(safe_html(source))
    assert page.text.strip() == words
    assert [tag.name for tag in page.tags] == ["p"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("[here](https://one.example/a?b#c)", "here (one.example)", id="inline"),
        pytest.param("[here][1]\n\n[1]: http://one.example", "here (one.example)", id="reference"),
        pytest.param("<https://one.example/a>", "https://one.example/a", id="autolink says it already"),
        pytest.param("[https://one.example](https://one.example)", "https://one.example", id="text says it already"),
        pytest.param("[https://good.example](https://evil.example)", "https://good.example (evil.example)", id="lie"),
        pytest.param("[x](https://good.example@evil.example/)", "x (evil.example)", id="user name"),
        pytest.param("[x](https://good.example:pw@evil.example:8080/)", "x (evil.example:8080)", id="port"),
        pytest.param("[x](HTTPS://Evil.Example)", "x (Evil.Example)", id="upper case"),
        pytest.param("[x](mailto:a@b.example)", "x (a@b.example)", id="mail"),
        pytest.param("[x](https://b\u00fccher.example)", "x (xn--bcher-kva.example)", id="letters from elsewhere"),
        pytest.param("[**a** `b`](https://one.example)", "a b (one.example)", id="formatted"),
        pytest.param("[](https://one.example)", " (one.example)", id="empty"),
        pytest.param(
            "<https://one.example> <https://one.example>",
            "https://one.example https://one.example",
            id="the same twice",
        ),
        pytest.param(
            "[a](https://one.example) [a](https://one.example)",
            "a (one.example) a (one.example)",
            id="same words twice",
        ),
    ],
)
def test_a_link_shows_where_it_leads(source: str, text: str) -> None:
    page = assert_harmless(safe_html(source))
    assert page.text.removesuffix("\n").replace("  ", " ") == text
    assert all(tag["href"] for tag in page.named("a"))


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](/lab)",
        "[x](#top)",
        "[x](//evil.example)",
        "[x](https:evil.example)",  # on a page of https, the notebook's own evil.example
        "[x](https:/hub/logout)",
        "[x](http:///lab?reset)",
        "[x](mailto:)",
    ],
)
def test_any_other_link_stays_as_it_was_written(source: str) -> None:
    page = assert_harmless(safe_html(source))
    assert page.named("a") == []
    assert page.text.strip() == source


# Dollars


@pytest.mark.parametrize(
    "source",
    [
        "It costs $5 and $6.",
        "From $1,000 to $2,000 per unit",
        "$5-$10",
        "($5)-($6)",
        "US$5, A$6",
        "a $ b $ c",
        "\\$5 and \\$6",
        "5$",
        "$",
        "$$",
        "**$5** or *$6*",
        "| $5 | $6 |\n|---|---|\n| $7 | $8 |",
        "[$5](https://one.example) and $6",
        "![$5](https://one.example)",
        "From $$ to $$$",
        "$$-$$$ per person",
        "pay $10, x and 5$ more",
        "$$$ is dear, $$ is not",
        "Prices:\n$$ - cheap\n$$$ - dear",
    ],
)
def test_a_price_is_no_mathematics(source: str) -> None:
    page = assert_harmless(safe_html(source))
    dollars = [words for words in page.words if "$" in words.text]
    assert len(dollars) == source.count("$")
    assert all(words.text == "$" and words.inside[-1] == "span" for words in dollars)


@pytest.mark.parametrize(
    ("source", "mathematics"),
    [
        pytest.param("So $a^2$ it is", "$a^2$", id="inline"),
        pytest.param("$x_1 < y & z$", "$x_1 < y & z$", id="marks of HTML"),
        pytest.param("$\\frac{1}{2}$", "$\\frac{1}{2}$", id="command"),
        pytest.param("$$\n\\int_0^1 x\\,dx\n$$", "$$\n\\int_0^1 x\\,dx\n$$", id="display"),
        pytest.param("$$x = 1$$", "$$x = 1$$", id="display on one line"),
        pytest.param("$*a* _b_$", "$*a* _b_$", id="no emphasis inside"),
        pytest.param("The area is:\n$$\nA = \\pi r^2\n$$", "$$A=\\pi r^2$$", id="right below a line"),
        pytest.param("The area is:\n\\[\nA\\\\{}\n\\]\nhere.", "$$A\\\\{}$$", id="brackets below a line"),
        pytest.param("1. **Slope**:\n   $$\n   m = 2\n   $$\n2. b", "$$m = 2$$", id="in a list"),
        pytest.param("> so\n> $$\n> m = 2\n> $$\nb", "$$m = 2$$", id="in a quotation"),
        pytest.param("\\[\nf(x) = x^2\n- 3x\n+ 2\n\\]", "$$f(x) = x^2 - 3x + 2$$", id="lines like those of a list"),
        pytest.param("\\[ x^2 \\]", "$$x^2$$", id="brackets on one line"),
        pytest.param("So \\(a_1\\) it is", "$a_1$", id="round brackets"),
        pytest.param("It is $$A = 2$$, so", "$$A = 2$$", id="display within a line"),
        pytest.param("$$\n\na = 1\n\n$$", "$$a = 1$$", id="blank lines inside"),
        pytest.param("$$x = 1$$ (1)", "$$x = 1$$", id="numbered"),
        pytest.param("so $$k$$ here", "$$k$$", id="a letter, display within a line"),
        pytest.param("Is $2ab$ it", "$2ab$", id="a number first"),
        pytest.param("$a\\$b$", "$a\\$b$", id="a dollar inside"),
        pytest.param("$a\\\\$ and 5$", "$a\\\\$", id="a backslash at its end"),
        pytest.param(
            "So\n\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}\nhere",
            "$$\\begin{align*}a&=b\\\\c&=d\\end{align*}$$",
            id="an environment",
        ),
        pytest.param("```math\ne = mc^2\n```", "$$e = mc^2$$", id="a fence"),
        pytest.param("$\\hreflike \\defn \\letter$", "$\\hreflike \\defn \\letter$", id="names that only begin alike"),
    ],
)
def test_mathematics_stays_as_its_source(source: str, mathematics: str) -> None:
    page = assert_harmless(safe_html(source))
    assert re.sub(r"\s+", "", mathematics) in [re.sub(r"\s+", "", words.text) for words in page.words]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("It costs $10. Use `$code$` here.", "$code$"),
        ("pay $10. Then `a$b`.", "a$b"),
        ("Set `$HOME` and `$PATH`", "$HOME$PATH"),
    ],
)
def test_code_stays_code_after_a_price(source: str, code: str) -> None:
    assert assert_harmless(safe_html(source)).code == code


@pytest.mark.parametrize(
    "source",
    [
        "$\\href{javascript:alert(1)}{x}$",
        "$a + \\href {javascript:alert(1)} b$",
        "$$\n\\href{javascript:alert(1)}{x}\n$$",
        "$\\def\\alpha{beta}$",
        "$\\htmlClass{jp-Cell}{x}$",
        "$\\Rule{80em}{40em}{40em}$",
        "$\\smash{x}$",
        "$\\DeclarePairedDelimiter{\\pm}{-}{}$",
    ],
)
def test_mathematics_that_acts_is_shown_as_text(source: str) -> None:
    """A typesetter makes links and styles of some commands, and keeps definitions for the cells below."""
    page = assert_harmless(safe_html(source))
    assert re.sub(r"\s+", "", page.text) == re.sub(r"\s+", "", source)


@pytest.mark.parametrize("field", ["reasoning", "refusal"])
def test_prices_are_no_mathematics_in_what_is_no_markdown(field: str) -> None:
    """The typesetter reads the whole output, also the parts that are plain text."""
    html = reply_html(Reply(choices=(Choice(**{field: "$5 \\(x\\) $6"}),), model="a$b$c", host="d$e$f"))
    page = assert_harmless(without_ours(html), tags=REPLY_TAGS, styles=REPLY_STYLES)
    assert [words.text for words in page.words].count("$") == 6


# Code

LANGUAGES = [
    *("python", "json", "html", "js", "css", "bash", "console", "pycon", "diff", "r", "julia", "sql", "latex", "c++"),
    *("yaml", "toml", "xml", "php", "markdown", "http", "text", "mermaid", "", "no-such-language"),
]
CODES = [
    pytest.param("x = 1  # one\n", id="plain"),
    pytest.param("\n\n  indented\n\n\n", id="blank lines around"),
    pytest.param("a\tb\n\tc\n", id="tabs"),
    pytest.param("<script>alert('&amp;')</script> $a$ \\(b\\)\n", id="marks"),
    pytest.param('print("""unclosed\n', id="unclosed"),
    pytest.param(" trailing  \n", id="trailing blanks"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_text_of_code_is_unchanged(language: str, code: str) -> None:
    page = assert_harmless(safe_html(f"````{language}\n{code}````"))
    assert page.code == code


@given(st.sampled_from(LANGUAGES), st.lists(PIECES | st.characters(), max_size=30).map("".join))
def test_the_text_of_any_code_is_unchanged(language: str, code: str) -> None:
    code = clean_text(code).replace("`", "'") + "\n"
    page = assert_harmless(safe_html(f"````{language}\n{code}````"))
    assert page.code == code


def test_code_is_coloured_with_the_themes_colours_only() -> None:
    page = assert_harmless(safe_html("```python\ndef f(x):  # one\n    return 'a' + 1\n```"))
    styles = {tag["style"] for tag in page.named("span")}
    assert len(styles) >= 4
    assert all(re.fullmatch(r"color: ?var\(--jp-mirror-editor-[a-z]+-color\);?", style) for style in styles)


@pytest.mark.parametrize(
    "language", ['" onclick="alert(1)', "<img/src=x>", "../../x", "a" * 10_000, "\x00", "$a$", "__class__", "None"]
)
def test_a_hostile_language_is_no_language(language: str) -> None:
    page = assert_harmless(safe_html(f"```{language}\nx = 1\n```"))
    assert page.text.strip() == "x = 1"
    assert [tag.name for tag in page.tags] == ["pre", "code"]


@pytest.mark.parametrize("source", ["```python\nx = 1", "~~~\nx = 1", "    x = 1"])
def test_code_that_is_still_being_written_is_code(source: str) -> None:
    assert assert_harmless(safe_html(source)).code.strip() == "x = 1"


# Control characters


@given(st.text(st.characters(exclude_categories=())))
def test_no_control_character_survives(text: str) -> None:
    cleaned = clean_text(text)
    assert not UNSAFE.search(cleaned)
    assert clean_text(cleaned) == cleaned
    cleaned.encode("utf-8")


@given(st.text())
def test_text_without_control_characters_is_unchanged(text: str) -> None:
    text = re.sub("[\u200c\u200d\ufe0e\ufe0f]", "", UNSAFE.sub("", text))
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and newline stay"),
        pytest.param("a\r\nb", "a\nb", id="CRLF"),
        pytest.param("a\rb", "a\u240db", id="carriage return"),
        pytest.param("\x1b[2J", "\u241b[2J", id="escape"),
        pytest.param("\x00\x7f", "\u2400\u2421", id="first and last"),
        pytest.param("\x9b31m", "⟨U+009B⟩31m", id="C1"),
        pytest.param("a\u202eb", "a⟨U+202E⟩b", id="right to left override"),
        pytest.param("\u061c", "⟨U+061C⟩", id="Arabic letter mark"),
        pytest.param("\U000e0041", "⟨U+E0041⟩", id="tag character"),
        pytest.param("pay\u200bpal", "pay⟨U+200B⟩pal", id="space without width"),
        pytest.param("\u2060\ufeff\u00ad", "⟨U+2060⟩⟨U+FEFF⟩⟨U+00AD⟩", id="others without width"),
        pytest.param("a\U000e0100b", "a⟨U+E0100⟩b", id="selector that carries words"),
        pytest.param("a\u2028b", "a⟨U+2028⟩b", id="line separator"),
        pytest.param("\ud83d", "⟨U+D83D⟩", id="half a character"),
        pytest.param("größe 😀 日本 שלום", "größe 😀 日本 שלום", id="everybody's letters stay"),
        pytest.param("👩‍🔬", "👩‍🔬", id="joined emoji stays"),
    ],
)
def test_control_characters_are_made_visible(text: str, shown: str) -> None:
    assert clean_text(text) == shown


# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, Unicode 14.0 to 17.0: 4,174 code points.
IGNORABLE = [
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
]


@pytest.mark.parametrize("around", ["{}", "a{}b", " {} ", "1{}2", "א{}ב", "日{}本", "a\u0301{}b", "{}☃", "<b>{}</b>"])
def test_e10_every_character_without_a_shape_is_made_visible(around: str) -> None:
    codes = [code for first, last in IGNORABLE for code in range(first, last + 1)]
    assert len(codes) == 4_174
    assert [code for code in codes if clean_text(around.format(chr(code))) != around.format(f"⟨U+{code:04X}⟩")] == []


@pytest.mark.parametrize("base", ["☃", "👍", "ب", "क", "ᠠ", "1", "ক্"])
def test_e10_at_most_one_of_them_stays_between_two_characters(base: str) -> None:
    """Otherwise a run of joiners or selectors could carry words."""
    codes = [chr(code) for first, last in IGNORABLE for code in range(first, min(last, 0xFFFF) + 1)]
    for first in codes:
        for second in (first, "\u200d", "\ufe0f"):
            shown = clean_text(f"{base}{first}{second}x")
            assert sum(char in codes for char in shown) <= 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("👩‍🔬 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥 👩🏽‍⚕️ 🧑🏻‍❤️‍💋‍🧑🏿 ⛹🏿‍♀️ 🙂‍↔️", id="joined emoji"),
        pytest.param("☃︎ ☃️ ℹ️ ™️ ©️ ‼️ 〰️ ▶︎", id="styled emoji"),
        pytest.param("1️⃣ #️⃣ *️⃣", id="key caps"),
        pytest.param("🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿", id="flags of England, Scotland and Wales"),
        pytest.param("می‌خواهم کتاب‌های ه‍ PDF‌ها ۱۰‌ساله ۲‌ساله", id="Persian"),
        pytest.param("क्‍ष र‍्य नन्‍", id="Devanagari"),
        pytest.param("ক্‌ষ র‍্য ന്‍ ශ්‍රී ක්‍ෂ", id="Bengali, Malayalam, Sinhala"),
        pytest.param("ᠠ᠋ ᠨ᠎ᠠ", id="Mongolian"),
    ],
)
def test_e10_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert clean_text(text) == text
    for size in (1, 2, 3):
        cleaner = TextCleaner()
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        assert "".join(map(cleaner.feed, pieces)) + cleaner.end() == text
    assert Page(safe_html(f"So {text}.")).text.strip() == f"So {text}."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\u200db", id="a joiner between Latin letters"),
        pytest.param("☃\u200db", id="a joiner between an emoji and a letter"),
        pytest.param("a\ufe0f", id="a selector after a letter"),
        pytest.param("1\ufe0f2", id="a selector after a number"),
        pytest.param("🏴\U000e0061\U000e007f", id="a flag of no country"),
        pytest.param("e\u180b", id="a Mongolian selector after another letter"),
        pytest.param("葛\U000e0100", id="a variant of an ideograph"),
    ],
)
def test_e10_out_of_place_they_are_visible(text: str) -> None:
    assert "⟨U+" in clean_text(text)


@given(
    st.lists(st.sampled_from("a\r\n1☃👍🏽\u200d\ufe0f\u20e3ب\u200c\u202e🏴\U000e0067\U000e007fᠠ\u180b ")).map("".join),
    st.data(),
)
def test_e10_text_that_arrives_in_pieces_is_shown_as_the_whole(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    cleaner = TextCleaner()
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert "".join(map(cleaner.feed, pieces)) + cleaner.end() == clean_text(text)


@pytest.mark.parametrize("source", ["&#x202e;", "&#8238;", "&#x61c;", "&#27;", "&#x9b;", "&rlm;", "&#xe0041;"])
def test_a_control_character_written_as_an_entity_is_made_visible_too(source: str) -> None:
    page = assert_harmless(safe_html(f"a {source} b"))
    assert re.fullmatch(r"a (⟨U\+[0-9A-F]+⟩|\u241b|\ufffd) b", page.text.strip())


@given(st.text(st.sampled_from("a\r\n\t\x1b\x9b\u202e\U000e0041é😀")), st.data())
def test_a_text_that_is_cleaned_in_pieces_is_as_clean(text: str, data: st.DataObject) -> None:
    """A stream is printed piece by piece. Only a line end that is cut in two shows its CR, as a lone one does."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    cut_line_end = any(text[:cut].endswith("\r") and text[cut:].startswith("\n") for cut in cuts)
    cleaned = "".join(map(clean_text, pieces))
    assert not UNSAFE.search(cleaned)
    assert re.sub("\u240d+\n", "\n", cleaned) == re.sub("\u240d+\n", "\n", clean_text(text))
    assert cut_line_end or cleaned == clean_text(text)


@given(st.text(st.characters(exclude_categories=())))
def test_no_reply_in_plain_text_steers_a_terminal(words: str) -> None:
    shown = reply_text(reply_of(words))
    assert not UNSAFE.search(shown)
    shown.encode("utf-8")
