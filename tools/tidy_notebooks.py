"""Remove run times and details of the machine from the committed notebooks, to keep their diffs small."""

from __future__ import annotations

from pathlib import Path

import nbformat

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def main() -> None:
    """Rewrite each notebook without metadata that changes from run to run."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata = {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        for number, cell in enumerate(notebook.cells, 1):
            cell.metadata.pop("execution", None)
            cell["id"] = f"cell-{number:02d}"
            if "nbval-ignore-output" in cell.metadata.get("tags", []):
                cell.outputs = []  # outputs that are not compared may contain paths of this machine
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
