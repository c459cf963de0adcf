"""Incremental rendering of Markdown, which ends with the same HTML as rendering the whole text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from vision_magic.render.incremental_markdown import IncrementalMarkdown, close_delimiters
from vision_magic.render.markup import safe_html

TEXT = r"""# Peaks

Two *series*, \(a + b\), \[x^2\] and $y$.

- north

  rises
- south

1. first

2. second

| year | yield |
|------|-------|
| 2024 | 31    |

```python
def peak(series):
    return max(series)


print("end")
```
> quoted
and lazily continued

Heading
-------

    code

    more

$$
\frac{1}{2}
$$

See [the table][1], <b>no markup</b> and ![nothing](https://example.org/x.png).

[1]: https://example.org/table

* * *
last line"""


def written(text: str, pieces: list[str]) -> tuple[str, list[int]]:
    blocks, closed, counts = IncrementalMarkdown(), [], []
    so_far, still_open = "", ""
    for number, piece in enumerate(pieces, 1):
        so_far += piece
        update = blocks.update(so_far, final=number == len(pieces))
        assert update.first == len(closed)
        closed.extend(update.closed)
        still_open = update.open
        counts.append(len(closed))
    assert so_far == text
    return "".join([*closed, still_open]), counts


def bare(html: str) -> str:
    return html.replace("\n", "")


@pytest.mark.parametrize("step", [1, 2, 3, 7, 20, 1000])
def test_however_it_is_cut_the_end_is_the_same(step: int) -> None:
    # The definition stands below the link that needs it: only the last rendering knows it.
    text = TEXT.replace("[the table][1]", "the table")
    html, counts = written(text, [text[start : start + step] for start in range(0, len(text), step)])
    assert bare(html) == bare(safe_html(text))
    assert counts == sorted(counts)
    assert counts[-1] >= 10


def test_a_closed_block_is_never_sent_again() -> None:
    _, counts = written(TEXT, list(TEXT))
    assert all(after - before in (0, 1, 2) for before, after in pairwise(counts))


def test_a_list_that_goes_on_is_one_list() -> None:
    blocks = IncrementalMarkdown()
    assert blocks.update("1. one\n\n2").closed == ()  # "2" may become a sentence or the next item
    assert blocks.update("1. one\n\n2. two\n").closed == ()
    assert blocks.update("1. one\n\n2. two\n\nEnd.\n").closed == (safe_html("1. one\n\n2. two\n"),)


def test_links_know_the_definitions_above_them_and_none_that_is_half_written() -> None:
    blocks = IncrementalMarkdown()
    text = "[1]: https://example.org/here\n\nA [link][1].\n"
    for end in range(len(text)):
        update = blocks.update(text[:end])
    update = blocks.update(text)
    assert 'href="https://example.org/here"' in update.open


@pytest.mark.parametrize("marks", [("$$", "$$"), ("\\[", "\\]")])
def test_a_formula_that_is_being_written_is_one_block_and_its_lines_no_list(marks: tuple[str, str]) -> None:
    opening, closing = marks
    blocks = IncrementalMarkdown()
    assert len(blocks.update(f"So:\n{opening}\nf = x^2\n").closed) == 1
    update = blocks.update(f"So:\n{opening}\nf = x^2\n- 3x\n\n+ 2\n")
    assert update.closed == ()
    assert "<li>" not in update.open
    assert "x^2" in update.open
    assert closing not in update.open.replace(f"{opening}", "", 1)  # as written, and not as if it had ended
    text = f"So:\n{opening}\nf = x^2\n- 3x\n\n+ 2\n{closing}\n\nEnd.\n"
    assert len(blocks.update(text).closed) == 1
    # What never ends is no formula, in the end.
    assert "<li>" in IncrementalMarkdown().update(f"So:\n{opening}\nf = x^2\n- 3x\n", final=True).open


def test_a_formula_that_its_item_of_a_list_leaves_open_is_none() -> None:
    text = "1. $$\n   a\n2. b\n\nEnd"
    assert IncrementalMarkdown().update(text).open == IncrementalMarkdown().update(text, final=True).open


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The **bol", "The **bol**"),
        ("The **", "The "),
        ("The **bold*", "The **bold**"),
        ("The **bold** one", "The **bold** one"),
        ("2 ** 3 is", "2 ** 3 is"),
        ("an *emph", "an *emph*"),
        ("an *", "an "),
        ("* an item", "* an item"),
        ("2*3 and", "2*3 and"),
        ("call `pea", "call `pea`"),
        ("call `", "call "),
        ("call `peak(**all)` and", "call `peak(**all)` and"),
        ("see [the table](https://exam", "see the table"),
        ("see [the table](https://example.org) and", "see [the table](https://example.org) and"),
        ("- **one**\n- **tw", "- **one**\n- **tw**"),
        ("| year | yie", "| year | yie |\n|---|---|"),
        ("| year | yield |\n|--", "| year | yield |\n|---|---|"),
        ("| year | yield |\n|---|---|\n| 2024 | **3", "| year | yield |\n|---|---|\n| 2024 | **3**"),
        ("```python\nf(**all", "```python\nf(**all"),
        ("$$\nx `", "$$\nx `"),
        ("\\[\nx *", "\\[\nx *"),
        ("    f(**all", "    f(**all"),
    ],
)
def test_what_is_half_written_looks_as_it_will(written: str, shown: str) -> None:
    assert close_delimiters(written) == shown


def test_a_word_in_bold_is_never_seen_in_its_marks() -> None:
    blocks, text = (
        IncrementalMarkdown(),
        "The **north** series, *rising*, see `peak()` and [here](https://example.org).",
    )
    assert not any(re.search(r"[*`]|\]\(", blocks.update(text[:end]).open) for end in range(1, len(text)))


def test_marks_that_nobody_closed_stay_what_they_were_when_it_is_over() -> None:
    assert IncrementalMarkdown().update("The **north", final=True).open == safe_html("The **north")


@given(st.text(alphabet="ab *_-#>`|$\\[]()1.\n\t&<é\u2028\x0c\r", max_size=60), st.integers(1, 5))
def test_no_text_makes_trouble_and_nothing_unsafe_comes_out(text: str, step: int) -> None:
    pieces = [text[start : start + step] for start in range(0, len(text), step)]
    html, _ = written(text, pieces)
    for word in ("<script", "<img", "onerror", "javascript:"):
        assert word not in html
