"""Texts of figures without the markup of formulas: "CO₂" for ``CO$_2$``, "V²/Hz" for ``V$^2$/Hz``."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["without_markup"]

_RAISED: Final = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-−()x", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₓ")
_SIGNS: Final[dict[str, str]] = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "µ",
    "nu": "ν",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "varphi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Omega": "Ω",
    "times": "×",
    "cdot": "·",
    "pm": "±",
    "degree": "°",
    "circ": "°",
    "leq": "≤",
    "geq": "≥",
    "approx": "≈",
    "infty": "∞",
    "AA": "Å",
    "quad": " ",
}
_FORMULA: Final = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)+)(?<!\\)\$")


def without_markup(text: str) -> str:
    """Return a text with its formulas in plain characters, as far as there are any for them."""
    if "$" not in text:
        return text
    return _FORMULA.sub(lambda formula: _plain(formula[1]), text).replace(r"\$", "$")


def _plain(formula: str) -> str:
    formula = re.sub(r"\\(?:math|text|operator)[a-z]*\s*(?=\{)", "", formula)
    formula = re.sub(r"\^\s*\{?\\(?:circ|degree)\}?", "°", formula)
    formula = re.sub(r"\\([A-Za-z]+) ?", lambda sign: _SIGNS.get(sign[1], sign[1]), formula)
    formula = re.sub(r"\\[,;:! ]", " ", formula)
    formula = re.sub(r"\^(?:\{([^{}]*)\}|(.))", lambda raised: _moved(raised[1] or raised[2], _RAISED, "^"), formula)
    formula = re.sub(r"_(?:\{([^{}]*)\}|(.))", lambda lowered: _moved(lowered[1] or lowered[2], _LOWERED, ""), formula)
    return re.sub(r"\\(.)", r"\1", formula.replace("{", "").replace("}", ""))


def _moved(text: str, table: dict[int, int], mark: str) -> str:
    """Return raised or lowered characters; with their mark, if there are none for them."""
    return text.translate(table) if all(ord(letter) in table for letter in text) else f"{mark}{text}"
