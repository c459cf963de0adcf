"""Set-up for all tests: an empty home, no settings or keys of the user, and the cells of notebooks in order."""

from __future__ import annotations

import faulthandler
import gc
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# The threads of NumPy's library wait by spinning: with two busy workers on two cores, a product of small matrices took
# twenty times the work. It reads this when it is loaded: in the workers and kernels that this process starts.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# jsonschema builds 38 parsers for the `format` of addresses when it is imported, three seconds in each worker, and
# leaves them out where this package is missing. No schema of ours and no test asks for a format.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

# No test asserts a time; a busy machine is slow now and then. The same commit tries the same examples wherever it is
# tested; many new ones are for whoever looks for faults, with --hypothesis-profile explore. How many there are is said
# here and nowhere else, unless an example takes long. With the lowest versions, a few show what is missing in them.
PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("tests", max_examples=50, derandomize=True, **PATIENT)
hypothesis.settings.register_profile("lowest", max_examples=10, derandomize=True, **PATIENT)
hypothesis.settings.register_profile("explore", max_examples=400, **PATIENT)
hypothesis.settings.load_profile("tests")

SLOW = {Path(__file__).parent / name for name in ("slow", "real_servers")}
HOME = Path(tempfile.mkdtemp(prefix="vision-magic-home-"))


class Watchdog:
    """Ends this process with the traceback of every thread if no test begins for ten minutes.

    It is for a test that no signal reaches, as in C code; others are ended by pytest-timeout. pytest can do so itself,
    but starts and joins a thread for each test, which took milliseconds of each where the machine is busy.
    """

    LIMIT = 600

    def __init__(self) -> None:
        self._stderr = os.dup(sys.__stderr__.fileno()) if sys.__stderr__ is not None else 2
        self._set = -math.inf

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        now = time.monotonic()
        if now - self._set > self.LIMIT / 20:
            self._set = now
            faulthandler.dump_traceback_later(self.LIMIT * 21 / 20, exit=True, file=self._stderr)

    def pytest_unconfigure(self) -> None:
        faulthandler.cancel_dump_traceback_later()


def pytest_configure(config: pytest.Config) -> None:
    """Give this process an empty home that it shares with no other worker."""
    config.pluginmanager.register(Watchdog())
    for name in list(os.environ):
        if name.startswith(("XDG_", "JUPYTER")) or name in ("IPYTHONDIR", "MPLCONFIGDIR"):
            del os.environ[name]
    os.environ["HOME"] = str(HOME)
    startup = HOME / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    kernels = Path(__file__).parent / "engine" / "in_kernels.py"
    (startup / "readings.py").write_text(f"__import__('runpy').run_path({str(kernels)!r})\n", encoding="utf-8")


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let the collector of garbage pass over all modules and tests, which took it a second each time.

    While they are made it has nothing to find, and looked through them again and again: a quarter of the collection.
    Afterwards it took an eighth of all tests, most of it to look through what the process keeps, so it begins later.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 10, 20)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by its folder, and put the cells of notebooks back in order, which pytest-randomly shuffles."""
    items.sort(key=lambda item: (str(item.path), item.cell_num) if hasattr(item, "cell_num") else ("", 0))
    for item in items:
        if item.path.parent in SLOW:
            item.add_marker(pytest.mark.slow)
            if item.path.stem != "test_course":  # whose lessons share nothing, unlike tests of one server or one site
                item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start every test without a profile, a key, a settings file, or a choice or a figure of an earlier test."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "VISION_MAGIC_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("VISION_MAGIC_CONFIG", str(HOME / "nowhere" / "no-config.toml"))
    yield
    from vision_magic.session.default import session

    session.state.options = {}
    session.state.ledger.clear()
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")  # an open figure is the last picture of the next notebook
