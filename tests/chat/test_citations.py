"""Citations: where servers put them, and which of them are kept."""

from __future__ import annotations

from typing import Any

import pytest

from vision_magic.chat.citations import Citation, citations_in
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.reply_builder import ReplyBuilder

A, B = Citation(url="https://a.example/x", title="A"), Citation(url="https://b.example/y", title="B")
NESTED = {"type": "url_citation", "url_citation": {"url": A.url, "title": "A", "start_index": 0, "end_index": 5}}
FLAT = {"type": "url_citation", "url": B.url, "title": "B", "start_index": 6, "end_index": 9}


def fold(*chunks: dict[str, Any]) -> Reply:
    builder = ReplyBuilder()
    for chunk in chunks:
        builder.add(chunk)
    return builder.snapshot()


def delta(**fields: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": fields}]}


@pytest.mark.parametrize(
    ("chunks", "citations"),
    [
        pytest.param([delta(content="a")], (), id="none"),
        pytest.param([delta(content="a"), delta(annotations=[NESTED])], (A,), id="OpenAI, after the text"),
        pytest.param([delta(content="a", annotations=[NESTED]), delta(annotations=[FLAT])], (A, B), id="in two deltas"),
        pytest.param([{"choices": [{"message": {"content": "a", "annotations": [NESTED, FLAT]}}]}], (A, B), id="whole"),
        pytest.param([delta(content=[{"type": "output_text", "text": "a", "annotations": [FLAT]}])], (B,), id="a part"),
        pytest.param(
            [delta(content=[{"type": "tool_reference", "tool": "web_search", "url": A.url, "title": "A"}])], (A,),
            id="Mistral",
        ),
        pytest.param(
            [{**delta(content="a"), "citations": [A.url, B.url], "search_results": [{"title": "B", "url": B.url}]}] * 3,
            (Citation(url=A.url), B), id="Perplexity, in every chunk",
        ),
        pytest.param([delta(content="a"), {"choices": [], "citations": [A.url]}], (Citation(url=A.url),), id="xAI"),
        pytest.param([delta(content="a", citations=[{"url": A.url, "title": "A"}])], (A,), id="a gateway"),
        pytest.param([delta(annotations=[NESTED]), delta(annotations=[NESTED])], (A,), id="twice"),
        pytest.param([delta(annotations=[{"type": "file_citation", "file_id": "f"}, {"url": 5}, "x", None])], (),
                     id="other kinds"),
        pytest.param([delta(annotations={"url": A.url}, citations="x"), {"citations": 5}], (), id="other types"),
    ],
)  # fmt: skip
def test_citations_are_read_where_servers_put_them(chunks: list[dict[str, Any]], citations: tuple[Any, ...]) -> None:
    reply = fold(*chunks)
    assert reply.citations == citations
    assert reply.text in ("", "a" * len([chunk for chunk in chunks if "'a'" in str(chunk)]))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "https:/logout",
        "//a.example",
        "http://[",
        "https://a.example/" + "x" * 4000,
    ],
    ids=lambda url: url[:20],
)
def test_only_pages_are_citations(url: str) -> None:
    assert fold(delta(annotations=[{"url": url}])).citations == ()


def test_citations_are_bounded() -> None:
    many = [{"url": f"https://a.example/{number}", "title": "x" * 10_000} for number in range(1000)]
    reply = fold(*(delta(annotations=many[start : start + 100]) for start in range(0, 1000, 100)))
    assert len(reply.citations) == 200
    assert {len(page.title) for page in reply.citations} == {300}


def test_each_choice_and_round_has_its_own() -> None:
    first = Reply(choices=(Choice(citations=(A,)),))
    reply = Reply(choices=(Choice(citations=(B,)), Choice(citations=(A,))), rounds=(first,))
    assert reply.citations == (A, B)
    builder = ReplyBuilder(choices=2)
    builder.add(
        {"choices": [{"index": 1, "delta": {"annotations": [NESTED]}}, {"index": 0, "delta": {"content": "a"}}]}
    )
    assert [choice.citations for choice in builder.snapshot().choices] == [(), (A,)]


def test_what_a_chunk_cites_is_told() -> None:
    assert citations_in({**delta(annotations=[NESTED]), "citations": [B.url]}) == (Citation(url=B.url), A)
