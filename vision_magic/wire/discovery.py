"""Lists of the models of a server, and of the local servers that are running.

Requests only read: none of them loads, switches or downloads a model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.secrets import redact
from vision_magic.wire.client import ClientFactory
from vision_magic.wire.connection import answers
from vision_magic.wire.timeouts import Timeouts

__all__ = ["Model", "models_of", "servers_up"]

Get = Callable[[str], Any]
"""Function that takes a path below the base URL, or ``//path`` on the same server, and returns its JSON or None."""

_LOCAL_TIMEOUT: Final = 0.3  # seconds for a server on this machine to answer


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
    timeouts = Timeouts(connect=_LOCAL_TIMEOUT, first_token=_LOCAL_TIMEOUT, idle=_LOCAL_TIMEOUT)
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
    return answers(clients, "/models", _LOCAL_TIMEOUT)
