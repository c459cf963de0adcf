"""The table of a run: rows by key and by position, counts, pictures, labels, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, make_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from PIL import Image as PILImage

from tests.each.run_files import close_runs, run_of
from vision_magic.each.row import Row
from vision_magic.each.run_file import rows as run_rows
from vision_magic.each.run_file.row_columns import from_columns
from vision_magic.each.run_file.run_file import RunFile
from vision_magic.each.table.table import Table
from vision_magic.errors import RunError

STAGES = ("pro", "meta", "ana")


@dataclass
class Cell:
    stage: Literal["pro", "meta", "ana"]
    count: int
    sure: bool


class Colour(Enum):
    RED = 1
    BLUE = 2


def row(key: Any, stage: str = "pro", count: int = 1, **changes: Any) -> Row:
    known: dict[str, Any] = {
        "state": "done",
        "value": {"stage": stage, "count": count, "sure": True},
        "model": "m-2025",
        "prompt_tokens": 100,
        "completion_tokens": 10,
        "seconds": 0.5,
        "tries": 1,
    }
    return Row(key=key, **known | changes)


def failed(key: Any, error: str = "The server is busy.") -> Row:
    return row(key, state="failed", value=None, error=error, model="", prompt_tokens=0, completion_tokens=0, tries=3)


def run(*rows: Row, kind: Any = Cell) -> RunFile:
    return run_of(rows, kind)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_runs()


@pytest.fixture
def rows() -> Table:
    kept = run(row("a"), failed("b"), row("c", "meta", doubt="repaired once"), row("d", "ana", 4))
    return Table(kept, total=10, prices={"m": (2.0, 4.0)})


# -- rows ------------------------------------------------------------------------------------------------------


def test_a_row_is_found_by_its_key_and_a_table_by_positions(rows: Table) -> None:
    assert rows["c"].value["stage"] == "meta"
    assert [found.key for found in rows[1:3]] == ["b", "c"]
    assert [found.key for found in rows[::2]] == ["a", "c"]
    assert [found.key for found in rows[-2:][:1]] == ["c"]
    assert [found.key for found in rows[::2][1:]] == ["c"]
    assert list(rows[9:][:2]) == []
    assert (len(rows), len(rows[1:3]), len(rows[1:30]), len(rows[9:])) == (4, 2, 3, 0)
    assert "a" in rows
    assert "z" not in rows


def test_a_key_that_no_row_has_is_named_with_one_that_has(rows: Table) -> None:
    with pytest.raises(KeyError, match="No row has the key 'z'; expected the key of a row such as 'a'"):
        rows["z"]


@pytest.mark.parametrize("wrong", ["chart_01", "Chart 01.PNG", "night/chart 01.png"])
def test_a_key_that_is_like_that_of_a_row_is_answered_with_it(wrong: str) -> None:
    table = Table(run(row("chart 01.png"), row("other.png")))
    for use in (table.__getitem__, lambda key: table.set_label(key, {"count": 1})):
        with pytest.raises(KeyError, match=re.escape("(did you mean 'chart 01.png'?)")):
            use(wrong)


def test_a_slice_backwards_is_refused(rows: Table) -> None:
    with pytest.raises(RunError, match="step -1"):
        rows[::-1]


def test_integer_keys_are_keys_and_not_positions() -> None:
    table = Table(run(row(7), row(3)))
    assert table[3].key == 3
    with pytest.raises(KeyError):
        table[0]


def test_parts_of_a_table(rows: Table) -> None:
    assert [found.key for found in rows.failed] == ["b"]
    assert [found.key for found in rows.done] == ["a", "c", "d"]
    assert [found.key for found in rows.doubtful] == ["b", "c"]
    assert [found.key for found in rows.doubtful[1:]] == ["c"]
    assert "b" in rows.failed
    assert "a" not in rows.failed
    with pytest.raises(RunError, match="select from the whole table"):
        _ = rows.failed.doubtful


def test_a_sample_is_the_same_each_time_and_stays_when_the_run_goes_on() -> None:
    kept = run(*(row(number, repeat=repeat) for number in range(200) for repeat in range(2)))
    table = Table(kept)
    chosen = [found.key for found in table.sample(30)]
    assert chosen == sorted(chosen)
    assert len(table.sample(30)) == 60
    assert len(set(chosen)) == 30
    assert chosen == [found.key for found in table.sample(30)]
    assert chosen != [found.key for found in table.sample(30, seed=1)]
    assert 0.3 < sum(chosen) / 60 / 200 < 0.7
    for number in range(200, 220):
        kept.add(row(number))
    assert len({found.key for found in table.sample(30)} & set(chosen)) > 20
    assert [found.key for found in table.sample(30)[:2]] == [found.key for found in table.sample(30)][:2]
    assert len(table.sample(999)) == 420
    with pytest.raises(RunError, match="sample got 0"):
        table.sample(0)


def test_a_picture_that_was_answered_differently_is_doubtful() -> None:
    table = Table(run(row("a"), row("a", repeat=1), row("b"), row("b", "meta", repeat=1)))
    assert [(found.key, found.repeat) for found in table.doubtful] == [("b", 0), ("b", 1)]
    assert [found.value["stage"] for found in table.answers("b")] == ["pro", "meta"]


def test_values_are_those_of_the_rows_in_order(rows: Table) -> None:
    assert [value and value["stage"] for value in rows.values] == ["pro", None, "meta", "ana"]


# -- counts ----------------------------------------------------------------------------------------------------


def test_counts_and_usage(rows: Table) -> None:
    assert rows.counts == {"done": 3, "failed": 1}
    assert rows.failed.counts == {"failed": 1}
    assert rows.total == 10
    usage = rows.usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.tokens, usage.requests) == (300, 30, 330, 6)
    assert usage.cost == pytest.approx((300 * 2 + 30 * 4) / 1e6)  # by the price of the model that was asked
    assert rows.done[:1].usage.cost == pytest.approx((100 * 2 + 10 * 4) / 1e6)
    assert usage.seconds == 2.0
    assert Table(run(row("a"))).usage.cost is None


# -- the rest --------------------------------------------------------------------------------------------------


@dataclass
class Rest:
    rows: int | None = 9950
    tokens: int | None = 1_204_000
    seconds: float | None = 7790.0
    cost: float | None = 14.1


def test_the_summary_says_what_the_rest_will_take() -> None:
    kept = run(*(row(number, prompt_tokens=120, completion_tokens=2) for number in range(47)), *map(failed, "xyz"))
    table = Table(kept, total=10_000, estimate=Rest, go_on=lambda **_: table)
    assert repr(table).splitlines()[0] == (
        "50 of 10,000 rows · 3 failed · 5,734 tokens; the rest: about 1.2 M tokens, 2 h 10, 14.10 at your prices "
        "-> rows.go_on()"
    )


@pytest.mark.parametrize(
    ("total", "estimate", "words"),
    [
        pytest.param(2, Rest, "2 rows · 1 failed · 110 tokens; the failed ones again -> rows.go_on()", id="complete"),
        pytest.param(
            None,
            lambda: Rest(None, 110, 20.0, None),
            "; each of the rest: about 110 tokens, 20 s -> rows.go_on()",
            id="generator",
        ),
        pytest.param(9, lambda: None, "2 of 9 rows · 1 failed · 110 tokens; the rest -> rows.go_on()", id="unknown"),
    ],
)
def test_the_summary_names_the_next_step(total: Any, estimate: Any, words: str) -> None:
    table = Table(run(row("a"), failed("b")), total=total, estimate=estimate, go_on=lambda **_: table)
    assert repr(table).splitlines()[0].endswith(words)
    assert "go_on" not in repr(table[:1])


def test_go_on_hands_its_options_over() -> None:
    heard: list[dict[str, Any]] = []

    def go_on(**options: Any) -> Table:
        heard.append(options)
        return table

    table = Table(run(row("a")), go_on=go_on)
    assert table.go_on(cap="20 EUR", sample=5) is table
    assert heard == [{"cap": "20 EUR", "sample": 5}]
    with pytest.raises(RunError, match="Call ask_each with the same question"):
        Table(run(row("a"))).go_on()
    with pytest.raises(RunError, match="a part of another"):
        table.failed.go_on()


# -- pictures and labels ---------------------------------------------------------------------------------------


def test_a_picture_is_loaded_again_by_its_key(tmp_path: Path) -> None:
    table = Table(run(row("a")), pictures={"a": PILImage.new("RGB", (40, 30))}.__getitem__)
    assert (table.picture("a").width, table.picture("a", max_side=20).width) == (40, 20)
    with pytest.raises(RunError, match="'b' is not at hand"):
        table.picture("b")
    PILImage.new("RGB", (8, 6)).save(tmp_path / "x.png")
    assert Table(run(row(tmp_path / "x.png"))).picture(tmp_path / "x.png").height == 6


def test_a_label_is_kept_with_who_gave_it(rows: Table) -> None:
    rows.set_label("a", {"stage": "ana"}, by="Ada")
    assert (rows.labels, rows.label("a")) == ({"a": {"stage": "ana"}}, {"stage": "ana"})
    rows.set_label("a", None)
    assert rows.labels == {}
    with pytest.raises(KeyError, match="No row has the key 'z'"):
        rows.set_label("z", "ana")


def test_labels_of_other_fields_stay_and_a_field_that_is_none_is_taken_back(rows: Table) -> None:
    rows.set_label("a", {"stage": "ana"})
    rows.set_label("a", {"count": np.int64(3), "sure": 1})
    assert rows.label("a") == {"stage": "ana", "count": 3, "sure": True}
    rows.set_label("a", {"count": None, "sure": None})
    assert rows.label("a") == {"stage": "ana"}
    rows.set_label("a", {"stage": None})
    assert rows.labels == {}


@pytest.mark.parametrize(
    "wrong", [{"high": "1,200"}, {"high": "high"}, {"high": True}, {"where": 3}, {"ok": True, "n": 1.5}, {"ok": 2}]
)
def test_a_label_of_another_type_than_its_field_is_an_error_that_names_both(wrong: dict[str, Any]) -> None:
    table = Table(run(row("2.png"), kind="high: float | None, where: str, n: int, ok: bool"))
    name, value = list(wrong.items())[-1]
    with pytest.raises(RunError, match=re.escape(f"The label of '2.png' for {name!r} is {value!r}; expected ")):
        table.set_label("2.png", wrong)
    assert table.labels == {}


@pytest.mark.parametrize(
    ("field", "wrong", "words"),
    [
        ("stage", "metaa", "is 'metaa' (did you mean 'meta'?); expected one of 'pro', 'meta', 'ana'."),
        ("stage", 1, "is 1; expected one of 'pro', 'meta', 'ana'."),
        ("colour", True, "is True; expected one of 1, 2."),
    ],
)
def test_a_label_that_is_none_of_the_classes_is_an_error_that_names_them(field: str, wrong: Any, words: str) -> None:
    kind = make_dataclass("Seen", [("stage", Literal[STAGES] | None), ("colour", Colour)])
    table = Table(run(row("a"), kind=kind))
    with pytest.raises(RunError, match=re.escape(f"The label of 'a' for {field!r} {words}")):
        table.set_label("a", {field: wrong})
    table.set_label("a", {"stage": "ana", "colour": Colour.BLUE})
    assert table.labels == {"a": {"stage": "ana", "colour": 2}}


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("ana", "The label is 'ana', and the answers have several fields, 'stage', 'count', 'sure'; say which one"),
        ({"stag": "ana"}, "the field 'stag' (did you mean 'stage'?), and the answers have 'stage', 'count', 'sure'"),
    ],
)
def test_a_label_that_is_about_no_field_is_an_error_that_names_them(rows: Table, label: Any, words: str) -> None:
    with pytest.raises(RunError, match=re.escape(words)):
        rows.set_label("a", label)
    assert rows.labels == {}


def test_where_answers_have_one_field_or_none_a_label_is_the_value() -> None:
    for table in (Table(run(row("a", value="yes"), kind=Literal["yes", "no"])), Table(run(row("a"), kind=None))):
        table.set_label("a", "no")
        assert table.labels == {"a": "no"}


def test_a_row_that_a_person_corrected_is_shown_as_that() -> None:
    doubt = "count: it is not clear"
    unclear = {"stage": "pro", "count": None, "sure": True}
    table = Table(run(row("a", value=unclear, doubt=doubt), row("b", value=unclear, doubt=doubt)))
    table.set_label("a", {"stage": "ana"})  # not what is in doubt
    assert "2 doubtful -> rows.doubtful" in repr(table)
    table.set_label("a", {"count": 3})
    assert table["a"].label == next(iter(table)).label == {"stage": "ana", "count": 3}
    summary, _, first, second = repr(table).splitlines()[:4]
    assert "2 doubtful, 1 corrected -> rows.doubtful" in summary
    assert first.split(maxsplit=4) == ["a", "ana", "3", "true", "stage: pro → ana, count: – → 3"]
    assert second.endswith(doubt)
    table.set_label("b", {"count": 1})
    assert "2 doubtful, corrected" in repr(table)
    assert repr(table.doubtful).startswith("2 rows · 2 corrected · ")
    assert doubt not in repr(table.doubtful)


def test_a_doubt_hides_no_column_and_is_said_once() -> None:
    names = [f"a quite long name {number}" for number in range(5)]
    doubt = "the legend hides a part of it " * 3
    shown = repr(Table(run(row("a", value=dict.fromkeys(names, 1), doubt=doubt), row("b", doubt=doubt), kind=None)))
    assert names[-1] in shown
    assert shown.count("the legend hides") == 3
    assert f"\na, b: {doubt.strip()}" in shown


def test_a_label_of_no_field_names_one_that_it_fits_and_a_key_is_not_like_another_by_its_suffix() -> None:
    table = Table(run(row("07-price.png", value={}), kind="title, high: float"))
    with pytest.raises(RunError, match=re.escape("say which one: {'high': 2.48}")):
        table.set_label("07-price.png", 2.48)
    with pytest.raises(KeyError, match=r"'nope.png'; expected the key of a row such as '07-price.png'"):
        table["nope.png"]
    table.set_label("07-price.png", {"high": 2, "title": None})
    assert "1970" not in repr(table["07-price.png"])
    assert "at=20" in repr(table["07-price.png"])


# -- display ---------------------------------------------------------------------------------------------------


def test_the_text_is_a_summary_and_an_aligned_table(rows: Table) -> None:
    assert repr(rows) == (
        "4 of 10 rows · 1 failed · 1 doubtful -> rows.doubtful · 330 tokens · 0.0007 at your prices\n"
        "key  stage  count  sure  error or doubt\n"
        "a    pro        1  true\n"
        "b                        failed: The server is busy.\n"
        "c    meta       1  true  repaired once\n"
        "d    ana        4  true"
    )


def test_only_the_first_ten_rows_are_read_for_display(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(run(*(row(number) for number in range(700))))
    read: list[object] = []
    monkeypatch.setattr(run_rows, "from_columns", lambda columns: read.append(columns) or from_columns(columns))
    assert repr(table).endswith("\nand 690 more rows")
    assert len(read) == 10  # the others are counted by the database


def test_the_numbers_of_rows_and_columns_that_are_not_shown_are_said() -> None:
    names = [f"a field with a long name {number}" for number in range(21)]
    table = Table(run(*(row(number, value=dict.fromkeys(names, 1)) for number in range(12)), kind=None))
    assert repr(table).endswith("\nand 2 more rows, 17 more columns")
    assert ">and 2 more rows, 1 more column</div>" in table._repr_mimebundle_()["text/html"]


def test_an_empty_table_is_its_summary() -> None:
    assert repr(Table(run())) == "0 rows"
    assert "0 rows" in Table(run())._repr_mimebundle_()["text/html"]


def test_the_html_shows_thumbnails_and_escapes_what_others_wrote() -> None:
    hostile = "<img src=x onerror=alert(1)>\u202e"
    kept = run(row(hostile, value=None, text=hostile, doubt=hostile), failed("b", hostile), kind=None)
    html = Table(kept, pictures=lambda key: PILImage.new("RGB", (40, 30)))._repr_mimebundle_()["text/html"]
    assert "<img src=x" not in html
    assert "\u202e" not in html
    assert html.count('<img src="data:image/jpeg;base64,') == 2
    assert "var(--jp-error-color1" in html


def test_a_picture_that_cannot_be_opened_is_left_out() -> None:
    def broken(key: object) -> object:
        raise RuntimeError("no such disk")

    html = Table(run(row("a")), pictures=broken)._repr_mimebundle_()["text/html"]
    assert "<img" not in html
    assert "pro" in html


def test_the_fields_of_a_schema_have_their_categories() -> None:
    fields = {field.name: field for field in Table(run(kind=Cell)).fields}
    assert fields["stage"].categories == STAGES
    assert [field.kind for field in fields.values()] == ["category", "integer", "boolean"]
    assert Table(run(kind=Colour)).fields[0].categories == (1, 2)
