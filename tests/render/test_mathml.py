"""Formulas as MathML: what is set, what stays source, and that no formula takes long, ends the process or moves far."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from tests.render.hostile import MATHEMATICS
from tests.render.pages import Page, assert_harmless
from vision_magic.render.markup import safe_html
from vision_magic.render.mathml import MAX_SOURCE, TAGS, mathml


def shown(source: str, *, display: bool = True) -> str:
    """Return MathML without its outermost elements and attributes."""
    inner = mathml(source, display=display).removeprefix(f'<math display="{"block" if display else "inline"}"><mrow>')
    return inner.removesuffix("</mrow></math>")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("x=2024", "<mi>x</mi><mo>=</mo><mn>2024</mn>", id="equation"),
        pytest.param(r"\mathbb{R}", "<mi>ℝ</mi>", id="letters of their own"),
        pytest.param(r"\text{a <b>}", "<mtext>a\u00a0&lt;b&gt;</mtext>", id="text"),
        pytest.param(r"a \sim b", "<mi>a</mi><mo>∼</mo><mi>b</mi>", id="an operator"),
        pytest.param(r"5\%", "<mn>5</mn><mi>%</mi>", id="a percentage"),
        pytest.param(r"\rlap{x}", "<mpadded><mtext>x</mtext></mpadded>", id="nothing overlaps"),
        pytest.param(r"\hspace{-9em}\hspace{99em}", "<mspace></mspace><mspace></mspace>", id="nothing moves far"),
        pytest.param(r"a\quad b", '<mi>a</mi><mspace width="1em"></mspace><mi>b</mi>', id="a space"),
        pytest.param(r"\boxed{x}", '<menclose notation="box"><mrow><mi>x</mi></mrow></menclose>', id="box"),
    ],
)
def test_a_formula_is_set(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize("name", ["align", "align*", "aligned", "split", "gather", "gathered", "multline", "cases"])
def test_lines_of_an_environment_are_rows_without_numbers(name: str) -> None:
    page = Page(mathml(f"\\begin{{{name}}}a &= b \\\\[1em] c &= d \\nonumber\\end{{{name}}}", display=True))
    if name in ("gather", "gathered", "multline"):
        assert len(page.named("mtr")) == 2
    assert page.text == "a=bc=d" or name == "cases"


@pytest.mark.parametrize(
    "source",
    [
        *(r"\frac{1}{", "}{", "^", "_", r"\left(", "x & y", r"a \\ b", r"\foo x", r"\ce{H2O}", r"\middle|"),
        *(r"50% of x", r"\text{a $x$}", r"\begin{tikzpicture}x\end{tikzpicture}", r"\begin{align}x", r"\backslash"),
        pytest.param("x+" * MAX_SOURCE, id="too long"),
        pytest.param("{" * 40 + "x" + "}" * 40, id="too deep"),
    ],
)
def test_what_is_wrong_or_not_known_stays_source(source: str) -> None:
    assert mathml(source, display=False) == ""


def test_a_formula_stands_once_as_source_and_once_hidden_for_pages_without_a_typesetter() -> None:
    page = assert_harmless(safe_html("So $a^2$."))
    assert [tag.name for tag in page.tags] == ["p", "span", "rp", "span", "math", "mrow", "msup", "mi", "mn"]
    assert page.tags[3]["style"] == "display:none"
    assert "".join(words.text for words in page.words if "rp" not in words.inside) == "So $a^2$.\n"


def test_a_formula_without_mathml_is_only_its_source() -> None:
    assert [tag.name for tag in Page(safe_html(r"So $\foo$.")).tags] == ["p", "span"]


def test_many_formulas_are_not_all_set_twice() -> None:
    page = Page(safe_html("$x_{1234567}$ " * 5_000))
    assert len(page.named("math")) < 3_000
    assert page.text.count("$") == 10_000


# Hostile formulas

PIECES = st.sampled_from(
    [
        *(
            r"\frac",
            r"\sqrt",
            r"\sqrt[",
            r"\binom",
            r"\overset",
            r"\mathbf",
            r"\text",
            r"\color{red}",
            r"\displaystyle",
        ),
        *(
            r"\left(",
            r"\right)",
            r"\middle|",
            r"\big(",
            r"\xrightarrow",
            r"\sum\limits",
            r"\hspace{9em}",
            r"\rlap",
            "'",
        ),
        *(
            "{",
            "}",
            "{",
            "}",
            "[",
            "]",
            "&",
            "\\\\",
            "^",
            "_",
            "x",
            "1",
            " ",
            "<",
            ">",
            '"',
            "&lt;",
            "<img src=x>",
            "%",
        ),
        *(r"\begin{matrix}", r"\end{matrix}", r"\begin{aligned}", r"\end{aligned}", r"\begin{array}{c|c}", r"\hline"),
        *(r"\href{javascript:alert(1)}", r"\unicode", r"\char", r"\def", r"\not", r"\operatorname", r"\tag", "\u202e"),
    ]
)


@given(st.lists(PIECES | st.characters(), max_size=60).map("".join))
def test_any_formula_is_harmless_before_it_is_sanitized_too(source: str) -> None:
    written = mathml(source, display=True)
    page = assert_harmless(written)
    assert {tag.name for tag in page.tags} <= TAGS
    assert not re.search(r"[$\\]", page.text)


@pytest.mark.parametrize("source", MATHEMATICS)
def test_no_formula_of_the_hostile_corpus_gets_through(source: str) -> None:
    assert_harmless(mathml(source, display=False))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece", ["{", r"\sqrt", r"\sqrt[", r"\left(", r"\begin{matrix}", "x^", "[(", r"\frac", r"\not", r"\color{red}"]
)
def test_a_formula_that_repeats_itself_neither_ends_the_process_nor_hangs(piece: str) -> None:
    """A faster library, written in Rust, did the one for most of these, and the other for 16 of the seventh."""
    for size in (20, MAX_SOURCE // len(piece), 100_000):
        mathml(piece * size, display=True)
