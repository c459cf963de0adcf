"""Lists of the models of a server, and of the local servers that are running.

Requests only read: none of them loads, switches or downloads a model.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.errors import BrokenReply, ServerError, WireError
from vision_magic.secrets import redact
from vision_magic.wire import failures, unreachable
from vision_magic.wire.client import ClientFactory
from vision_magic.wire.connection import Connection, status_of
from vision_magic.wire.server_json import loads
from vision_magic.wire.steps import Read, ResponseHead, Send, TransportFailure
from vision_magic.wire.timeouts import Timeouts

__all__ = ["LOCAL_SECONDS", "Model", "listed_models", "models_of", "servers_up"]

Get = Callable[[str], Any]
"""Function that takes a path below the base URL, or ``//path`` on the same server, and returns its JSON or None."""

_LIST_SECONDS: Final = 5.0
_LIST_BYTES: Final = 1 << 24
_NO_LIST: Final = frozenset((400, 404, 405, 422, 501))  # statuses of an address that is none of the server's

LOCAL_SECONDS: Final = 0.3
"""Time limit for a server on this machine to answer at all (seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model of a server.

    Attributes
    ----------
    id : str
        Name of the model, as the server spells it.
    vision : bool or None
        Whether it accepts images; None if the server does not say. It is never guessed from the name.
    """

    id: str
    vision: bool | None = None


def models_of(get: Get) -> tuple[Model, ...]:
    """Return the models of a server, those that accept images first.

    Parameters
    ----------
    get : callable
        Sends GET requests to the server.

    Notes
    -----
    Ollama says in ``/api/tags`` which models accept images, LM Studio in ``/api/v1/models`` (0.4) or
    ``/api/v0/models``, llama.cpp in ``/props``, OpenRouter and Mistral in ``/models``; OpenAI, Groq and vLLM do not
    say.
    """
    for source in (_lm_studio, _ollama, _compatible):
        found = {model.id: model for model in source(get)}
        if found:
            return tuple(sorted(found.values(), key=_order))
    return ()


def listed_models(get: Get, clients: ClientFactory, host: str) -> tuple[Model, ...]:
    """Return the models that a server lists, those that accept images first; no address is asked twice.

    Parameters
    ----------
    get : callable
        Sends the GET requests beside that for the list.
    clients : ClientFactory
        Makes the client and signs the request for the list.
    host : str
        The server's name in messages.

    Raises
    ------
    WireError
        The server refuses, as it would refuse a question, or has no list. After a refusal, nothing more is sent.
    """
    status, body = _answer_of_list(clients, host)
    listed = _json(body) if 200 <= status < 300 else None
    models = models_of(lambda path: listed if path == "/models" else get(path))
    if not models and not _is_list(listed):
        raise _without_list(status, body, host, clients.base_url)
    return models


def _answer_of_list(clients: ClientFactory, host: str) -> tuple[int, bytes]:
    """Return the status and the body with which a server answers at ``/models``, also if it has no such address."""
    begun = time.monotonic()
    until = begun + _LIST_SECONDS
    connection = Connection(clients)
    try:
        head = connection.perform(Send("GET", "/models", until=until))
        if not isinstance(head, ResponseHead):
            failure = head if isinstance(head, TransportFailure) else TransportFailure("cut", "no answer")
            waited = time.monotonic() - begun
            raise unreachable.error_for(failure, host=host, base_url=clients.base_url, waited=waited)
        body = b""
        while len(body) < _LIST_BYTES and isinstance(data := connection.perform(Read(until)), bytes):
            body += data
    finally:
        connection.close()
    if 200 <= head.status < 300 or head.status in _NO_LIST:
        return head.status, body
    raise failures.from_response(
        head.status,
        body[: failures.MAX_BODY],
        host=host,
        headers=head.headers,
        location=head.headers.get("location", ""),
        base_url=clients.base_url,
        key=clients.key_note,
    )


def _json(body: bytes) -> Any:
    try:
        return loads(body)
    except ValueError:
        return None


def _is_list(listed: Any) -> bool:
    """Whether an answer is a list of models, if only an empty one."""
    return isinstance(listed.get("data") if isinstance(listed, Mapping) else listed, list)


def _without_list(status: int, body: bytes, host: str, base_url: str) -> WireError:
    """Return the error of an address that answers with something else than a list of models."""
    said = failures.describe(body[: failures.MAX_BODY].decode("utf-8", errors="replace"))[0] or "nothing"
    advice = failures.address_advice(base_url) or "Name a model with -m MODEL; if that fails too, check the base URL."
    message = f"{host} answered {status} at {base_url}/models, with {said}; expected a list of models. {advice}"
    return ServerError(message, status=status) if status >= 300 else BrokenReply(message)


def _order(model: Model) -> tuple[int, str]:
    return {True: 0, None: 1, False: 2}[model.vision], model.id


def _compatible(get: Get) -> Iterable[Model]:
    listed = get("/models")
    items = listed.get("data") if isinstance(listed, Mapping) else listed
    cards = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    # llama-server describes the one model that it has loaded. In router mode, the request could load a model.
    loaded = _vision_of_loaded(get) if len(cards) == 1 and cards[0].get("owned_by") == "llamacpp" else None
    for card in cards:
        if isinstance(card.get("id"), str):
            vision = _vision_of(card)
            yield Model(id=redact(card["id"]), vision=loaded if vision is None else vision)


def _vision_of(card: Mapping[str, Any]) -> bool | None:
    """Return whether a model accepts images according to its entry, in the format of any known server."""
    architecture = card.get("architecture")
    modalities = architecture.get("input_modalities") if isinstance(architecture, Mapping) else None
    if isinstance(modalities, list):
        return "image" in modalities  # OpenRouter
    capabilities = card.get("capabilities")
    if isinstance(capabilities, Mapping) and isinstance(capabilities.get("vision"), bool):
        return bool(capabilities["vision"])  # Mistral, LM Studio
    if isinstance(capabilities, list):
        return bool({"vision", "multimodal"} & set(map(str, capabilities)))  # Ollama, llama.cpp
    if card.get("type") in ("vlm", "llm"):
        return bool(card["type"] == "vlm")  # LM Studio before 0.4
    return None


def _vision_of_loaded(get: Get) -> bool | None:
    props = get("//props")
    modalities = props.get("modalities") if isinstance(props, Mapping) else None
    return bool(modalities.get("vision")) if isinstance(modalities, Mapping) else None


def _ollama(get: Get) -> Iterable[Model]:
    tags = get("//api/tags")
    items = tags.get("models") if isinstance(tags, Mapping) else None
    for card in items if isinstance(items, list) else []:
        name = card.get("name") if isinstance(card, Mapping) else None
        if isinstance(name, str):
            yield Model(id=redact(name), vision=_vision_of(card))


def _lm_studio(get: Get) -> Iterable[Model]:
    for path, key in (("//api/v1/models", "models"), ("//api/v0/models", "data")):
        listed = get(path)
        items = listed.get(key) if isinstance(listed, Mapping) else None
        for card in items if isinstance(items, list) else []:
            name = (card.get("key") or card.get("id")) if isinstance(card, Mapping) else None
            if isinstance(name, str) and card.get("type") != "embedding":
                yield Model(id=redact(name), vision=_vision_of(card))
        if items:
            return


def servers_up(addresses: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the local servers that answer.

    They are asked at the same time, with one GET request each and a time limit of 0.3 s.

    Parameters
    ----------
    addresses : mapping
        Base URLs of the servers by name.
    """
    if not addresses:
        return ()
    with ThreadPoolExecutor(len(addresses)) as pool:
        answers = pool.map(_answers, addresses.values())
        return tuple(name for name, up in zip(addresses, answers, strict=True) if up)


def _answers(base_url: str) -> bool:
    timeouts = Timeouts(connect=LOCAL_SECONDS, first_token=LOCAL_SECONDS, idle=LOCAL_SECONDS)
    clients = ClientFactory(
        base_url,
        key=None,
        key_header="Authorization",
        query={},
        headers={},
        client=None,
        transport=None,
        timeouts=timeouts,
    )
    status = status_of(clients, "/models", LOCAL_SECONDS)
    return status is not None and status < 500
