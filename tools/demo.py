"""Run the quickstart notebook without a browser and print the answers of its ``%%vision`` cells."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "notebooks" / "01-quickstart.ipynb"
BUILT = ROOT / "build" / "demo"


def main() -> int:
    """Execute the notebook, print its answers, and print where the executed copies are."""
    # The demo asks no server, whatever keys are in the environment.
    os.environ["VISION_MAGIC_PROFILE"] = "embedded"
    import nbformat

    started = time.monotonic()
    notebook = nbformat.read(SOURCE, as_version=4)
    print(f"Running {SOURCE.relative_to(ROOT)} with the embedded reader: no key, no network.", flush=True)
    failure = execute(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith("%%vision"):
            print_exchange(cell)
    paths = save(notebook)
    print(f"\n{time.monotonic() - started:.1f} s. The executed notebook and an HTML page of it:")
    print("\n".join(f"  {path.relative_to(ROOT)}" for path in paths))
    print("To open it in JupyterLab: make lab")
    if failure is not None:
        print(f"\nA cell failed:\n{failure}", file=sys.stderr)
    return int(failure is not None)


def execute(notebook: Any) -> Exception | None:
    """Run the notebook in a kernel of this environment; return the error that stopped it, or None."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(SOURCE.parent)}})
    client.extra_arguments = ["--IPKernelApp.log_level=40"]  # hides a warning about TCP
    try:
        client.execute()
    except CellExecutionError as error:
        return error
    return None


def print_exchange(cell: Any) -> None:
    """Print the source of a cell and its answer."""
    print("\n" + "─" * 78)
    print("\n".join(f"  {line}" for line in cell.source.splitlines()))
    print()
    for output in cell.outputs:
        text = output.get("text") or output.get("data", {}).get("text/plain", "")
        print(text.rstrip())


def save(notebook: Any) -> tuple[Path, Path]:
    """Write the executed notebook and an HTML page of it; return both paths."""
    import nbformat
    from nbconvert import HTMLExporter

    BUILT.mkdir(parents=True, exist_ok=True)
    executed, page = BUILT / SOURCE.name, (BUILT / SOURCE.name).with_suffix(".html")
    nbformat.write(notebook, executed)
    page.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    return executed, page


if __name__ == "__main__":
    sys.exit(main())
