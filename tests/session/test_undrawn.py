"""Figures that nothing here can draw: the embedded reader answers from what their objects know."""

from __future__ import annotations

from typing import Any

import pytest

import vision_magic as vm

go = pytest.importorskip("plotly.graph_objects")


@pytest.fixture
def rain(monkeypatch: pytest.MonkeyPatch) -> Any:
    def missing(*args: object, **options: object) -> bytes:
        raise ImportError("no exporter")

    monkeypatch.setattr(go.Figure, "to_image", missing)
    figure = go.Figure(go.Bar(x=["Jan", "Feb", "Mar"], y=[3, 9, 4], name="rain"))
    return figure.update_layout(title="Rain", yaxis_title="mm")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which month is highest?", "From the figure object: The highest value is 9 mm, in February."),
        ("Wie hoch ist der März?", "4 mm"),
        ("What does this figure show?", "This is a bar chart, titled “Rain”."),
    ],
)
def test_a_figure_without_a_picture_is_answered_from_its_data(rain: Any, question: str, expected: str) -> None:
    reply = vm.ask(question, rain, profile="embedded")
    assert expected in reply.text
    assert reply.images == ()


def test_what_the_data_do_not_answer_says_why_there_is_no_picture(rain: Any) -> None:
    text = vm.ask("Which colours are used?", rain, profile="embedded").text
    assert text.startswith("I have only the data of this figure")
    assert "pathlib.Path(…)" in text  # the way on, which is not cut


def test_a_further_question_is_about_the_same_figure(rain: Any) -> None:
    chat = vm.Conversation(profile="embedded")
    chat.ask("Which month is highest?", rain)
    assert "3 mm" in chat.ask("And which is lowest?").text


@pytest.mark.parametrize("options", [{"profile": "embedded", "facts": False}, {"base_url": "http://127.0.0.1:9/v1"}])
def test_without_facts_or_for_a_server_the_picture_is_needed(rain: Any, options: dict[str, Any]) -> None:
    with pytest.raises(vm.ImageError, match=r"plotly draws in the browser, and its exporter"):
        vm.ask("Which month is highest?", rain, model="m", **options)


def test_fields_are_measured_in_pictures(rain: Any) -> None:
    with pytest.raises(vm.VisionError, match=r"this figure has none\. plotly draws"):
        vm.ask("Fill the fields.", rain, profile="embedded", schema="title, highest: float")
