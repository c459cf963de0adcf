"""Comparison with the openai SDK: for well-formed streams, both accumulate the same reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings, strategies as st

from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)


@st.composite
def pieces(draw: st.DrawFn, text: str) -> list[str]:
    """Cut a text anywhere; empty pieces come too, as from servers."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=5)))
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@st.composite
def calls(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few calls, one after the other, each in fragments: the first names it, the others bring arguments."""
    deltas: list[dict[str, Any]] = []
    for index in range(draw(st.integers(1, 3))):
        head = {"index": index, "id": f"call_{index}_{draw(NAMES)}", "type": "function"}
        deltas.append({"tool_calls": [{**head, "function": {"name": draw(NAMES), "arguments": ""}}]})
        deltas += [
            {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}
            for piece in draw(pieces('{"text": "' + draw(NAMES) + '"}'))
        ]
    return deltas


@st.composite
def logprobs(draw: st.DrawFn, token: str) -> dict[str, Any]:
    numbers = st.floats(-20, 0)
    top = [{"token": token, "logprob": draw(numbers), "bytes": None} for _ in range(draw(st.integers(0, 2)))]
    one = {"token": token, "logprob": draw(numbers), "bytes": list(token.encode()), "top_logprobs": top}
    return {"content": [one], "refusal": None}


@st.composite
def choice_chunks(draw: st.DrawFn, index: int) -> list[dict[str, Any]]:
    """One choice as its chunks: who speaks, then words, a refusal or calls, then why it ended."""
    kind = draw(st.sampled_from(["words", "refusal", "calls", "words and calls"]))
    made = [{"index": index, "delta": {"role": "assistant", "content": "" if kind != "calls" else None}}]
    if "words" in kind:
        sure = draw(st.booleans())
        for word in draw(st.lists(WORDS, min_size=1, max_size=6)):
            extra = {"logprobs": draw(logprobs(word))} if sure else {}
            made.append({"index": index, "delta": {"content": word}, **extra})
    if kind == "refusal":
        made += [{"index": index, "delta": {"refusal": word}} for word in draw(st.lists(WORDS, min_size=1, max_size=4))]
    if "calls" in kind:
        made += [{"index": index, "delta": delta} for delta in draw(calls())]
    reason = "tool_calls" if "calls" in kind else draw(st.sampled_from(["stop", "length", "content_filter"]))
    return [{"finish_reason": None, **one} for one in made] + [{"index": index, "delta": {}, "finish_reason": reason}]


@st.composite
def streams(draw: st.DrawFn) -> tuple[int, list[dict[str, Any]]]:
    """A whole stream of n choices, interleaved, with the usage in a chunk of its own at the end."""
    count = draw(st.integers(1, 3))
    left = [draw(choice_chunks(index)) for index in range(count)]
    about = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "model-1",
        "system_fingerprint": "f",
    }
    made = [{**about, "choices": [chunks.pop(0)]} for chunks in left]  # who speaks comes first, in order
    while any(left):
        index = draw(st.sampled_from([place for place, chunks in enumerate(left) if chunks]))
        made.append({**about, "choices": [left[index].pop(0)]})
    if draw(st.booleans()):
        counted = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
        details = {"prompt_tokens_details": {"cached_tokens": 3}, "completion_tokens_details": {"reasoning_tokens": 2}}
        made.append({**about, "choices": [], "usage": counted | details})
    return count, made


def accumulated(chunks: list[dict[str, Any]]) -> ChatCompletion:
    from openai.lib.streaming.chat import ChatCompletionStreamState  # long to load
    from openai.types.chat import ChatCompletionChunk

    state: ChatCompletionStreamState[None] = ChatCompletionStreamState()
    for chunk in chunks:
        state.handle_chunk(ChatCompletionChunk.model_validate(chunk))
    return state.current_completion_snapshot


def folded(count: int, chunks: list[dict[str, Any]]) -> Reply:
    builder = ReplyBuilder(choices=count)
    for chunk in chunks:
        builder.add(chunk)
    builder.end()
    return builder.snapshot()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(streams())
def test_the_same_chunks_give_the_same_completion(stream: tuple[int, list[dict[str, Any]]]) -> None:
    count, chunks = stream
    theirs, ours = accumulated(chunks), folded(count, chunks)
    assert ours.model == theirs.model
    assert ours.system_fingerprint == theirs.system_fingerprint
    assert len(ours.choices) == len(theirs.choices) == count
    for mine, other in zip(ours.choices, sorted(theirs.choices, key=lambda choice: choice.index), strict=True):
        assert mine.text == (other.message.content or "")
        assert mine.refusal == (other.message.refusal or "")
        assert mine.finish_reason == other.finish_reason
        named = [(call.id, call.function.name, call.function.arguments) for call in other.message.tool_calls or ()]
        assert [(call.id, call.name, call.arguments) for call in mine.tool_calls] == named
        tokens = (other.logprobs.content if other.logprobs else None) or []
        assert [(one["token"], one["logprob"]) for one in mine.logprobs] == [(one.token, one.logprob) for one in tokens]
        tops = [[(top.token, top.logprob) for top in one.top_logprobs] for one in tokens]
        assert [[(top["token"], top["logprob"]) for top in one["top_logprobs"]] for one in mine.logprobs] == tops
    assert (ours.usage is None) == (theirs.usage is None)
    if ours.usage is not None and theirs.usage is not None:
        counts = (theirs.usage.prompt_tokens, theirs.usage.completion_tokens, theirs.usage.total_tokens)
        assert (ours.usage.prompt_tokens, ours.usage.completion_tokens, ours.usage.total_tokens) == counts
