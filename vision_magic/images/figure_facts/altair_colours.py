"""Colours of the series of an Altair chart, as far as its specification decides them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from vision_magic.images.figure_facts.css_colours import hex_colour

__all__ = ["colours_of_groups"]

_OF_MARKS: Final = "#4c78a8"
_OF_CATEGORIES: Final = (
    "#4c78a8",
    "#f58518",
    "#e45756",
    "#72b7b2",
    "#54a24b",
    "#eeca3b",
    "#b279a2",
    "#ff9da6",
    "#9d755d",
    "#bab0ac",
)
"""Vega's scheme tableau10, its default for names."""

_THEMED: Final = ("mark", "range", "style")
_OUTLINED: Final = ("line", "point", "rule", "tick", "trail")

Spec = Mapping[str, Any]


def colours_of_groups(spec: Spec, encoding: Spec, groups: Sequence[Any], whole: Spec) -> list[str]:
    """Return the colour of each group of rows; empty where the specification leaves it to the browser.

    Parameters
    ----------
    spec : mapping
        The specification of a view.
    encoding : mapping
        Its encodings, with those of the charts around it.
    groups : sequence
        The values of the field of colours; one None if it has none.
    whole : mapping
        The specification of the whole chart, which may share scales among its views.
    """
    channel = encoding.get("color")
    unknown = [""] * len(groups)
    if any(encoding.get(name) for name in ("fill", "stroke")):
        return unknown
    if channel is None:
        return [_of_mark(spec, whole)] * len(groups)
    if not isinstance(channel, Mapping) or channel.get("condition") or channel.get("aggregate"):
        return unknown
    if "value" in channel:
        return [hex_colour(channel["value"])] * len(groups)
    return _of_scale(channel, groups, whole) or unknown


def _of_mark(spec: Spec, whole: Spec) -> str:
    mark = spec.get("mark")
    mark = mark if isinstance(mark, Mapping) else {"type": mark}
    kind = str(mark.get("type"))
    own = "stroke" if kind in _OUTLINED else "fill"
    given = mark.get(own, mark.get("color"))
    if given is not None:
        return hex_colour(given)
    return "" if _is_themed(whole, kind) else _OF_MARKS


def _is_themed(whole: Spec, *more: str) -> bool:
    config = whole.get("config")
    return isinstance(config, Mapping) and any(config.get(name) for name in (*_THEMED, *more))


def _of_scale(channel: Spec, groups: Sequence[Any], whole: Spec) -> list[str]:
    """Return the colour of each group by the scale; empty where it does not say it."""
    scale = channel.get("scale", {})
    if not isinstance(scale, Mapping) or channel.get("sort") is not None:
        return []
    domain, colours = scale.get("domain"), scale.get("range")
    if colours is None and (channel.get("type") != "nominal" or scale.get("scheme") or _is_themed(whole)):
        return []
    if domain is None:
        # Views in layers share a scale, so that its domain has the names of all of them.
        alone = not any(name in whole for name in ("layer", "hconcat", "vconcat", "concat", "spec"))
        if not alone or not all(isinstance(name, str) for name in groups):
            return []
        domain = sorted(groups)
    colours = _OF_CATEGORIES if colours is None else colours
    if not isinstance(domain, list) or not isinstance(colours, list | tuple) or len(domain) > len(colours):
        return []
    return [hex_colour(colours[domain.index(name)]) if name in domain else "" for name in groups]
