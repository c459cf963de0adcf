"""The files and batches of a server: upload, creation, status, download and deletion, as in OpenAI's Batch API."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx

from vision_magic.errors import BrokenReply, ServerError, VisionError, WireError
from vision_magic.wire import failures, unreachable
from vision_magic.wire.batch_answers import ServerBatch, batch_in, id_in, text_of
from vision_magic.wire.client import ClientFactory
from vision_magic.wire.decompression import Decompressor
from vision_magic.wire.retry import LONGEST_WAIT, retry_delay
from vision_magic.wire.server_json import loads

__all__ = ["FileServer"]

_TRIES: Final = 5
_FEW_TRIES: Final = 2  # for what is only a convenience
_SECONDS: Final = 60.0  # without a byte, in either direction
_UPLOAD_ANSWER: Final = 600.0  # seconds: a server may check 190 MB before it answers
_MAX_JSON: Final = 16 * 1024 * 1024  # bytes
_MAX_FILE: Final = 8 * 1024**3  # bytes of a file of answers; more is a mistake or an attack
_PAGE: Final = 100  # objects of a list
_MAX_PAGES: Final = 20

_NO_BATCHES: Final = frozenset({404, 405, 501})
_WITHOUT: Final = (
    "This server seems to have no Batch API (/files and /batches), which OpenAI, Azure OpenAI, Groq and LiteLLM's "
    "proxy have. For an engine that reads such files, as vllm run-batch does, write one: "
    "vm.batch(…, send=False).write('in.jsonl'). Or ask at once with vm.ask_each."
)
# Right after the upload, some servers do not know the file yet (bespokelabsai/curator#116), or still check it (Azure).
_FILE_NOT_READY: Final = re.compile(
    r"\bfile\b.{0,80}(?:not (?:be )?(?:found|exist|ready|processed|available)|no such|does ?n.t exist|pending|"
    r"processing|uploading)|no such (?:file|object)|(?:could|can)not find.{0,40}\bfile\b",
    re.IGNORECASE,
)


class FileServer:
    """The files and batches of one server.

    Parameters
    ----------
    clients : ClientFactory
        Makes the clients and signs the requests.
    host : str
        The server's name in messages.
    pause : callable, optional
        Waits for some seconds.
    """

    def __init__(self, clients: ClientFactory, *, host: str, pause: Callable[[float], None] | None = None) -> None:
        self._clients = clients
        self.host = host
        self._pause = pause if pause is not None else lambda seconds: time.sleep(seconds)
        # A deployment of Azure has no files of its own: they are those of the resource.
        root, is_deployment, _ = clients.base_url.partition("/deployments/")
        self._prefix = f"/{urlsplit(root).path}" if is_deployment else ""

    # -- files -------------------------------------------------------------------------------------------------

    def upload(self, path: Path, name: str) -> str:
        """Upload a file of lines for a batch, block by block, and return its id.

        Raises
        ------
        ServerError
            The server refused it (`is_size_refusal` says whether for its size), or has no files.
        ConnectionFailed
            It is not known whether the server has it; `find_file` may.
        """
        size = path.stat().st_size
        with path.open("rb") as file:

            def content() -> dict[str, Any]:
                file.seek(0)
                return {"data": {"purpose": "batch"}, "files": {"file": (name, file, "application/jsonl")}}

            with _explained(_NO_BATCHES):
                made = self._call("POST", "/files", content=content, size=size, tries=1, read=_UPLOAD_ANSWER)
        return id_in(made, "a file", self.host)

    def find_file(self, name: str, size: int | None = None) -> str:
        """Return the id of an uploaded file by its name; empty if there is none, or if the server lists no files.

        Parameters
        ----------
        name : str
            Its name.
        size : int, optional
            Its size (bytes); a file of another size is not it.
        """
        for item in self._listed("/files", {"purpose": "batch"}):
            found = item.get("bytes")
            if item.get("filename") == name and (size is None or found in (None, size)):
                return text_of(item.get("id"))
        return ""

    def download(self, file_id: str, path: Path) -> None:
        """Write the content of a file at the server to a path; begin anew if the connection breaks.

        Raises
        ------
        WireError
            It cannot be had. The path may hold a part of it.
        """
        for attempt in range(1, _TRIES + 1):
            try:
                with path.open("wb") as file:
                    size = 0
                    for data in self._blocks("GET", f"/files/{quote(file_id, safe='')}/content"):
                        size += len(data)
                        if size > _MAX_FILE:
                            raise BrokenReply(f"{self.host} sent a file of more than {_MAX_FILE} bytes; expected less.")
                        file.write(data)
                return
            except WireError as error:
                self._rest(error, attempt, _TRIES)

    def delete(self, file_id: str) -> bool:
        """Delete a file at the server; return whether it is gone."""
        try:
            self._call("DELETE", f"/files/{quote(file_id, safe='')}")
        except ServerError as error:
            return error.status == 404
        except WireError:
            return False
        return True

    # -- batches -----------------------------------------------------------------------------------------------

    def create(self, file_id: str, endpoint: str, metadata: Mapping[str, str]) -> ServerBatch:
        """Create a batch from an uploaded file, which the server may need some seconds to know.

        Raises
        ------
        ServerError
            The server refused it. With a status of 500 or more, it may have been created all the same.
        ConnectionFailed, BrokenReply
            It may have been created; `find_batch` tells.
        """
        body = {
            "input_file_id": file_id,
            "endpoint": endpoint,
            "completion_window": "24h",
            "metadata": dict(metadata),
        }
        content = {"content": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}}
        for attempt in range(1, _TRIES + 1):
            try:
                with _explained(_NO_BATCHES - {404}):
                    return batch_in(self._call("POST", "/batches", content=lambda: content, tries=1), self.host)
            except ServerError as error:
                if error.status not in (400, 404, 409, 422) or not _FILE_NOT_READY.search(error.server_message):
                    if error.status == 404:
                        error.args = (f"{error} {_WITHOUT}",)
                    if error.status != 429:
                        raise
                else:
                    error.retryable = True
                self._rest(error, attempt, _TRIES)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def batch(self, batch_id: str) -> ServerBatch:
        """Return the state of a batch."""
        try:
            return batch_in(self._call("GET", f"/batches/{quote(batch_id, safe='')}"), self.host)
        except ServerError as error:
            if error.status == 404:
                said = f" ({error.server_message})" if error.server_message else ""
                error.args = (
                    f"{self.host} does not know the batch {failures.excerpt(batch_id)}{said}: it was deleted, or "
                    "belongs to another key or project. job.cancel() gives it up, so that its pictures can be asked "
                    "again.",
                )
            raise

    def cancel(self, batch_id: str) -> ServerBatch:
        """Ask the server to end a batch; return its state, in which it may stay for minutes."""
        return batch_in(self._call("POST", f"/batches/{quote(batch_id, safe='')}/cancel"), self.host)

    def find_batch(self, metadata: Mapping[str, str], file_id: str = "") -> ServerBatch | None:
        """Return the batch with all of these metadata, or of this input file; None if the list has none.

        Raises
        ------
        WireError
            The server does not list its batches.
        """
        for item in self._listed("/batches", {}, strict=True):
            found = item.get("metadata")
            named = isinstance(found, Mapping) and all(found.get(name) == value for name, value in metadata.items())
            if named or (not found and file_id and item.get("input_file_id") == file_id):
                return batch_in(item, self.host)
        return None

    # -- requests ----------------------------------------------------------------------------------------------

    def _listed(self, path: str, params: Mapping[str, str], *, strict: bool = False) -> Iterator[Mapping[str, Any]]:
        """Yield the objects of a list, newest first as a rule, page by page."""
        params = {**params, "limit": str(_PAGE)}
        for _ in range(_MAX_PAGES):
            try:
                page = self._call("GET", path, params=params, tries=_TRIES if strict else _FEW_TRIES)
            except WireError:
                if strict:
                    raise
                return
            items = page.get("data") if isinstance(page, Mapping) else None
            items = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
            yield from items
            after = text_of(items[-1].get("id")) if items else ""
            if not after or not page.get("has_more") or params.get("after") == after:
                return
            params = {**params, "after": after}

    def _call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: Callable[[], Mapping[str, Any]] = dict,
        size: int = 0,
        tries: int = _TRIES,
        read: float = _SECONDS,
    ) -> Any:
        """Return the JSON that answers a request; send it again after an error that may pass."""
        for attempt in range(1, tries + 1):
            try:
                body = bytearray()
                for data in self._blocks(method, path, params=params, content=content(), size=size, read=read):
                    body += data
                    if len(body) > _MAX_JSON:
                        raise BrokenReply(f"{self.host} sent more than {_MAX_JSON} bytes; expected a short object.")
                return self._parsed(bytes(body))
            except WireError as error:
                self._rest(error, attempt, tries)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _parsed(self, body: bytes) -> Any:
        try:
            return loads(body)
        except ValueError:
            shown = failures.excerpt(body[:400].decode("utf-8", "replace"))
            raise BrokenReply(f"{self.host} sent {shown!r}; expected JSON. Check the base URL.") from None

    def _rest(self, error: WireError, attempt: int, tries: int) -> None:
        """Wait before the next attempt; raise the error if it is final."""
        wait = error.retry_after
        if not error.retryable or attempt == tries or (wait is not None and wait > LONGEST_WAIT):
            raise error
        self._pause(retry_delay(attempt, wait))

    def _blocks(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: Mapping[str, Any] | None = None,
        size: int = 0,
        read: float = _SECONDS,
    ) -> Iterator[bytes]:
        """Yield the body of a successful response, block by block."""
        begun = time.monotonic()
        client = self._clients.new(httpx.Client)
        try:
            timeout = (self._clients.connect_timeout, read, _SECONDS, self._clients.connect_timeout)
            request = self._clients.plain(client, method, self._prefix + path, params or {}, timeout, **(content or {}))
            response = client.send(request, stream=True, auth=self._clients.sign, follow_redirects=False)
            try:
                if not 200 <= response.status_code < 300:
                    raise self._refusal(response, size)
                yield from _decompressed(response)
            finally:
                response.close()
        except VisionError:
            raise
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            failure = unreachable.as_failure(error, self._clients.proxy)
            raise unreachable.error_for(
                failure, host=self.host, base_url=self._clients.base_url, waited=time.monotonic() - begun
            ) from None
        finally:
            if self._clients.owns(client):
                client.close()

    def _refusal(self, response: Any, size: int) -> ServerError:
        body = b""
        for data in _decompressed(response):
            body += data
            if len(body) > failures.MAX_BODY:
                break
        return failures.from_response(
            response.status_code,
            body,
            host=self.host,
            headers={name.lower(): value for name, value in response.headers.items()},
            location=response.headers.get("location", ""),
            key=self._clients.key_note,
            base_url=self._clients.base_url,
            request_size=size,
        )


def _decompressed(response: Any) -> Iterator[bytes]:
    if response.is_stream_consumed:  # a transport that answers from memory
        yield response.content
        return
    decompressor = Decompressor(response.headers.get("content-encoding", ""))
    for data in response.iter_raw():
        yield from decompressor.decompress(data)


@contextlib.contextmanager
def _explained(statuses: frozenset[int]) -> Iterator[None]:
    """Add to an error with one of these statuses that the server has no Batch API."""
    try:
        yield
    except ServerError as error:
        if error.status in statuses:
            error.args = (f"{error} {_WITHOUT}",)
        raise
