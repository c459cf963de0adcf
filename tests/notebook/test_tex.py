"""TeX in a question: its braces are not names in the notebook."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from vision_magic.notebook.cell import Placeholder, pieces, tex_placeholders


def filled(prompt: str) -> str:
    """Return a prompt with each placeholder in capitals, without its braces."""
    return "".join(piece if isinstance(piece, str) else piece.path.upper() for piece in pieces(prompt))


@pytest.mark.parametrize(
    "prompt",
    [
        pytest.param(r"\frac{a}{b}", id="E3 two groups"),
        pytest.param(r"\sqrt[3]{x}", id="E3 an optional argument"),
        pytest.param(r"\sqrt[n]{x}{y}", id="and more groups"),
        pytest.param("x^{n}", id="E3 superscript"),
        pytest.param("10^{n}", id="a power of ten"),
        pytest.param("x_{i}", id="E3 subscript"),
        pytest.param("loss_{train}", id="subscript of a word"),
        pytest.param("_{i}^{n}", id="both"),
        pytest.param(r"\alpha_{n}^{k}", id="E3 of a command"),
        pytest.param(r"\text{name}", id="E3 text"),
        pytest.param(r"\operatorname*{argmax}", id="a star"),
        pytest.param(r"\begin{align} a &= {b} \\ c &= {d} \end{align}", id="E3 an environment"),
        pytest.param(r"\begin{align}{a}", id="an environment without an end"),
        pytest.param(r"\end{align}", id="an end without an environment"),
        pytest.param(r"\frac{1}{n}", id="a group that is no name, then one"),
        pytest.param(r"\frac{x_{1}+\sqrt{y}}{n}", id="nested groups, then a name"),
        pytest.param(r"\text{about {n} pixels}", id="a name inside a group"),
        pytest.param(r"\sum_{i}^{n}{x}", id="three groups"),
        pytest.param("$x + {y}$", id="E3 mathematics"),
        pytest.param("$$ {a} = {b} $$", id="displayed mathematics"),
        pytest.param(r"\( {a} + {b} \)", id="E3 in parentheses"),
        pytest.param("\\[\n{a}\n\\]", id="in brackets"),
        pytest.param(r"$\hat{y}$ and $y_{i}$", id="mathematics twice"),
        pytest.param("${x}^2$", id="mathematics that begins with a group"),
        pytest.param(r"\{x}", id="an escaped brace"),
        pytest.param(r"\mathbb{R}^{n} \to \mathbb{R}^{m}", id="spaces"),
        pytest.param(r"\hat{x}_{i}^{n}", id="E3 a subscript behind the group of a command"),
        pytest.param("x^{a}_{b}", id="E3 a subscript behind a superscript"),
        pytest.param(r"\{x}_{i}", id="a subscript behind an escaped brace"),
        pytest.param(r"\frac {a} {b}", id="E3 blanks before the groups"),
        pytest.param("\\frac\n{a}{b}", id="a line end before the groups"),
        pytest.param(r"\mathbb {x}", id="a blank before one group"),
        pytest.param(r"\'{a} \"{b} \^{i} \,{x} \\{y}", id="E3 accents and spaces"),
        pytest.param('{"a": {"b": [1, 2]}}', id="JSON"),
        pytest.param("{x + 1} {f(x)} {x!r} {x:.2f} {} { }", id="what only looks like an f-string"),
    ],
)
def test_e3_nothing_is_filled_in(prompt: str) -> None:
    assert filled(prompt) == prompt
    assert filled(f"What is {prompt} here?\n\nAnd {prompt}.") == f"What is {prompt} here?\n\nAnd {prompt}."


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        pytest.param("{a}{b}", "AB", id="two names"),
        pytest.param("{before}_{after}", "BEFORE_AFTER", id="E3 two names with a line between them"),
        pytest.param("{a}_{b}_{c}", "A_B_C", id="three names"),
        pytest.param("{a}^{b}", "A^{b}", id="a power"),
        pytest.param("{a}^{b}_{c} {my_name}_{d}", "A^{b}_{c} MY_NAME_D", id="a power with a subscript, then two names"),
        pytest.param(r"\alpha {a}, \${b} and \sqrt{x} {c}", r"\alpha A, \$B and \sqrt{x} C", id="words behind TeX"),
        pytest.param("{a}/{b}-{c}.png", "A/B-C.png", id="a file name"),
        pytest.param(r"\frac{a}{b} {c}", r"\frac{a}{b} C", id="a name after TeX"),
        pytest.param(r"\alpha {a}", r"\alpha A", id="a space behind a command"),
        pytest.param("x^{n} of {a}", "x^{n} of A", id="a name after a power"),
        pytest.param("costs ${price}", "costs $PRICE", id="money"),
        pytest.param("${a} and ${b}", "$A and $B", id="money twice"),
        pytest.param("${a}-${b}", "$A-$B", id="a range of money"),
        pytest.param("$5 for {name}, or 7$?", "$5 for NAME, or 7$?", id="money with words"),
        pytest.param("from $5 to {a} or $7", "from $5 to A or $7", id="money before and behind"),
        pytest.param("US$ {a} and {b} $", "US$ A and B $", id="spaces inside dollar signs"),
        pytest.param(r"\$ {a} \$", r"\$ A \$", id="escaped dollar signs"),
        pytest.param("$x\n\n{a}\n\n$", "$x\n\nA\n\n$", id="another paragraph"),
        pytest.param(r"\( x" + "\n\n{a} \\)", "\\( x\n\nA \\)", id="not closed in its paragraph"),
        pytest.param("snake_case {a}", "snake_case A", id="a line in a word"),
        pytest.param("_{a", "_{a", id="an open brace"),
        pytest.param("^ {a} _ {b}", "^ A _ B", id="alone"),
        pytest.param(r"\frac{{{a}}}{{{b}}}", r"\frac{A}{B}", id="three braces fill in TeX"),
        pytest.param(r"x_{{{i}}}", "x_{I}", id="three braces fill in a subscript"),
        pytest.param(r"\frac{{a}}{{b}}", r"\frac{a}{b}", id="two braces are one, as ever"),
        pytest.param("{{a}} {a}", "{a} A", id="two braces outside TeX"),
    ],
)
def test_e3_names_outside_tex_are_filled_in(prompt: str, expected: str) -> None:
    assert filled(prompt) == expected


def test_what_is_left_in_tex_is_known() -> None:
    assert tex_placeholders(r"\frac{a}{b} {c} x_{i}") == tuple(Placeholder(name, f"{{{name}}}") for name in "abi")


@given(st.text(alphabet="\\{}$^_[]()ab \n", max_size=60))
def test_every_prompt_keeps_its_text(prompt: str) -> None:
    """Only the braces of placeholders and of escapes go."""
    kept = "".join(piece if isinstance(piece, str) else piece.source for piece in pieces(prompt))
    assert kept.replace("{", "").replace("}", "") == prompt.replace("{", "").replace("}", "")


@pytest.mark.parametrize("part", ["\\a{", "_{", "\\begin{a}", "$", "\\(", "\\a[", "$x ", "{", "\\begin{a{", "^{a}"])
def test_long_prompts_are_read_in_linear_time(part: str) -> None:
    pieces(part * 30_000)  # a quadratic scan would take minutes
