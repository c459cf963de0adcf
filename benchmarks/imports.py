"""What does starting cost? Imports, the extension, and the first event of the engine, in fresh processes."""

from __future__ import annotations

from timing import fresh_processes, table

SHELL = "from IPython.core.interactiveshell import InteractiveShell as S; s = S.instance()"
PICTURE = "from PIL import Image; p = Image.new('RGB', (640, 480), 'navy')"


def main() -> None:
    """Print both tables."""
    table(
        "Import, fresh process",
        fresh_processes(
            {
                "python alone": "pass",
                "import vision_magic": "import vision_magic",
                "import vision_magic; .ask": "import vision_magic; vision_magic.ask",
                "import httpx": "import httpx",
                "import openai": "import openai",
            }
        ),
        base="import openai",
    )
    table(
        "Notebook start, fresh process",
        fresh_processes(
            {
                "IPython shell": SHELL,
                "IPython shell, %load_ext vision_magic": f"{SHELL}; s.run_line_magic('load_ext', 'vision_magic')",
            }
        ),
        base="IPython shell",
    )
    table(
        "First event of the embedded reader, fresh process",
        fresh_processes(
            {
                "a Pillow image": PICTURE,
                "a Pillow image, asked about": f"{PICTURE}; import vision_magic as vm; next(vm.stream('Hi', p))",
            }
        ),
        base="a Pillow image",
    )


if __name__ == "__main__":
    main()
