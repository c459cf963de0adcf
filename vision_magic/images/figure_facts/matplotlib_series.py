"""What is drawn in axes of matplotlib: numbers where an artist holds the data itself, and otherwise only its kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, Final

from vision_magic.images.figure_facts.labels import short_label
from vision_magic.images.figure_facts.matplotlib_areas import Area, find_areas, half_heights, is_violin
from vision_magic.images.figure_facts.matplotlib_axis import Coordinates
from vision_magic.images.figure_facts.matplotlib_boxes import Box, find_boxes
from vision_magic.images.figure_facts.matplotlib_colours import (
    colour_of,
    colours_of_points,
    names_by_colour,
    names_in_legends,
)
from vision_magic.images.figure_facts.matplotlib_images import colour_bar, image_facts
from vision_magic.images.figure_facts.notation import Place, Value, write_place
from vision_magic.images.figure_facts.summaries import (
    MAX_VALUES,
    as_floats,
    as_values,
    located,
    paired,
    summarize,
    values_by_name,
)
from vision_magic.images.figure_facts.values import SeriesFacts, Summary
from vision_magic.images.lazy_types import is_instance

__all__ = ["read_series"]

_MAX_SERIES: Final = 200

_COLLECTIONS: Final = (
    ("matplotlib.collections.EventCollection", "events"),
    ("matplotlib.quiver.Quiver", "arrows"),
    ("matplotlib.quiver.Barbs", "wind barbs"),
    ("matplotlib.contour.ContourSet", "contours"),
    ("matplotlib.collections.LineCollection", "line segments"),
    ("mpl_toolkits.mplot3d.art3d.Poly3DCollection", "faces"),
    ("matplotlib.collections.PolyCollection", "filled area"),
)
"""How collections are drawn. Their corners are not the data: an area ends at its base line, a bin at its edges."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Axes, with how coordinates are stated along each of them."""

    axes: Any
    x: Coordinates
    y: Coordinates
    z: Coordinates | None

    def series(self, artist: Any, kind: str, x: Any, y: Any, z: Any = None) -> SeriesFacts:
        """Return the facts of a series whose data are these coordinates."""
        named = _named(self.x, x, self.y, y) or _named(self.y, y, self.x, x)
        along_y = not self.y.plain and self.x.plain  # such as bars to the right, one for each name
        return SeriesFacts(
            name=_name(artist),
            kind=kind,
            count=len(y),
            x=_located(self.x, x, self.y, y) if along_y else self.x.summarize(x),
            y=self.y.summarize(y) if along_y else _located(self.y, y, self.x, x),
            z=self.z.summarize(z) if self.z is not None else None,
            colour=colour_of(artist),
            named=named,
            points=() if named or self.z is not None else self.points(x, y),
        )

    def points(self, x: Any, y: Any) -> tuple[tuple[Place, Place], ...]:
        """Return the points of a short series along two axes of numbers or times."""
        if len(y) > MAX_VALUES or not (self.x.known and self.y.known):
            return ()
        return paired(list(map(self.x.place_at, as_floats(x))), list(map(self.y.place_at, as_floats(y))))

    def places(self, transform: Any) -> bool:
        """Whether the coordinates of what has this transform are those along the axes."""
        data = self.axes.transData
        return transform is data or bool(transform == data)


def read_series(
    axes: Any, x: Coordinates, y: Coordinates, z: Coordinates | None
) -> tuple[tuple[SeriesFacts, ...], int]:
    """Return the series of axes, at most 200, and the number of artists that were not read."""
    frame = _Frame(axes, x, y, z)
    parts = {id(part) for container in axes.containers for part in _parts(container)}
    alone = [[one for one in artists if id(one) not in parts and _is_shown(one)] for artists in _lists(axes)]
    lines, collections, images, patches, tables = alone
    pies, patches = _pies(patches)
    helpers = [] if z is not None else _helper_lines(lines[:_MAX_SERIES], crowded=bool(parts or collections or patches))
    left_out = {id(line) for line, _ in helpers}
    boxes, upright = _boxes_in(frame)
    drawn = {id(box.artist) for box in boxes}
    others = [patch for patch in patches if not _is_read(patch) and id(patch) not in drawn]
    containers = [one for one in axes.containers if any(map(_is_shown, _parts(one)))]
    areas = find_areas(collections) if z is None else {}
    queue: list[tuple[_Read, Any]] = [(_line, line) for line in lines if id(line) not in left_out]
    queue += [(_container, container) for container in containers]
    names = names_in_legends(axes) | names_by_colour([*lines, *collections, *patches])
    own = set(_names_of_drawn(lines[:_MAX_SERIES]))
    stand_ins = {colour: name for colour, name in names.items() if name not in own}
    for collection in collections:
        area = areas.get(id(collection))
        readers = _parts_of(collection, stand_ins) if area is None else (partial(_area, area=area),)
        queue += [(read, collection) for read in readers]
    queue += [(_image, image) for image in images]
    queue += [(partial(_pie, names=stand_ins), wedges) for wedges in pies]
    queue += [(_patch, patch) for patch in patches if _is_read(patch)]
    found = [series for read, artist in queue[:_MAX_SERIES] if (series := _guarded(read, frame, artist)) is not None]
    found = _without_edges(_with_names(found, stand_ins))
    if boxes:
        stated = _boxes(frame, boxes, stand_ins, upright=upright)
        named = {one.name for one in stated}
        found = [one for one in found if one.kind != "boxes" and (one.count or one.name not in named)] + stated
        helpers = [(line, kind) for line, kind in helpers if kind != "boxes"]
    found += _grouped([kind for _, kind in helpers] + ["other shape" for _ in others] + ["table" for _ in tables])
    return tuple(found), max(0, len(queue) - _MAX_SERIES)


def _names_of_drawn(lines: Iterable[Any]) -> Iterator[str]:
    """Yield the names of lines that are drawn, such as one of reference in the colour of unnamed data."""
    for line in lines:
        try:
            if len(line.get_xdata()):
                yield _name(line)
        except Exception:  # an artist of another library
            continue


def _with_names(found: list[SeriesFacts], names: Mapping[str, str]) -> list[SeriesFacts]:
    """Return series under the names of the empty artists that stand for them in the legend, without the latter."""
    unnamed = [(one.colour, one.kind) for one in found if not one.name and one.count]
    named = {key: names[key[0]] for key in unnamed if key[0] in names and unnamed.count(key) == 1}
    standing = {(colour, name) for (colour, _), name in named.items()}
    return [
        replace(one, name=named.get((one.colour, one.kind), "")) if not one.name and one.count else one
        for one in found
        if one.count or (one.colour, one.name) not in standing
    ]


def _without_edges(found: list[SeriesFacts]) -> list[SeriesFacts]:
    """Return series without the lines that pandas draws along the upper edges of areas, in their colours."""
    found = _without_fills(found)
    areas = [one for one in found if one.kind.startswith("filled area") and one.count]
    edges = {(area.colour, kind) for area in areas for kind in ("line", "line, stacked")}
    return [one for one in found if (one.colour, one.kind) not in edges or not _is_edge(one, areas)]


def _without_fills(found: list[SeriesFacts]) -> list[SeriesFacts]:
    """Return series without the only area without a name, which fills what lies below a line."""
    areas = [one for one in found if one.kind.startswith("filled area")]
    fills = [area for area in areas[:1] if len(areas) == 1 and area.count and not area.name]
    lines = [one for one in found if one.kind.startswith(("line", "steps")) and one.y is not None]
    return [one for one in found if one not in fills or not any(_is_edge(line, [one]) for line in lines)]


def _is_edge(line: SeriesFacts, areas: Sequence[SeriesFacts]) -> bool:
    return line.y is None or any((area.x, area.y) == (line.x, line.y) for area in areas)


def _lists(axes: Any) -> tuple[Iterable[Any], ...]:
    return axes.lines, axes.collections, axes.images, axes.patches, axes.tables


def _grouped(kinds: list[str]) -> Iterator[SeriesFacts]:
    """Yield one series for each kind of what is only counted; the parts of a box plot are not even that."""
    for kind in dict.fromkeys(kinds):
        number = kinds.count(kind)
        yield SeriesFacts(kind=kind if kind == "boxes" else f"{number} {kind}{'' if number == 1 else 's'}")


_Read = Callable[[_Frame, Any], SeriesFacts | None]


def _guarded(read: _Read, frame: _Frame, artist: Any) -> SeriesFacts | None:
    """Return the facts of an artist; of one that cannot be read, which may be of another library, only its kind."""
    try:
        return read(frame, artist)
    except Exception:
        return SeriesFacts(kind=short_label(type(artist).__name__))


def _name(artist: Any) -> str:
    label = short_label(artist.get_label() or "")
    return "" if label.startswith("_") else label


def _parts(container: Any) -> Iterator[Any]:
    """Yield the artists of a container that are still part of the axes."""
    for part in () if container is None else container:
        if isinstance(part, tuple | list):
            yield from _parts(part)
        elif getattr(part, "axes", None) is not None:
            yield part


def _is_shown(artist: Any) -> bool:
    try:
        alpha = artist.get_alpha()
        return bool(artist.get_visible()) and not (isinstance(alpha, int | float) and alpha == 0)
    except Exception:  # an artist of another library
        return True


def _located(along: Coordinates, values: Any, across: Coordinates, places: Any) -> Summary | None:
    """Summarize values, and state where the lowest and the highest are."""
    return located(along.summarize(values), values, lambda number: across.place_at(as_floats(places)[number]))


def _named(along: Coordinates, positions: Any, across: Coordinates, values: Any) -> tuple[tuple[str, Value], ...]:
    """Return values by the names at their positions; empty unless each value has one of its own."""
    if not along.names or not across.plain or len(values) > MAX_VALUES:
        return ()
    return values_by_name([along.name_at(float(at)) or "" for at in as_floats(positions)], values)


# --- lines ------------------------------------------------------------------------------------------------------


def _line(frame: _Frame, line: Any) -> SeriesFacts | None:
    kind = _line_kind(line)
    if not kind:
        return None
    if frame.z is not None:
        return frame.series(line, kind, *line.get_data_3d()) if hasattr(line, "get_data_3d") else _only(line, kind)
    if is_instance(line, "matplotlib.lines.AxLine"):
        return _only(line, "reference line")
    transform = line.get_transform()
    if not frame.places(transform):
        return _reference_line(frame, line, transform) or _only(line, f"{kind}, not in the coordinates of the axes")
    if hasattr(
        frame.axes, "_stacker_pos_prior"
    ):  # pandas: an area or a stacked line is drawn on the sum of those below
        return _only(line, f"{kind}, stacked")
    return _with_band(frame, line, frame.series(line, kind, *_line_data(line)))


def _with_band(frame: _Frame, line: Any, series: SeriesFacts) -> SeriesFacts:
    """Return a line with the half heights of the band around it as its error bars, such as those of confidence."""
    known = len(series.points or series.named)
    if series.kind != "line" or not known or frame.z is not None:
        return series
    try:
        found = half_heights(frame.axes.collections, *map(as_floats, _line_data(line)))
    except (TypeError, ValueError):  # names along an axis
        return series
    halves = [] if found is None else [float(f"{half:.12g}") for half in found]
    return replace(series, errors=as_values(halves)) if len(halves) == known else series


def _only(artist: Any, kind: str) -> SeriesFacts:
    """Return the facts of an artist without numbers."""
    return SeriesFacts(name=_name(artist), kind=kind, colour=colour_of(artist))


_STEPS: Final = {"steps": "pre", "steps-pre": "pre", "steps-mid": "mid", "steps-post": "post"}
"""Where each value of a line with a style of steps holds: before, around or after its place."""


def _line_kind(line: Any) -> str:
    """Return how a line is drawn; empty if neither the line nor its markers are."""
    if line.get_linestyle() not in ("None", "none", "", " "):
        steps = _STEPS.get(str(line.get_drawstyle()))
        return "line" if steps is None else f"steps, {steps}"
    return "" if line.get_marker() in ("None", "none", "", " ", None) else "points"


def _line_data(line: Any) -> tuple[Any, Any]:
    return line.get_xdata(orig=False), line.get_ydata(orig=False)


def _reference_line(frame: _Frame, line: Any, transform: Any) -> SeriesFacts | None:
    """Return the facts of a line across the whole axes, such as that of `axhline`; None for others."""
    for name, coordinates, values, across in (
        ("y", frame.y, line.get_ydata(orig=False), frame.axes.get_yaxis_transform(which="grid")),
        ("x", frame.x, line.get_xdata(orig=False), frame.axes.get_xaxis_transform(which="grid")),
    ):
        if transform == across and len(values) == 2 and values[0] == values[1]:
            found = coordinates.summarize(values[:1])
            at = "" if found is None or found.low is None else f" at {name} = {write_place(found.low)}"
            return _only(line, f"reference line{at}")
    return None


def _helper_lines(lines: list[Any], *, crowded: bool) -> list[tuple[Any, str]]:
    """Return the lines that are not data, each with its kind: those of box plots, error bars of seaborn, and others.

    Such lines have no mark of their own. Two ends straight above or beside each other and no label are typical; two
    such lines at the same position are the whiskers of a box. A single one in otherwise empty axes is taken for data.
    """
    straight = [_straight_at(line) for line in lines]
    if any(before is not None and before == after for before, after in pairwise(straight)):
        parts = [(line, at) for line, at in zip(lines, straight, strict=True) if at is not None or _is_box_part(line)]
        return [(line, "boxes") for line, _ in parts]
    bare = [line for line, at in zip(lines, straight, strict=True) if at is not None]
    return [(line, "straight segment") for line in bare] if crowded or len(bare) > 1 else []


def _straight_at(line: Any) -> tuple[str, float] | None:
    """Return the direction and the position of an unlabelled line between two points along an axis; None for others."""
    try:
        x, y = _line_data(line)
        if len(x) != 2 or _name(line) or line.get_transform() != line.axes.transData:
            return None
        if x[0] == x[1] and y[0] != y[1]:
            return "x", float(x[0])
        return ("y", float(y[0])) if y[0] == y[1] else None
    except Exception:  # a line of another library, or of units that cannot be converted
        return None


def _is_box_part(line: Any) -> bool:
    """Whether a line in axes with whiskers is the outline of a box, or fliers, a mean or a median."""
    try:
        x, y = _line_data(line)
    except Exception:
        return False
    closed = len(x) in (5, 11) and x[0] == x[-1] and y[0] == y[-1]
    return closed or (not _name(line) and any(bool((values == values[:1]).all()) for values in (x, y)))


# --- containers -------------------------------------------------------------------------------------------------


def _container(frame: _Frame, container: Any) -> SeriesFacts | None:
    if is_instance(container, "matplotlib.container.BarContainer"):
        return _bars(frame, container)
    if is_instance(container, "matplotlib.container.ErrorbarContainer"):
        drawn = "" if container.lines[0] is None else _line_kind(container.lines[0])
        kind = "line with error bars" if drawn == "line" else "points with error bars"
        found = _with_data_of(frame, container, container.lines[0], kind)
        return _with_errors(frame, found, container) if found else _only(container, "error bars")
    if is_instance(container, "matplotlib.container.StemContainer"):
        return _with_data_of(frame, container, container.markerline, "stems") or _only(container, "stems")
    return _only(container, "boxes")  # of seaborn


def _with_data_of(frame: _Frame, container: Any, line: Any, kind: str) -> SeriesFacts | None:
    if getattr(line, "axes", None) is None or not frame.places(line.get_transform()) or frame.z is not None:
        return None
    return frame.series(container, kind, *_line_data(line))


def _with_errors(frame: _Frame, series: SeriesFacts, container: Any, *, upright: bool = True) -> SeriesFacts:
    """Add half the lengths of error bars to a series whose values are known; none if some are longer on one side."""
    number = 1 if upright else 0
    bars = container.lines[2][-1 if upright else 0] if container.lines[2] else None
    drawn = container.has_yerr if upright else container.has_xerr
    values: list[Place] = [value for _, value in series.named] or [point[number] for point in series.points]
    if not drawn or bars is None or not (frame.y if upright else frame.x).plain:
        return series
    ends = [segment[:, number].tolist() for segment in bars.get_segments() if len(segment) == 2]
    if len(ends) != len(values) or not all(map(_is_middle, ends, values)):
        return series
    return replace(series, errors=as_values([float(f"{(high - low) / 2:.12g}") for low, high in ends]))


def _is_middle(ends: Sequence[float], value: Any) -> bool:
    size = max(map(abs, ends))
    return isinstance(value, float) and math.isclose(sum(ends) / 2, value, rel_tol=1e-9, abs_tol=1e-9 * size)


def _bars(frame: _Frame, bars: Any) -> SeriesFacts:
    """State the lengths of bars. Those that touch each other are a histogram, whose edges are stated."""
    upright = bars.orientation != "horizontal"
    patches = [patch for patch in _parts(bars.patches) if _is_shown(patch)]
    if frame.z is not None or not all(frame.places(patch.get_data_transform()) for patch in patches):
        return _only(bars, "bars")
    boxes = [(patch.get_x(), patch.get_width(), patch.get_y(), patch.get_height()) for patch in patches]
    spans = [(x, width) if upright else (y, height) for x, width, y, height in boxes]
    starts = [y if upright else x for x, _, y, _ in boxes]
    lengths = [height if upright else width for _, width, _, height in boxes]
    along, across = (frame.x, frame.y) if upright else (frame.y, frame.x)
    touching = _touch(spans)
    kind = ("histogram" if touching else "bars") + ("" if upright else ", horizontal")
    if any(starts):  # then the ends of the bars are not their values
        kind += ", stacked or floating"
    positions = [at + width / 2 for at, width in spans]
    # The length of a bar on an axis of times is not a time.
    told = across.summarize(lengths) if across.plain else None
    if told is not None:
        told = located(told, lengths, lambda number: along.place_at(positions[number]))
    named = _named(along, positions, across, lengths)
    series = SeriesFacts(
        name=_name(bars),
        kind=kind,
        count=len(lengths),
        colour=colour_of(bars),
        named=named,
        **_by_axis(upright, _edges(along, spans) if touching else along.summarize(positions), told),
        **_listed(along, across, spans, lengths, touching=touching, upright=upright, named=bool(named)),
    )
    errors = getattr(bars, "errorbar", None)
    return series if errors is None or touching else _with_errors(frame, series, errors, upright=upright)


def _by_axis(upright: bool, places: Summary | None, values: Summary | None) -> dict[str, Any]:
    return {"x": places, "y": values} if upright else {"x": values, "y": places}


def _listed(
    along: Coordinates,
    across: Coordinates,
    spans: Sequence[tuple[float, float]],
    lengths: Sequence[float],
    *,
    touching: bool,
    upright: bool,
    named: bool,
) -> dict[str, Any]:
    """Return the values of a few bars at their positions, or those of a histogram with the edges of its bins."""
    if named or len(lengths) > MAX_VALUES or not (along.known and across.plain):
        return {}
    if touching:
        edges = [float(f"{at:.12g}") for at in (*(at for at, _ in spans), sum(spans[-1]))]
        return {"edges": tuple(map(along.place_at, edges)), "heights": as_values(lengths)}
    places = [along.place_at(float(f"{at + width / 2:.12g}")) for at, width in spans]
    values = as_values(lengths)
    return {"points": paired(places, values) if upright else paired(values, places)}


def _touch(spans: list[tuple[float, float]]) -> bool:
    """Whether each bar begins where the last one ends; of few bars, only if they are not simply 1 wide."""
    edges = ((left[0] + left[1], right[0]) for left, right in pairwise(spans))
    one_wide = all(math.isclose(width, 1.0) for _, width in spans)  # as wide as places are apart
    return len(spans) >= (6 if one_wide else 3) and all(
        math.isclose(end, start, rel_tol=1e-9, abs_tol=1e-9) for end, start in edges
    )


def _edges(along: Coordinates, spans: list[tuple[float, float]]) -> Summary | None:
    edges = along.summarize([at for at, _ in spans] + [at + width for at, width in spans[-1:]])
    return replace(edges, first=None, last=None, mean=None) if edges else None


# --- collections, images and patches ----------------------------------------------------------------------------


def _collection(frame: _Frame, collection: Any) -> SeriesFacts | None:
    if is_instance(collection, "matplotlib.collections._MeshData"):
        return image_facts(collection, "coloured grid", frame.x, frame.y)
    if is_instance(collection, "matplotlib.collections.PathCollection"):
        kind = "points" + colour_bar(collection)
        if frame.z is not None:
            offsets = getattr(collection, "_offsets3d", None)  # the public ones are those of the last drawing
            return frame.series(collection, kind, *offsets) if offsets is not None else _only(collection, kind)
        if _has_places(frame, collection):
            points = collection.get_offsets()
            return frame.series(collection, kind, points[:, 0], points[:, 1])
        return _only(collection, kind)
    kind = next((kind for path, kind in _COLLECTIONS if is_instance(collection, path)), "shapes")
    if kind == "filled area":
        kind = _kind_of_area(collection)
    found = _only(collection, kind + colour_bar(collection))
    return replace(found, z=_values_of(collection, kind)) if kind in ("contours", "hexagons") else found


def _kind_of_area(collection: Any) -> str:
    if collection.get_array() is not None:
        return "hexagons" if len(collection.get_offsets()) > 1 else "coloured shapes"
    return "violin" if is_violin(collection) else "filled area"


def _values_of(collection: Any, kind: str) -> Summary | None:
    """Return the lowest and highest value that the colours of contours or hexagons stand for."""
    values = [collection.zmin, collection.zmax] if kind == "contours" else collection.get_array()
    found = summarize(values)
    return replace(found, first=None, last=None, mean=None, count=0) if found is not None else None


def _area(frame: _Frame, collection: Any, *, area: Area) -> SeriesFacts:
    """State the heights of an area: those above the area that it lies on."""
    parts = ("filled area", f"steps {area.steps}" if area.steps else "", "stacked" if area.stacked else "")
    kind = ", ".join(filter(None, parts))
    return frame.series(collection, kind, area.x, area.heights)


def _boxes_in(frame: _Frame) -> tuple[list[Box], bool]:
    """Return the boxes of a box plot, and whether they are upright."""
    for upright, across in ((True, frame.y), (False, frame.x)):
        boxes = find_boxes(frame.axes, upright=upright) if across.plain and frame.z is None else []
        if 0 < len(boxes) <= MAX_VALUES // 5:
            return boxes, upright
    return [], True


def _boxes(frame: _Frame, boxes: Sequence[Box], names: Mapping[str, str], *, upright: bool) -> list[SeriesFacts]:
    """State boxes as a series; those that stand beside each other as a series for each colour."""
    along = frame.x if upright else frame.y
    stated = [(along.place_at(box.at) if along.names else box.at, box) for box in boxes]
    several = len({place for place, _ in stated}) < len(stated)
    colours = list(dict.fromkeys(box.colour for box in boxes)) if several else [""] if boxes else []
    return [_boxes_of("boxes" if upright else "boxes, horizontal", stated, colour, names) for colour in colours]


def _boxes_of(kind: str, stated: Sequence[tuple[Place, Box]], colour: str, names: Mapping[str, str]) -> SeriesFacts:
    own = [(place, box) for place, box in stated if colour in ("", box.colour)]
    few = sum(len(box.outliers) for _, box in own) <= MAX_VALUES // 5
    return SeriesFacts(
        name=names.get(colour, ""),
        kind=kind,
        colour=colour,
        boxes=tuple((place, box.values) for place, box in own),
        outliers=tuple((place, box.outliers) for place, box in own if box.outliers and few),
    )


def _has_places(frame: _Frame, points: Any) -> bool:
    return frame.places(points.get_offset_transform()) and not _is_outlier_of_boxes(frame, points)


def _parts_of(collection: Any, stand_ins: Mapping[str, str]) -> Iterator[_Read]:
    """Yield a reader of a collection, or of points one for each colour, if the legend has a name for all colours."""
    colours = colours_of_points(collection) if stand_ins else []
    if not set(colours) <= set(stand_ins) or len(set(colours)) < 2 or _name(collection):
        yield _collection
        return
    for colour in dict.fromkeys(colours):
        yield partial(_points_of_colour, colour=colour, chosen=[each == colour for each in colours])


def _points_of_colour(frame: _Frame, collection: Any, *, colour: str, chosen: list[bool]) -> SeriesFacts | None:
    if frame.z is not None or not _has_places(frame, collection):
        return _only(collection, "points")
    points = collection.get_offsets()[chosen]
    return replace(frame.series(collection, "points", points[:, 0], points[:, 1]), colour=colour)


def _is_outlier_of_boxes(frame: _Frame, points: Any) -> bool:
    """Whether unlabelled points may be only those outside the boxes of seaborn, which are collections of patches."""
    boxes = (is_instance(one, "matplotlib.collections.PatchCollection") for one in frame.axes.collections)
    return not _name(points) and any(boxes)


def _image(frame: _Frame, image: Any) -> SeriesFacts:
    return image_facts(image, "image", frame.x, frame.y)


def _is_read(patch: Any) -> bool:
    """Whether a patch is told by itself; others are only counted."""
    known = ("matplotlib.patches.StepPatch", "matplotlib.patches.Wedge")
    return any(is_instance(patch, path) for path in known) or bool(_name(patch))


def _patch(frame: _Frame, patch: Any) -> SeriesFacts:
    if is_instance(patch, "matplotlib.patches.Wedge"):
        return _only(patch, f"wedge of {_share(patch):.1%}")
    if not is_instance(patch, "matplotlib.patches.StepPatch"):
        return _only(patch, "shape")
    if not frame.places(patch.get_data_transform()):
        return _only(patch, "stairs")
    values, edges, _ = patch.get_data()
    spans = [(start, end - start) for start, end in pairwise(edges)]
    upright = patch.orientation == "vertical"
    along, across = (frame.x, frame.y) if upright else (frame.y, frame.x)
    return SeriesFacts(
        name=_name(patch),
        kind="stairs" if upright else "stairs, horizontal",
        count=len(values),
        colour=colour_of(patch),
        **_by_axis(upright, _edges(along, spans), across.summarize(values)),
        **_listed(along, across, spans, values, touching=True, upright=upright, named=False),
    )


# --- pies -------------------------------------------------------------------------------------------------------


def _pies(patches: Sequence[Any]) -> tuple[list[list[Any]], list[Any]]:
    """Return the wedges of each pie, and the other patches. The wedges of a pie are a whole circle."""
    circles: dict[tuple[Any, ...], list[Any]] = {}
    for patch in patches:
        if is_instance(patch, "matplotlib.patches.Wedge"):
            circles.setdefault((patch.r, patch.width), []).append(patch)
    pies = [wedges for wedges in circles.values() if math.isclose(sum(map(_share, wedges)), 1, abs_tol=1e-3)]
    parts = {id(wedge) for wedges in pies for wedge in wedges}
    return pies, [patch for patch in patches if id(patch) not in parts]


def _share(wedge: Any) -> float:
    return float(abs(wedge.theta2 - wedge.theta1)) / 360


def _pie(frame: _Frame, wedges: Sequence[Any], *, names: Mapping[str, str]) -> SeriesFacts:
    """State the shares of a pie, from which its values cannot be told, by names, or else by colours."""
    shown = [_name(wedge) or names.get(colour_of(wedge)) or colour_of(wedge) for wedge in wedges]
    percent = tuple((name, float(f"{100 * _share(wedge):.5g}")) for name, wedge in zip(shown, wedges, strict=True))
    return SeriesFacts(kind="pie", count=len(percent), percent=percent if len(percent) <= MAX_VALUES else ())
