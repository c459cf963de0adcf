"""One question to many pictures by a server's Batch API: at half the price, within a day, as the rows of a run."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from vision_magic.each.batch.collecting import failed_row
from vision_magic.each.batch.job import BatchJob
from vision_magic.each.batch.lines import MAX_BYTES, MAX_LINES, LineFile, SentLine, line_files
from vision_magic.each.batch.parts import Part, Parts, pending_in
from vision_magic.each.batch.requests import Requests
from vision_magic.each.batch.sending import Sender
from vision_magic.each.batch.server import server_of
from vision_magic.each.batch.watching import Watcher
from vision_magic.each.pictures.keys import decode_key
from vision_magic.each.plan import Plan, plan_of
from vision_magic.each.run_file.run_file import RunFile, path_of
from vision_magic.errors import Interrupted, RecordingMiss, RequestError, SpendingCapReached
from vision_magic.session.endpoints import endpoint as endpoint_of
from vision_magic.session.guarded import refuses_keys

if TYPE_CHECKING:
    from vision_magic.each.pictures.task import Task
    from vision_magic.session.session import Session
    from vision_magic.session.state import SessionState
    from vision_magic.wire.body import Body
    from vision_magic.wire.endpoint import Endpoint

__all__ = ["batch"]

_AZURE: Final = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")


@refuses_keys
def batch(
    question: object,
    pictures: object,
    *,
    schema: Any = None,
    key: Any = None,
    run: str | Path | None = None,
    repeat: int = 1,
    send: bool = True,
    keep_files: bool = False,
    discount: float = 0.5,
    url: str | None = None,
    session: Session | None = None,
    **options: Any,
) -> BatchJob:
    """Ask one question about many pictures by the server's Batch API, which costs half and takes up to a day.

    The requests are written to files of at most 50,000 lines and 190 MB, uploaded, and started; then the call returns.
    The rows go to the same file as those of `ask_each`. Everything about the job is stored there before it is needed:
    after a restart, the same call, or `jobs`, goes on with it, and nothing is paid twice. Pictures that have an answer,
    or are in a batch already, are not sent again.

    Parameters
    ----------
    question, pictures, schema, key, run, repeat
        As for `ask_each`.
    send : bool
        False sends nothing: ``job.write("in.jsonl")`` then writes the requests for an engine without a server.
    keep_files : bool
        Whether the uploaded files stay at the server. By default they are deleted when all answers are here. Files of
        answers always stay there.
    discount : float
        What a batch costs in comparison with the prices of the settings (above 0, at most 1).
    url : str, optional
        The path of each request as the server expects it; by default ``/v1/chat/completions``, and
        ``/chat/completions`` for Azure's addresses without ``/v1``.
    session : Session, optional
        The session; by default that of `vision_magic.ask`.
    **options
        As for `ask`.

    Returns
    -------
    BatchJob
        The job. ``job.wait()`` waits for it, ``job.rows`` are the rows that have come.

    Raises
    ------
    ImageError, RequestError, RunError, SettingsError
        A picture of the question, an option, the run or a setting is invalid; nothing was sent.
    SpendingCapReached
        ``max_tokens_total`` does not allow more requests; files that were full before have been sent.
    ServerError
        The server has no Batch API, or refuses it.
    Interrupted
        The kernel was interrupted; the same call goes on.

    Examples
    --------
    >>> job = vm.batch("Which species?", stack, schema=Species, run="moths")  # doctest: +SKIP
    >>> job  # doctest: +SKIP
    moths · batch_68f0 · in progress 4,120 of 10,000 · 3 files · started 14:02
    >>> rows = job.wait()  # doctest: +SKIP
    """
    if isinstance(discount, bool) or not isinstance(discount, int | float) or not 0 < discount <= 1:
        raise RequestError(f"discount got {discount!r}; expected a number above 0 and at most 1, such as 0.5.")
    from vision_magic.each.pictures.tasks import tasks_of
    from vision_magic.session.default import session as default

    state = (session or default).state
    own = ("schema", "key", "run", "repeat", "send", "keep_files", "discount", "url", "session")
    plan = plan_of(question, schema, options, state.options, own)
    if plan.settings.embedded:
        raise RequestError(
            "The embedded reader has no Batch API, and is free: use vm.ask_each. For a batch, name a server, such as "
            "profile='openai' and a model."
        )
    tasks = tasks_of(pictures, key=key, repeat=repeat)
    file = RunFile.open(path_of(run), plan.mark)
    try:
        file.key_names = tasks.key_names
        how = _How(
            plan, state, keep_files=keep_files, discount=float(discount), url=url or url_of(plan.settings.base_url)
        )
        batch_of_run = _BatchOfRun(file, tasks, how)
        if send:
            batch_of_run.send()
        return batch_of_run.job
    except Interrupted:  # its table reads the file
        raise
    except BaseException:
        file.close()
        raise
    finally:
        file.release()


def url_of(base_url: str) -> str:
    """Return the path of the requests in a batch, as the server at an address expects it."""
    parts = urlsplit(base_url)
    is_old_azure = (parts.hostname or "").endswith(_AZURE) and "/v1" not in parts.path
    return "/chat/completions" if is_old_azure else "/v1/chat/completions"


@dataclass(slots=True)
class _How:
    """How a batch is made."""

    plan: Plan
    state: SessionState
    keep_files: bool
    discount: float
    url: str

    def endpoint(self) -> Endpoint:
        return endpoint_of(self.plan.settings, self.plan.call_options, self.state)


class _BatchOfRun:
    """The pictures of a call of `batch`, and the run to which they go."""

    def __init__(self, run: RunFile, tasks: Any, how: _How) -> None:
        self._run = run
        self._parts = Parts(run.batches)
        self._tasks = tasks
        self._how = how
        self._plan = how.plan
        self._endpoint = how.endpoint()  # a missing key is an error at once
        self._estimates: dict[int, int] = {}
        self._estimated = 0
        self._watcher = Watcher(run, self._endpoint.files, how.plan.schema, how.plan.settings.host)
        self.job = BatchJob(
            self._watcher,
            prices=how.plan.settings.prices,
            discount=how.discount,
            total=tasks.total,
            left_out=tasks.left_out,
            pictures=self._picture,
            write=self._write,
        )

    def _picture(self, key: Any) -> object:
        task = self._tasks.find(key)
        if task is None:
            raise KeyError(key)
        return task.load()

    def send(self) -> None:
        """Go on with what was not sent completely, then send what is not asked yet."""
        files = self._endpoint.files()
        sender = Sender(self._parts, files, self._refused)
        try:
            self._watcher.resume(files)
            with tempfile.TemporaryDirectory(prefix="vision_magic-") as folder:
                for file, known in self._files(self._run, Path(folder), max_lines=MAX_LINES, max_bytes=MAX_BYTES):
                    self._refuse_replay()
                    for _ in sender.send(file, known):
                        pass
        except KeyboardInterrupt:
            stopped = Interrupted(
                "Interrupted. What was sent is in the file of the run: the same call goes on with it, and job.cancel() "
                "of vm.jobs() ends it."
            )
            stopped.partial = self.job.rows
            raise stopped from None

    def _refuse_replay(self) -> None:
        recording = self._how.state.recordings.active()
        if recording is not None and recording.replays:
            raise RecordingMiss(
                "A recording is replayed, so nothing is sent; it holds no batches. End it with %vision record off, or "
                "keep the file of the run beside the notebook: rows that it has are not asked again."
            )

    def _write(self, path: Path) -> int:
        """Write what is not asked yet to one file, for an engine without a server."""
        count = 0
        with (
            RunFile.open(self._run.path, self._run.mark) as run,
            tempfile.TemporaryDirectory(prefix=".vision_magic-", dir=path.parent) as folder,
        ):
            for file, known in self._files(run, Path(folder), max_lines=10**9, max_bytes=10**15):
                # Stored before the file is there, so that its answers can always be read.
                Parts(run.batches).add(file, replace(known, state="written"))
                file.path.replace(path)
                count += len(file.lines)
        return count

    def _files(self, run: RunFile, folder: Path, **limits: int) -> Iterator[tuple[LineFile, Part]]:
        """Yield files of the requests that are to be asked, each with what is known of its part."""
        token = secrets.token_hex(6)
        settings = self._plan.settings
        known = Part(
            state="uploading",
            token=token,
            number=0,
            count=0,
            size=0,
            url=self._how.url,
            keep_files=self._how.keep_files,
            server=server_of(settings, self._plan.schema, self._how.discount),
        )
        for file in line_files(self._lines(run, self._tasks), folder, token, self._how.url, **limits):
            estimated = sum(self._estimates.pop(line.number, 0) for line in file.lines)
            yield file, replace(known, estimated_tokens=estimated)

    def _lines(self, run: RunFile, tasks: Iterable[Task]) -> Iterator[tuple[SentLine, Body]]:
        finished, pending = run.finished(), pending_in(run)

        def wanted(key: str, repeat: int, position: int) -> bool:
            if (key, repeat) in finished:
                run.set_order(decode_key(key), position)
            return (key, repeat) not in finished and (key, repeat) not in pending

        requests = Requests(
            plan=self._plan,
            endpoint=self._endpoint,
            drawing=self._how.state.preparing,
            wanted=wanted,
            on_failed=run.add,
            on_estimate=self._estimate,
        )
        return requests.lines(tasks)

    def _estimate(self, number: int, prompt: int, answer: int) -> None:
        """Note the tokens of a request; stop before the cap of the session is passed."""
        self._estimates[number] = prompt
        self._estimated += prompt + answer
        cap = self._plan.settings.max_tokens_total
        spent = self._how.state.ledger.total
        if cap is not None and spent + self._estimated > cap:
            raise SpendingCapReached(
                f"The batch was stopped at request {number + 1:,}: {spent:,} tokens are spent, it would take about "
                f"{self._estimated:,} more, and max_tokens_total is {cap:,}. Raise the cap with "
                "%vision config max_tokens_total=…; files that were full before have been sent."
            )

    def _refused(self, line: SentLine, words: str) -> None:
        self._run.add(failed_row(line, words), line.position)
