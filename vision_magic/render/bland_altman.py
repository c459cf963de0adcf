"""The Bland–Altman plot as a drawing: the differences of two measurements against their means."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Final

from vision_magic.render.svg import BLUE, GREY, ORANGE, drawing, text_element

__all__ = ["bland_altman_svg", "nice_ticks"]

_WIDTH: Final = 560  # pixels
_HEIGHT: Final = 320
_LEFT: Final = 66
_RIGHT: Final = 104  # room for the names of the lines
_TOP: Final = 14
_BOTTOM: Final = 46
_MOST: Final = 2000  # points; of more, a sample is drawn, since a notebook keeps the drawing
_STEPS: Final = (1, 2, 2.5, 5, 10)
_SMALLEST: Final = 1e-290  # what is nearer to nothing has too few digits to be divided


def bland_altman_svg(
    first: Sequence[float], second: Sequence[float], bias: float, limits: tuple[float, float], *, names: tuple[str, str]
) -> str:
    """Return a Bland–Altman plot as SVG.

    Parameters
    ----------
    first, second : sequence of float
        Both measurements of each picture, one or more, finite.
    bias : float
        The mean of first - second.
    limits : (float, float)
        The limits of agreement; NaN where there are none.
    names : (str, str)
        What the measurements are, such as ``("answer", "label")``.
    """
    points = [((one + two) / 2, one - two) for one, two in zip(first, second, strict=True)]
    lines = [(bias, "bias"), *((limit, "limit") for limit in limits if not math.isnan(limit))]
    xs = nice_ticks(min(x for x, _ in points), max(x for x, _ in points))
    heights = [y for _, y in points] + [y for y, _ in lines] + [0.0]
    ys = nice_ticks(min(heights), max(heights))
    frame = _Frame(xs, ys)
    parts = [*_axes(frame, names)]
    if len(points) > _MOST:
        points = random.Random(0).sample(points, _MOST)
    opacity = 0.8 if len(points) <= 300 else 0.45
    dots = "".join(f'<circle cx="{frame.x(x):.1f}" cy="{frame.y(y):.1f}" r="3.2"/>' for x, y in points)
    parts.append(f'<g fill="{BLUE}" fill-opacity="{opacity}">{dots}</g>')
    parts += _lines(frame, lines)
    return drawing("".join(parts), _WIDTH, _HEIGHT)


class _Frame:
    """The places of values in the drawing."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self.xs, self.ys = xs, ys
        self.right, self.bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def x(self, value: float) -> float:
        return _LEFT + (self.right - _LEFT) * (value - self.xs[0]) / (self.xs[-1] - self.xs[0])

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - _TOP) * (value - self.ys[0]) / (self.ys[-1] - self.ys[0])


def _axes(frame: _Frame, names: tuple[str, str]) -> list[str]:
    parts = [
        f'<path d="M{_LEFT} {_TOP}V{frame.bottom}H{frame.right}" fill="none" stroke="{GREY}"/>',
        f'<path d="M{_LEFT} {frame.y(0):.1f}H{frame.right}" stroke="{GREY}" stroke-opacity="0.5"/>',
        text_element((_LEFT + frame.right) / 2, _HEIGHT - 8, f"mean of {names[0]} and {names[1]}", anchor="middle"),
    ]
    middle = (_TOP + frame.bottom) / 2
    turn = f' transform="rotate(-90 14 {middle:.1f})"'
    parts.append(text_element(14, middle, f"{names[0]} − {names[1]}", anchor="middle", extra=turn))
    parts += [text_element(frame.x(x), frame.bottom + 17, _number(x), anchor="middle") for x in frame.xs]
    parts += [text_element(_LEFT - 7, frame.y(y) + 4.5, _number(y), anchor="end") for y in frame.ys]
    return parts


def _lines(frame: _Frame, lines: Sequence[tuple[float, str]]) -> list[str]:
    """Return the bias and the limits with their names, which are moved apart where the lines are close."""
    parts = []
    last = -math.inf
    for value, name in sorted(lines, reverse=True):
        y = frame.y(value)
        dash = "" if name == "bias" else ' stroke-dasharray="6 4"'
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{frame.right}" stroke="{ORANGE}" stroke-width="1.5"{dash}/>')
        last = max(y + 4.5, last + 14)
        parts.append(text_element(frame.right + 6, last, f"{name} {value:.3g}".replace("-", "−"), fill=ORANGE))
    return parts


def nice_ticks(low: float, high: float) -> list[float]:
    """Return about five round numbers that enclose two numbers."""
    size = max(abs(low), abs(high))
    if not high - low > max(1e-9 * size, _SMALLEST):  # equal, but for the last digits
        around = size if size > _SMALLEST else 1
        low, high = low - around / 2, high + around / 2
    rough = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in _STEPS if size * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def _number(value: float) -> str:
    text = f"{value:.6g}"
    return text.replace("-", "−") if text != "-0" else "0"
