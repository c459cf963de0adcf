"""Ask vision models about images in memory, from Python or a notebook cell.

The public names are listed in ``__init__.pyi``; each is loaded when it is first used.

>>> import vision_magic as vm
>>> vm.as_image(b"no picture")
Traceback (most recent call last):
    ...
vision_magic.errors.ImageError: 10 B of data starting with b'no pictu' could not be decoded as a picture ...
"""

from __future__ import annotations

import lazy_loader

__version__ = "0.2.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def load_ipython_extension(shell: object) -> None:
    """Load the magics: ``%load_ext vision_magic``."""
    from vision_magic.notebook.extension import load

    load(shell)


def unload_ipython_extension(shell: object) -> None:
    """Unload the magics: ``%unload_ext vision_magic``."""
    from vision_magic.notebook.extension import unload

    unload(shell)
