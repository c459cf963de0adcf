"""`Review`: what it shows of each row, what the keys write into the run, and what stays in the notebook."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from PIL import Image as PILImage

from tests.each.run_files import close_runs, run_of
from tests.notebook.conftest import Run
from tests.notebook.views.conftest import Handle
from vision_magic.each.row import Row
from vision_magic.each.table.table import Table
from vision_magic.errors import RequestError
from vision_magic.notebook.widgets.review import Review

STAGE: dict[str, Any] = {"enum": ["pro", "meta", "ana"]}
RECORD: dict[str, Any] = {
    "type": "object",
    "properties": {"stage": STAGE, "count": {"type": "integer"}, "sure": {"type": "boolean"}},
    "additionalProperties": False,
}
HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b"


def done(key: object, value: Any = None, **more: Any) -> Row:
    return Row(key=key, **{"state": "done", "value": value, **more})


def load(key: object) -> PILImage.Image:
    if key == "lost":
        raise KeyError(key)
    return PILImage.new("RGB", (3000, 30), "navy")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_runs()


def reviewed(*rows: Row, schema: Any = None, field: str = "") -> tuple[Review, Table]:
    table = Table(run_of(rows, schema), pictures=load)
    return Review(table, field, by="ada"), table


def send(widget: Review, kind: str, **content: Any) -> None:
    """Send what the page sends; by default about the row that is shown."""
    if kind in ("label", "move", "picture"):
        content = {"position": widget.shown["position"], **content}
    widget._on_message(widget, {"kind": kind, **content}, [])


RECORDS = [done(f"p{number}", {"stage": "meta", "count": number, "sure": True}) for number in range(3)]


def test_a_row_is_shown_with_its_answer_its_classes_and_why_it_is_in_doubt() -> None:
    widget, _ = reviewed(done("a", {"stage": "pro", "count": 2, "sure": False}, doubt="repaired once"), schema=RECORD)
    assert widget.shown == {
        "position": 0,
        "count": 1,
        "labelled": 0,
        "key": "a",
        "answers": [
            {"name": "stage", "words": "pro"},
            {"name": "count", "words": "2"},
            {"name": "sure", "words": "false"},
        ],
        "problem": "",
        "doubt": "repaired once",
        "field": "stage",
        "fields": ["stage", "count", "sure"],
        "classes": [{"value": stage, "words": stage} for stage in ("pro", "meta", "ana")],
        "typed": False,
        "label": None,
        "can_undo": False,
    }


def test_a_label_is_written_at_once_and_the_next_row_is_shown() -> None:
    widget, table = reviewed(*RECORDS, schema=RECORD)
    send(widget, "label", value="ana")
    assert table.label("p0") == {"stage": "ana"}
    assert [label.labelled_by for label in table._run._run.labels.values()] == ["ada"]
    assert (widget.shown["position"], widget.shown["labelled"]) == (1, 1)
    send(widget, "label", accept=True)
    assert table.label("p1") == {"stage": "meta"}
    send(widget, "label", value="pro")  # the last row stays
    assert widget.shown["position"] == 2
    assert widget.shown["label"] == "pro"
    assert widget.labels == {"p0": {"stage": "ana"}, "p1": {"stage": "meta"}, "p2": {"stage": "pro"}}
    assert repr(widget) == "<Review: 3 of 3 rows labelled · ana 1 · meta 1 · pro 1>"


def test_a_label_is_by_the_person_who_is_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "grace")
    _, table = reviewed(*RECORDS, schema=RECORD)
    send(table.review(), "label", value="ana")
    assert [label.labelled_by for label in table._run._run.labels.values()] == ["grace"]


def test_a_person_whom_the_system_does_not_know_labels_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr("getpass.getuser", unknown)
    _, table = reviewed(*RECORDS, schema=RECORD)
    send(table.review(), "label", value="ana")
    assert table.label("p0") == {"stage": "ana"}


def test_a_label_belongs_to_the_row_that_the_person_saw() -> None:
    """Keys can be faster than the messages that show the next row."""
    widget, table = reviewed(*RECORDS, schema=RECORD)
    send(widget, "label", value="ana", position=0)
    send(widget, "label", value="pro", position=0)
    assert table.labels == {"p0": {"stage": "pro"}}


def test_undo_brings_back_the_label_before_and_its_row() -> None:
    widget, table = reviewed(*RECORDS, schema=RECORD)
    table.set_label("p0", {"stage": "pro", "count": 7})
    send(widget, "label", value="ana", position=0)
    send(widget, "field", name="count")
    send(widget, "label", text="4", position=1)
    assert table.labels == {"p0": {"stage": "ana", "count": 7}, "p1": {"count": 4}}
    send(widget, "undo")
    assert "p1" not in table.labels
    send(widget, "undo")
    assert table.labels == {"p0": {"stage": "pro", "count": 7}}
    assert (widget.shown["position"], widget.shown["field"], widget.shown["can_undo"]) == (0, "stage", False)
    send(widget, "undo")  # nothing is left
    assert widget.error == ""


def test_the_first_row_without_a_label_comes_first() -> None:
    table = Table(run_of(RECORDS, RECORD))
    table.set_label("p0", {"stage": "pro"})
    assert Review(table).shown["position"] == 1
    assert Review(table, "count").shown["position"] == 0


def test_the_fields_in_doubt_come_first_one_after_another_and_settle_the_row() -> None:
    """It opened on the first field of the schema: a number that was typed became the title."""
    kind = "title, high: float, high_sigma: float, high_at: str"
    missing = {"title": "Rain", "high": None, "high_sigma": None, "high_at": None}
    known = {"title": "Sun", "high": 2.0, "high_sigma": 0.1, "high_at": None}
    widget, table = reviewed(
        done("a", missing, doubt="high, high_sigma, high_at: no ticks"),
        done("b", known, doubt="high_at: no"),
        schema=kind,
    )
    assert (widget.shown["field"], widget.shown["classes"], widget.shown["typed"]) == ("high", [], True)
    send(widget, "label", text="1,200")
    assert "expected 1200 or 1.200" in widget.error
    assert table.labels == {}
    send(widget, "label", text="2,48", field="high")
    assert (widget.shown["position"], widget.shown["field"], widget.shown["labelled"]) == (0, "high_at", 0)
    assert {"name": "high", "words": "– → 2.48"} in widget.shown["answers"]
    send(widget, "label", text="9", field="high", position=0)  # a message that was on its way when the field changed
    send(widget, "label", text="Q4")
    assert table.labels == {"a": {"high": 9, "high_at": "Q4"}}
    assert (widget.shown["position"], widget.shown["field"]) == (1, "high_at")
    assert repr(table.review()) == "<Review: 1 of 2 rows labelled>"
    send(widget, "field", name="title")  # from now on
    send(widget, "move", position=0)
    assert widget.shown["field"] == "title"


def test_the_arrows_move_and_never_out_of_the_rows() -> None:
    widget, _ = reviewed(*RECORDS, schema=RECORD)
    for position, shown in ((2, 2), (3, 2), (-1, 2), ("1", 2), (True, 2), (0, 0)):
        send(widget, "move", position=position)
        assert widget.shown["position"] == shown


@pytest.mark.parametrize(
    ("field", "typed", "label"),
    [
        ("stage", "ANA ", "ana"),
        ("stage", "telo", "'telo' is none of the classes: pro, meta, ana."),
        ("count", "12", 12),
        ("count", "1.5", "count got '1.5'; expected an integer."),
        ("sure", "yes", True),
        ("sure", "perhaps", "expected yes or no"),
        ("stage", "  ", "Type what is right"),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_field(field: str, typed: str, label: Any) -> None:
    widget, table = reviewed(*RECORDS, schema=RECORD, field=field)
    send(widget, "label", text=typed)
    if label in ("ana", 12, True):
        assert table.label("p0") == {field: label}
        assert widget.error == ""
    else:
        assert label in widget.error
        assert table.labels == {}


def test_a_class_that_is_none_is_refused() -> None:
    widget, table = reviewed(*RECORDS, schema=RECORD, field="sure")
    for value in ("pro", 1, None, {"a": 1}):  # 1 equals True
        send(widget, "label", value=value)
        assert "none of the classes" in widget.error
    send(widget, "label", value=True)
    assert table.labels == {"p0": {"sure": True}}
    assert widget.error == ""


def test_without_a_schema_the_labels_so_far_are_the_classes() -> None:
    widget, table = reviewed(done("a", text=" An ibis. "), done("b", text="?"), done("c", text="?"))
    assert widget.shown["answers"] == [{"name": "answer", "words": "An ibis."}]
    assert widget.shown["classes"] == []
    send(widget, "label", text="heron")
    send(widget, "label", accept=True)
    assert table.labels == {"a": "heron", "b": "?"}
    assert [one["value"] for one in widget.shown["classes"]] == ["heron", "?"]


def test_a_schema_of_one_value_has_plain_labels() -> None:
    widget, table = reviewed(done("a", "pro"), schema=Literal["pro", "meta", "ana"])
    send(widget, "label", value="ana")
    assert table.labels == {"a": "ana"}


def test_a_picture_without_an_answer_can_still_be_labelled() -> None:
    widget, table = reviewed(Row(key="a", state="failed", error=f"no memory {HOSTILE}"), done("b"), schema=RECORD)
    assert widget.shown["problem"].startswith("failed: no memory <img")
    assert "\x1b" not in widget.shown["problem"]
    assert widget.shown["answers"][0]["words"] == ""
    send(widget, "label", accept=True)
    assert "no answer that could be taken over" in widget.error
    send(widget, "label", value="pro")
    assert table.labels == {"a": {"stage": "pro"}}


def test_repeats_are_one_row_with_the_number_of_each_answer() -> None:
    rows = [done("a", {"stage": stage}, repeat=number) for number, stage in enumerate(("pro", "ana", "pro"))]
    widget, table = reviewed(*rows, schema=RECORD)
    assert widget.shown["count"] == 1
    assert widget.shown["answers"][0]["words"] == "pro ×2 · ana ×1"
    assert widget.shown["doubt"] == "the 3 answers differ"
    send(widget, "label", accept=True)
    assert table.labels == {"a": {"stage": "pro"}}


def test_a_picture_goes_to_the_page_as_bytes_at_most_1024_pixels_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[dict[str, Any], list[bytes]]] = []
    monkeypatch.setattr(Review, "send", lambda self, content, buffers=None: sent.append((content, buffers or [])))
    widget, _ = reviewed(done("a"), done("lost"), schema=RECORD)
    send(widget, "picture")
    send(widget, "picture", position=1)
    send(widget, "picture", position=9)
    (about, [data]), (missing, none) = sent
    assert about == {"kind": "picture", "position": 0, "type": "image/png"}
    assert data.startswith(b"\x89PNG")
    assert "'lost' is not at hand" in missing["problem"]
    assert none == []
    assert "PNG" not in str(widget.get_state())


def test_what_a_model_wrote_reaches_the_page_as_cleaned_text() -> None:
    widget, _ = reviewed(done(HOSTILE, HOSTILE, text=HOSTILE, doubt=HOSTILE), schema=str)
    assert "\u202e" not in str(widget.shown)
    assert "\x1b" not in str(widget.shown)
    assert "innerHTML" not in Review._esm


@pytest.mark.parametrize(
    "content", [None, [], {"kind": "erase"}, {"kind": "label"}, {"kind": "field", "name": "x"}, {}]
)
def test_unknown_messages_change_nothing(content: Any) -> None:
    widget, table = reviewed(*RECORDS, schema=RECORD)
    before = dict(widget.shown)
    widget._on_message(widget, content, [])
    assert widget.shown == before
    assert table.labels == {}


def test_no_rows_and_no_such_field_are_errors() -> None:
    with pytest.raises(RequestError, match="no rows to review"):
        reviewed()
    with pytest.raises(RequestError, match=r"no field 'stag'.* they have stage, count, sure"):
        reviewed(*RECORDS, schema=RECORD, field="stag")
    with pytest.raises(RequestError, match=r"Review got \[\]"):
        Review([])  # type: ignore[arg-type]


def test_a_line_below_the_widget_stays_in_the_notebook(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs: list[Handle] = []

    def display(data: dict[str, Any], **about: Any) -> Handle:
        outputs.append(Handle())
        outputs[-1].update(data)
        return outputs[-1]

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setenv("VISION_MAGIC_DISPLAY", "live")
    request: dict[str, Any] = {"content": {"allow_stdin": True}}
    run.shell.kernel = SimpleNamespace(get_parent=lambda: request)
    try:
        widget, _ = reviewed(*RECORDS, schema=RECORD)
        widget._ipython_display_()
        send(widget, "label", value="ana")
        send(widget, "done")
        view, line = outputs
        assert list(view.updates[0]) == ["application/vnd.jupyter.widget-view+json"]
        assert view.updates[-1] == {}  # a page that is opened later finds only the line
        assert [one["text/plain"] for one in line.updates] == ["0 of 3 rows labelled", "1 of 3 rows labelled · ana 1"]
        assert widget.ended == "1 of 3 rows labelled · ana 1"
        outputs.clear()
        monkeypatch.setenv("VISION_MAGIC_DISPLAY", "static")
        widget._ipython_display_()
        assert [one.updates[0]["text/plain"] for one in outputs] == ["1 of 3 rows labelled · ana 1"]
    finally:
        del run.shell.kernel


def test_a_terminal_gets_only_the_line(run: Run) -> None:
    run.shell.user_ns["widget"] = reviewed(*RECORDS, schema=RECORD)[0]
    assert run("widget").success
    assert (
        "0 of 3 rows labelled\nThere are no widgets here; label with rows.set_label('p0', {'stage': ...})." in run.out
    )
