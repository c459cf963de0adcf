"""The network of the classifier: a sentence encoder with windows of two, three and five pieces, and two layers.

The encoder is Google's Universal Sentence Encoder Multilingual (v3), cut to our languages and trained further by
``tools/classifier/train.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.classifier.inputs import Inputs
from vision_magic.engine.classifier.labels import LABELS, Label
from vision_magic.engine.classifier.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

__all__ = ["Network", "network"]

_FILE: Final = Path(__file__).with_name("weights.npz")
_ORDERS: Final = ((2, 0), (3, 1), (5, 2))
"""How many pieces each branch looks at together, and how many of them stand before."""
_EPSILON: Final = 1e-12
_LONGEST: Final = 96
"""Of more pieces, the first are read."""


class Network:
    """The weights of the classifier.

    Parameters
    ----------
    arrays : mapping of str to array
        The arrays of ``weights.npz``: matrices as 8-bit numbers, with a scale for each column; for each row of the
        table.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._known: dict[str, Array] = {}

    @cached_property
    def pieces(self) -> Pieces:
        """The pieces of words that it knows."""
        texts = self._arrays["pieces"].tobytes().decode("utf-8").split("\n")
        return Pieces(texts, self._arrays["scores"].tolist())

    def chances(self, inputs: Inputs) -> dict[Label, float]:
        """Return the probability of each label, the most probable first."""
        import numpy as np

        asked = self._encoded(inputs.words)
        labels = self._rows(self._numbers(inputs.labels)).mean(0) @ self["widen"]
        about = np.tanh(labels @ self["about"] + self["about_bias"])
        joined = np.concatenate([asked, about, np.array(inputs.features, np.float32)])
        hidden = np.maximum(joined @ self["hidden"] + self["hidden_bias"], 0)
        scores = hidden @ self["out"] + self["out_bias"]
        powers = np.exp(scores - scores.max())
        found = (powers / powers.sum()).tolist()
        return dict(sorted(zip(LABELS, found, strict=True), key=lambda pair: -pair[1]))

    def __getitem__(self, name: str) -> Array:
        """Return an array as 32-bit floats."""
        if name not in self._known:
            import numpy as np

            array = self._arrays[name].astype(np.float32)
            self._known[name] = array * self._arrays[f"{name}_scale"] if array.ndim == 2 else array
        return self._known[name]

    def _numbers(self, text: str) -> list[int]:
        return self.pieces.numbers(text)[:_LONGEST]

    def _rows(self, numbers: Sequence[int]) -> Array:
        """Return the rows of the table of pieces, which is never whole as floats."""
        import numpy as np

        table, scale = (self._arrays[name][numbers].astype(np.float32) for name in ("table", "table_scale"))
        rows: Array = table * scale
        return rows

    def _encoded(self, text: str) -> Array:
        import numpy as np

        words = self._rows(self._numbers(text)) @ self["widen"]
        parts = [words]
        for length, left in _ORDERS:
            x = self._normalised(np.add(words @ self[f"proj{length}"], self[f"proj_b{length}"]), f"{length}")
            h = np.maximum(_windows(x, length, left) @ self[f"w1_{length}"] + self[f"b1_{length}"], 0) + x
            parts.append(np.maximum(_windows(h, length, left) @ self[f"w2_{length}"] + self[f"b2_{length}"], 0) + h)
        joined: Array = np.concatenate(parts, axis=1)
        features = self._normalised(joined, "")
        mean = (features.sum(0) @ self["cnn_W"] + len(words) * self["cnn_b"]) / np.sqrt(np.float32(len(words)))
        first = np.maximum(mean @ self["d0"], 0)
        second = np.maximum(mean @ self["p1"] + first @ self["d1"], 0)
        third = np.maximum(second @ self["d2"], 0)
        encoded: Array = np.tanh(second @ self["p3"] + third @ self["d3"])
        return encoded

    def _normalised(self, x: Array, layer: str) -> Array:
        import numpy as np

        centred = x - x.mean(axis=1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=1, keepdims=True) + _EPSILON)
        normalised: Array = centred / scale * self[f"ln_g{layer}"] + self[f"ln_b{layer}"]
        return normalised


def _windows(x: Array, length: int, left: int) -> Array:
    """Return each row with its neighbours beside it; zeros beyond the ends."""
    import numpy as np

    padded = np.pad(x, ((left, length - 1 - left), (0, 0)))
    windows: Array = np.concatenate([padded[number : number + len(x)] for number in range(length)], axis=1)
    return windows


@lru_cache(maxsize=1)
def network() -> Network | None:
    """Return the network, which is loaded once; None where NumPy is not installed."""
    try:
        import numpy as np
    except ImportError:
        return None
    with np.load(_FILE, allow_pickle=False) as file:
        return Network({name: file[name] for name in file.files})
