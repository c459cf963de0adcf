"""The columns of a table, and what pandas, polars, CSV and Parquet get of them."""

from __future__ import annotations

import csv
import datetime
import json
import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

import pandas as pd  # type: ignore[import-untyped]
import pytest
from pandas.testing import assert_frame_equal  # type: ignore[import-untyped]
from pydantic import BaseModel

from tests.each.run_files import close_runs, run_of
from vision_magic.chat.schema import as_schema
from vision_magic.each.row import Row
from vision_magic.each.table.columns import COLUMNS, Field, fields_of, with_found
from vision_magic.each.table.table import Table
from vision_magic.errors import RunError


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_runs()


class Grade(IntEnum):
    GOOD = 1
    POOR = 2


class Axis(BaseModel):
    label: str
    low: float | None


class Chart(BaseModel):
    kind: Literal["bar", "line"]
    series: int
    grade: Grade
    legend: bool
    x: Axis
    y: Axis | None
    names: list[str]
    text: str  # also the name of a column


CHART = {
    "kind": "line",
    "series": 2,
    "grade": 1,
    "legend": True,
    "x": {"label": "year", "low": 1990.5},
    "y": None,
    "names": ["a", "b"],
    "text": "Sales",
}


def fields(kind: Any) -> list[Field]:
    return list(fields_of(as_schema(kind).json_schema))


def answered(key: Any, value: Any, **changes: Any) -> Row:
    return Row(key=key, state="done", value=value, **{"at": 1_800_000_000.0, **changes})


def failed(key: Any) -> Row:
    return Row(key=key, state="failed", error="The server is busy.", at=1_800_000_000.0)


# -- fields ----------------------------------------------------------------------------------------------------


def test_records_in_records_are_columns_with_a_dot() -> None:
    assert [(field.name, field.kind) for field in fields(Chart)] == [
        ("kind", "category"),
        ("series", "integer"),
        ("grade", "category"),
        ("legend", "boolean"),
        ("x.label", "string"),
        ("x.low", "number"),
        ("y.label", "string"),
        ("y.low", "number"),
        ("names", "object"),
        ("value.text", "string"),
    ]
    assert [field.categories for field in fields(Chart)][:3] == [("bar", "line"), (), (1, 2)]


class Tree(BaseModel):
    name: str
    left: Tree | None = None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(bool, [("value", "boolean", ())], id="a single value"),
        pytest.param(Literal["a", "b"], [("value", "category", ("a", "b"))], id="a literal"),
        pytest.param(list[int], [("value", "object", ())], id="a list"),
        pytest.param(int | str, [("value", "object", ())], id="one of several types"),
        pytest.param(Tree, [("name", "string", ()), ("left", "object", ())], id="a type that contains itself"),
        pytest.param("value: int", [("value", "integer", ())], id="a field named value"),
        pytest.param(
            "key, at: float", [("value.key", "string", ()), ("value.at", "number", ())], id="names of columns"
        ),
    ],
)
def test_the_fields_of_a_schema(kind: Any, expected: list[Any]) -> None:
    assert [(field.name, field.kind, field.categories) for field in fields(kind)] == expected


def test_a_name_with_a_dot_does_not_replace_a_record() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}, "a.b": {"type": "integer"}},
    }
    found = fields_of(schema)
    assert [field.name for field in found] == ["a.b", "value.a.b"]
    assert [field.of({"a": {"b": "x"}, "a.b": 3}) for field in found] == ["x", 3]


def test_what_an_unchecked_answer_has_besides_its_schema_is_a_column_too() -> None:
    known = fields_of({"type": "object", "properties": {"a": {"type": "integer"}}})
    values = [{"a": 1, "b": {"c": 2}}, None, {"d": [1], "a": "three"}, ["x"]]
    assert [field.name for field in with_found(known, values)] == ["a", "b.c", "d"]
    assert [field.name for field in with_found(fields_of(None), ["x", "y"])] == ["value"]
    assert [field.name for field in with_found(fields_of(as_schema(Chart).json_schema), [{"z": 1}])][-1] == "value.text"


# -- pandas ----------------------------------------------------------------------------------------------------


def test_the_frame_has_nullable_types_and_the_keys_as_its_index() -> None:
    table = Table(run_of([answered("a", CHART, text=json.dumps(CHART), model="m"), failed("b")], Chart))
    table.set_label("a", {"kind": "bar"})
    frame = table.to_pandas()
    assert list(frame.columns) == [field.name for field in table.fields] + [
        name for name in COLUMNS if name != "repeat"
    ]
    types = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    expected = {
        "kind": "category",
        "series": "Int64",
        "grade": "category",
        "legend": "boolean",
        "x.label": "string",
        "x.low": "Float64",
        "y.low": "Float64",
        "names": "object",
        "text": "string",
        "state": "category",
        "error": "string",
        "prompt_tokens": "Int64",
        "seconds": "Float64",
        "estimated": "boolean",
        "label": "object",
    }
    assert {name: types[name] for name in expected} == expected
    assert isinstance(frame["at"].dtype, pd.DatetimeTZDtype)
    assert frame["at"].iloc[0] == pd.Timestamp(1_800_000_000, unit="s", tz="UTC")
    assert list(frame["kind"].cat.categories) == ["bar", "line"]
    assert (frame.loc["a", "x.low"], frame.loc["a", "names"], frame.loc["a", "label"]) == (
        1990.5,
        ["a", "b"],
        {"kind": "bar"},
    )
    assert frame.loc["b", [field.name for field in table.fields]].isna().all()
    assert frame.loc["b", "error"] == "The server is busy."
    assert pd.isna(frame.loc["a", "error"])
    assert frame.index.name == "key"


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param([3, 1, 2], id="integers"),
        pytest.param([0.5, 1.5], id="floats"),
        pytest.param([datetime.date(2026, 1, 2), datetime.date(2025, 1, 2)], id="dates"),
        pytest.param([Path("b.png"), Path("a.png")], id="paths"),
        pytest.param(["b", 1], id="of several types"),
        pytest.param([("b", 1), ("a", 2)], id="tuples"),
        pytest.param([("b", 1), ("a",)], id="tuples of several lengths"),
    ],
)
def test_keys_keep_their_order_and_type(keys: list[Any]) -> None:
    frame = Table(run_of([answered(key, 1) for key in keys], int)).to_pandas()
    assert list(frame.index) == keys
    assert {type(key) for key in frame.index} == {type(key) for key in keys}
    assert isinstance(frame.index, pd.MultiIndex) == (keys[:1] == [("b", 1)] and len(keys[1]) == 2)


def test_repeats_have_a_column_only_where_there_are_any() -> None:
    once = Table(run_of([answered("a", 1)], int)).to_pandas()
    often = Table(run_of([answered("a", 1), answered("a", 2, repeat=1)], int)).to_pandas()
    assert "repeat" not in once
    assert often["repeat"].tolist() == [0, 1]


def test_values_that_do_not_fit_their_schema_are_objects() -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer"}, "k": {"enum": ["a"]}, "f": {"type": "number"}}}
    rows = [answered(0, {"n": 1, "k": "a", "f": 1}), answered(1, {"n": "two", "k": "b", "f": 2.5})]
    frame = Table(run_of(rows, schema)).to_pandas()
    assert frame["n"].tolist() == [1, "two"]
    assert (frame["n"].dtype, str(frame["k"].dtype), str(frame["f"].dtype)) == (object, "string", "Float64")
    huge = Table(run_of([answered(0, 10**30), failed(1)], int)).to_pandas()
    assert huge["value"].tolist() == [10**30, None]
    whole = Table(run_of([answered(0, 1), answered(1, 2)], float)).to_pandas()
    assert str(whole["value"].dtype) == "Float64"


def test_an_empty_table_has_the_same_columns_and_types() -> None:
    full, empty = (Table(run_of(rows, Chart)).to_pandas() for rows in ([answered("a", CHART)], []))
    assert list(full.columns) == list(empty.columns)
    assert len(empty) == 0
    assert str(empty["series"].dtype) == "Int64"


def test_without_pandas_the_next_step_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(RunError, match="to_pandas needs pandas, which is not installed; run pip install pandas"):
        Table(run_of([answered("a", 1)], int)).to_pandas()


# -- labels ----------------------------------------------------------------------------------------------------


def test_labels_replace_the_values_where_that_is_asked_for(tmp_path: Path) -> None:
    table = Table(run_of([answered("a", CHART), failed("b"), answered("c", CHART)], Chart))
    table.set_label("a", {"kind": "bar", "series": 2, "x.low": 1980})
    table.set_label("b", {"kind": "line"})
    frame = table.to_pandas(corrected=True)
    assert frame["kind"].tolist() == ["bar", "line", "line"]
    assert frame["x.low"].tolist() == [1980, pd.NA, 1990.5]
    assert frame["corrected"].tolist() == ["kind, x.low", "kind", pd.NA]  # series was right
    assert (frame.loc["b", "state"], str(frame["kind"].dtype)) == ("failed", "category")
    assert pd.read_parquet(table.to_parquet(tmp_path / "rows", corrected=True))["corrected"].equals(frame["corrected"])
    with table.to_csv(tmp_path / "rows.csv", corrected=True).open(encoding="utf-8", newline="") as file:
        assert [(line["kind"], line["corrected"]) for line in csv.DictReader(file)][:2] == [
            ("bar", "kind, x.low"),
            ("line", "kind"),
        ]
    assert table.to_pandas()["kind"].dropna().tolist() == ["line", "line"]
    assert "corrected" not in table.to_dicts()[0]


def test_a_corrected_number_has_no_uncertainty_of_the_model(tmp_path: Path) -> None:
    rows = [answered(key, {"high": 2.0, "high_sigma": 0.1}) for key in "abc"]
    table = Table(run_of(rows, "high: float, high_sigma: float"))
    table.set_label("a", {"high": "2,48"})
    table.set_label("b", {"high": 2})  # as the model said
    assert [(row["high"], row["high_sigma"]) for row in table.to_dicts(corrected=True)] == [
        (2.48, None),
        (2, 0.1),
        (2.0, 0.1),
    ]
    path = table.to_csv(tmp_path / "rows.csv", columns=["high", "corrected"], corrected=True)
    assert path.read_text().splitlines() == ["key,high,corrected", "a,2.48,high", "b,2,", "c,2.0,"]
    with pytest.raises(RunError, match=r"columns got 'hihg' \(did you mean 'high'\?\)"):
        table.to_csv(path, columns=["hihg"])
    with pytest.raises(RunError, match=r"expected a list of names, \['high'\]"):
        table.to_csv(path, columns="high")


@pytest.mark.parametrize(
    ("kind", "row", "label", "column"),
    [
        pytest.param(int, answered("a", 3), 4, "value", id="the only field"),
        pytest.param("n: int", answered("a", {"n": 3}), {"n": 4}, "n", id="the only field by its name"),
        pytest.param(None, answered("a", None, text="three"), "four", "text", id="a text"),
    ],
)
def test_a_label_of_the_only_field_replaces_it(kind: Any, row: Row, label: Any, column: str) -> None:
    table = Table(run_of([row], kind))
    table.set_label("a", label)
    (cells,) = table.to_dicts(corrected=True)
    assert cells[column] == (label["n"] if isinstance(label, dict) else label)
    assert (cells["corrected"], cells["label"]) == (column, label)


# -- files -----------------------------------------------------------------------------------------------------


def test_parquet_gives_the_same_types_back(tmp_path: Path) -> None:
    table = Table(run_of([answered("a", CHART), failed("b")], Chart))
    path = table.to_parquet(tmp_path / "rows.parquet")
    expected = table.to_pandas()
    expected["label"] = expected["label"].astype("string")
    expected["grade"] = expected["grade"].astype("Int64")
    expected["names"] = pd.array(['["a", "b"]', None], dtype="string")
    assert_frame_equal(pd.read_parquet(path), expected, check_dtype=True)
    assert list(tmp_path.iterdir()) == [path]


def test_keys_that_parquet_does_not_have_become_strings(tmp_path: Path) -> None:
    for keys in ([Path("a.png")], ["a", 1], [("a", 1), ("b",)], [("a", 1), ("b", 2)]):
        table = Table(run_of([answered(key, 1) for key in keys], int))
        found = pd.read_parquet(table.to_parquet(tmp_path / "rows.parquet"))
        assert found["value"].tolist() == [1] * len(keys)
    assert found.index.tolist() == [("a", 1), ("b", 2)]


def test_csv_has_each_row_once_with_lists_as_json(tmp_path: Path) -> None:
    table = Table(run_of([answered(("a", 1), CHART, text="two\nlines"), failed(("b", 2))], Chart))
    path = table.to_csv(tmp_path / "rows.csv")
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["key"], first["names"], first["legend"], first["text"]) == (
        '["a", 1]',
        '["a", "b"]',
        "true",
        "two\nlines",
    )
    assert (second["kind"], second["state"], second["error"]) == ("", "failed", "The server is busy.")
    assert first["at"].startswith("2027-01-15")


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"rows.csv' could not be written .* Check that its folder exists"):
        Table(run_of([answered("a", 1)], int)).to_csv(tmp_path / "no" / "rows.csv")
    assert list(tmp_path.iterdir()) == []


def test_dicts_and_polars_have_the_same_columns() -> None:
    table = Table(run_of([answered(1, CHART), failed(2)], Chart))
    assert [record["x.label"] for record in table.to_dicts()] == ["year", None]
    polars = pytest.importorskip("polars")
    frame = table.to_polars()
    assert frame["series"].dtype == polars.Int64
    assert frame["x.label"].to_list() == ["year", None]
    assert frame["key"].to_list() == [1, 2]


# -- files of runs ---------------------------------------------------------------------------------------------


def test_a_table_is_opened_from_its_file(tmp_path: Path) -> None:
    run = run_of([answered("a", 1)], int)
    table = Table.open(run.path)
    try:
        assert table["a"].value == 1
        with pytest.raises(RunError, match="opened from a file"):
            table.go_on()
    finally:
        table.close()
    with pytest.raises(RunError, match="does not exist"):
        Table.open(tmp_path / "moths")
