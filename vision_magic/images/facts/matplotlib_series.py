"""What is drawn inside a matplotlib axes? Its containers first, then each line, collection, patch and image."""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from vision_magic.images.facts.boxes import boxes_in
from vision_magic.images.facts.measured import Reader, as_column, attempt, bounds, series_of
from vision_magic.images.facts.text import name_from, number, words
from vision_magic.images.facts.values import SeriesFacts, Spread
from vision_magic.images.lazy_types import is_of

__all__ = ["named_by_legend", "series_in"]

Readers: TypeAlias = Sequence[Reader | None]
Found: TypeAlias = tuple[Any, SeriesFacts]
"""Something drawn, by which a legend may know it, and what it is."""

_NOTHING = ("None", "none", " ", "", None)  # matplotlib's names for no line and no marker
_LISTED = 12  # bars and wedges whose values are told one by one


def series_in(axes: Any, read: Readers) -> list[Found]:
    """Return what can be seen inside an axes; what cannot be understood is left out."""
    claimed: set[int] = set()
    found: list[Found] = []
    for container in axes.containers:
        found += attempt(lambda container=container: list(_in_container(container, claimed, read)), [])
    boxes: Any = attempt(lambda: boxes_in(_unclaimed(axes.lines, claimed), read))
    if boxes is not None:
        claimed |= boxes.claimed
        found += [(None, facts) for facts in boxes.facts]
    for artists, reader in (
        (axes.lines, _line),
        (axes.collections, _collection),
        (axes.images, _image),
    ):
        for artist in _unclaimed(artists, claimed):
            known: Any = attempt(lambda artist=artist, reader=reader: reader(artist, axes, read))
            found += [(artist, known)] if known is not None else []
    patches = list(_unclaimed(axes.patches, claimed))
    return found + attempt(lambda: list(_patches(patches, axes, read)), [])


def _unclaimed(artists: Any, claimed: set[int]) -> Iterator[Any]:
    return (artist for artist in artists if id(artist) not in claimed and artist.get_visible())


def _in_container(container: Any, claimed: set[int], read: Readers) -> Iterator[Found]:
    if id(container) in claimed:  # the error bars of bars
        return
    parts = list(_parts(container))
    claimed.update(id(part) for part in parts)
    shown = [part for part in parts if part.get_visible()]
    if not shown:
        return
    name = name_from(container.get_label())
    if is_of(container, "matplotlib.container.BarContainer"):
        if container.errorbar is not None:
            claimed.add(id(container.errorbar))
            claimed.update(id(part) for part in _parts(container.errorbar))
        yield shown[0], _bars(container, name, read)
    elif is_of(container, "matplotlib.container.ErrorbarContainer"):
        yield shown[0], _errorbars(container, name, read)
    elif is_of(container, "matplotlib.container.StemContainer"):
        line = container.markerline
        yield line, series_of("stems", *line.get_data(orig=False), name=name, read=read)


def _parts(container: Any) -> Iterator[Any]:
    """Yield the artists of a container, which are tuples of artists or of nothing."""
    for part in container:
        if isinstance(part, list | tuple):
            yield from part
        elif part is not None:
            yield part


def _bars(container: Any, name: str, read: Readers) -> SeriesFacts:
    """Return bars by their middle and length; those that touch each other are a histogram."""
    import numpy as np

    lying = container.orientation == "horizontal"
    boxes = np.array([_box(patch) for patch in container.patches], dtype=float)
    starts, widths, lengths = (boxes[:, at] for at in ((1, 3, 2) if lying else (0, 2, 3)))
    places, names = starts + widths / 2, read[1 if lying else 0]
    touching = len(starts) > 1 and bool(np.allclose(starts[1:], (starts + widths)[:-1], rtol=1e-6, atol=1e-12))
    histogram = touching and not (names and names.names)
    note = _steps_note(starts, widths, lengths, names) if histogram else _pairs_note(places, lengths, names)
    note += ", horizontal" if lying else ""
    x, y = (lengths, places) if lying else (places, lengths)
    return series_of("histogram" if histogram else "bars", x, y, name=name, note=note.lstrip(", "), read=read)


def _box(patch: Any) -> tuple[float, float, float, float]:
    return patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()


def _steps_note(starts: Any, widths: Any, heights: Any, reader: Reader | None) -> str:
    tell = reader.tell if reader else _itself
    ends = f"{number(tell(float(starts[0])))} to {number(tell(float(starts[-1] + widths[-1])))}"
    return f"bins from {ends}, together {number(float(heights.sum()))}"


def _pairs_note(places: Any, lengths: Any, reader: Reader | None) -> str:
    """Return each bar with its value, where they are few."""
    if len(places) > _LISTED:
        return ""
    tell = reader.tell if reader else _itself
    return ", ".join(
        f"{words(number(tell(float(place))), 24)} is {number(float(length))}"
        for place, length in zip(places, lengths, strict=True)
        if math.isfinite(length)
    )


def _itself(value: float) -> float:
    return value


def _errorbars(container: Any, name: str, read: Readers) -> SeriesFacts:
    line, _, bars = container.lines
    ends = [_extent(bar.get_segments(), read) for bar in bars]
    note = "; ".join(f"bars reach in x {_from_to(x)}, in y {_from_to(y)}" for x, y in ends)
    if line is None:  # fmt="none": the points themselves are not drawn
        count = len(bars[0].get_segments()) if bars else 0
        return SeriesFacts(name=name, kind="errorbars", count=count, note=note)
    return series_of("errorbars", *line.get_data(orig=False), name=name, note=note, read=read)


def _from_to(spread: Spread) -> str:
    return f"{number(spread.min)} to {number(spread.max)}"


def _extent(outlines: Any, read: Readers) -> tuple[Spread, Spread]:
    """Return from where to where some lists of points reach."""
    import numpy as np

    points = np.concatenate([np.ma.filled(outline, np.nan) for outline in outlines] or [np.zeros((0, 2))])
    return bounds(as_column(points[:, 0]), read[0]), bounds(as_column(points[:, 1]), read[1])


def _placed(artist: Any, axes: Any) -> tuple[bool, bool]:
    """Whether x and y of an artist are data; they may be parts of the axes, as for helper lines, or of the figure."""
    transform = artist.get_transform()
    if transform.contains_branch(axes.transData):
        return True, True
    along: tuple[bool, bool] = transform.contains_branch_seperately(axes.transData)  # matplotlib's own spelling
    if any(along):
        return along
    elsewhere = transform.contains_branch(axes.transAxes) or transform.is_affine and not transform.depth > 1
    return (not elsewhere,) * 2


def _line(line: Any, axes: Any, read: Readers) -> SeriesFacts | None:
    stroke, marker = line.get_linestyle() not in _NOTHING, line.get_marker() not in _NOTHING
    name = name_from(line.get_label())
    if not stroke and not marker:
        return None
    if is_of(line, "matplotlib.lines.AxLine"):
        return _slanted(line, name)
    if hasattr(line, "get_data_3d"):
        x, y, z = line.get_data_3d()
        return series_of("line" if stroke else "points", x, y, z, name=name, read=read)
    x, y = line.get_data(orig=False)
    placed = _placed(line, axes)
    if placed == (True, True):
        # A line without name or points is a sample for somebody's legend.
        return series_of("line" if stroke else "points", x, y, name=name, read=read) if len(x) or name else None
    return _reference(name, "line", (x, y), placed, read)


def _slanted(line: Any, name: str) -> SeriesFacts:
    through = ", ".join(number(float(at)) for at in line.get_xy1())
    other, slope = line.get_xy2(), line.get_slope()
    way = f"slope {number(float(slope))}" if other is None else f"({', '.join(number(float(at)) for at in other)})"
    return SeriesFacts(name=name, kind="reference line", count=1, note=f"through ({through}) and {way}")


def _reference(name: str, kind: str, ways: Sequence[Any], placed: tuple[bool, bool], read: Readers) -> Any:
    """Return a line or band across the whole axes, which only one of its coordinates places."""
    if not any(placed):
        return None
    at = 0 if placed[0] else 1
    spread = bounds(as_column(ways[at]), read[at])
    both = {"x": spread} if at == 0 else {"y": spread}
    return SeriesFacts(name=name, kind=f"reference {kind}", count=1, note="across the axes", **both)


def _collection(artist: Any, axes: Any, read: Readers) -> SeriesFacts | None:
    for path, reader in _COLLECTIONS:
        if is_of(artist, path):
            return reader(artist, axes, read)
    return None


def _scatter(points: Any, axes: Any, read: Readers) -> SeriesFacts | None:
    name, note = name_from(points.get_label()), _colour_note(points)
    if (in_space := getattr(points, "_offsets3d", None)) is not None:
        return series_of("points", *in_space, name=name, note=note, read=read)
    places = points.get_offsets()
    if not len(places) and not name:
        return None
    return series_of("points", places[:, 0], places[:, 1], name=name, note=note, read=read)


def _colour_note(mappable: Any) -> str:
    """Return what the colours of points stand for, where they are numbers."""
    values = mappable.get_array()
    if values is None or not len(values):
        return ""
    spread = bounds(as_column(values))
    label = _colour_bar(mappable)
    return f"colours {_from_to(spread)}" + (f', colour bar "{label}"' if label else "")


def _colour_bar(mappable: Any) -> str:
    bar = getattr(mappable, "colorbar", None)
    axes = getattr(bar, "ax", None)
    return "" if axes is None else words(axes.get_ylabel() or axes.get_xlabel() or axes.get_title())


def _hexagons(area: Any, axes: Any, read: Readers) -> SeriesFacts | None:
    """Return a filled outline; or hexbin's cells, which are one outline on many places, with a number each."""
    places, numbers = area.get_offsets(), area.get_array()
    if numbers is None or len(places) < 2:
        return _area(area, axes, read)
    x, y = places[:, 0], places[:, 1]
    return series_of("cells", x, y, numbers, name=name_from(area.get_label()), note=_map_note(area), read=read)


def _area(area: Any, axes: Any, read: Readers) -> SeriesFacts | None:
    outlines = [path.vertices for path in area.get_paths()]
    name, placed = name_from(area.get_label()), _placed(area, axes)
    if placed != (True, True):
        return None
    x, y = _extent(outlines, read)
    # There along one edge and back along the other, with three points to close the outline.
    count = sum(max((len(outline) - 3) // 2, 0) for outline in outlines)
    return SeriesFacts(name=name, kind="area", count=count, x=x, y=y)


def _outlines(kind: str) -> Callable[[Any, Any, Readers], SeriesFacts | None]:
    def read_outlines(artist: Any, axes: Any, read: Readers) -> SeriesFacts | None:
        outlines = [path.vertices for path in artist.get_paths()]
        x, y = _extent(outlines, read) if _placed(artist, axes) == (True, True) else (Spread(), Spread())
        note = _colour_note(artist)
        return SeriesFacts(name=name_from(artist.get_label()), kind=kind, count=len(outlines), x=x, y=y, note=note)

    return read_outlines


def _mesh(mesh: Any, axes: Any, read: Readers) -> SeriesFacts:
    corners, numbers = mesh.get_coordinates(), mesh.get_array()
    return _coloured(mesh, numbers, corners[..., 0], corners[..., 1], read)


def _contours(lines: Any, axes: Any, read: Readers) -> SeriesFacts:
    levels = [float(level) for level in lines.levels]
    filled = "filled, " if lines.filled else ""
    x, y = _extent([path.vertices for path in lines.get_paths()], read)
    z = bounds(as_column(levels))
    return SeriesFacts(kind="contours", count=len(levels), x=x, y=y, z=z, note=filled + _map_note(lines))


def _arrows(arrows: Any, axes: Any, read: Readers) -> SeriesFacts:
    places = arrows.get_offsets()
    return series_of("arrows", places[:, 0], places[:, 1], name=name_from(arrows.get_label()), read=read)


def _surface(surface: Any, axes: Any, read: Readers) -> SeriesFacts:
    faces = getattr(surface, "_faces", None)  # matplotlib 3.10 and later: (faces, corners, 3)
    count = len(faces) if faces is not None else len(surface.get_paths())
    corners = [None] * 3 if faces is None else [faces[..., way] for way in range(3)]
    x, y, z = (bounds(as_column(each)) for each in corners)
    return SeriesFacts(name=name_from(surface.get_label()), kind="surface", count=count, x=x, y=y, z=z)


_COLLECTIONS: tuple[tuple[str, Callable[[Any, Any, Readers], SeriesFacts | None]], ...] = (
    ("matplotlib.collections.PathCollection", _scatter),
    ("mpl_toolkits.mplot3d.art3d.Poly3DCollection", _surface),
    ("matplotlib.quiver.Quiver", _arrows),
    ("matplotlib.collections.QuadMesh", _mesh),
    ("matplotlib.contour.ContourSet", _contours),
    ("matplotlib.collections.PolyCollection", _hexagons),
    ("matplotlib.collections.LineCollection", _outlines("segments")),
    ("matplotlib.collections.Collection", _outlines("shapes")),
)


def _image(image: Any, axes: Any, read: Readers) -> SeriesFacts:
    left, right, bottom, top = image.get_extent()
    return _coloured(image, image.get_array(), [left, right], [bottom, top], read)


def _coloured(image: Any, numbers: Any, x: Any, y: Any, read: Readers) -> SeriesFacts:
    """Return a picture, or numbers shown as colours, which its colour bar names."""
    shape = " × ".join(str(side) for side in numbers.shape)
    if image.get_cmap() is None or (numbers.ndim == 3 and numbers.shape[2] in (3, 4)):
        count, z, missing, note = numbers.shape[0] * numbers.shape[1], None, 0, f"{shape}, colours of its own"
    else:
        known = series_of("image", None, None, numbers)
        count, z, missing = known.count, known.z, known.missing
        z = None if z is None else dataclasses.replace(z, first=None, last=None)
        note = f"{shape} numbers, {_map_note(image)}"
    name = name_from(image.get_label()) or _colour_bar(image)
    ends = [bounds(as_column(way), reader) for way, reader in zip((x, y), read, strict=False)]
    return SeriesFacts(name=name, kind="image", count=count, missing=missing, x=ends[0], y=ends[1], z=z, note=note)


def _map_note(mappable: Any) -> str:
    label, limits = _colour_bar(mappable), mappable.get_clim()
    ends = f" from {number(float(limits[0]))} to {number(float(limits[1]))}" if None not in limits else ""
    return f"colour map {words(mappable.get_cmap().name)}{ends}" + (f', colour bar "{label}"' if label else "")


def _patches(patches: list[Any], axes: Any, read: Readers) -> Iterator[Found]:
    """Yield the wedges of a pie as one series, what spans the axes, steps and outlines; count the other shapes."""
    wedges = [patch for patch in patches if is_of(patch, "matplotlib.patches.Wedge")]
    if wedges:
        yield wedges[0], _pie(wedges)
    others = 0
    for patch in patches:
        if not is_of(patch, "matplotlib.patches.Wedge"):
            known: Any = attempt(lambda patch=patch: _patch(patch, axes, read))
            others += known is None
            if known is not None:
                yield patch, known
    if others:
        yield None, SeriesFacts(kind="shapes", count=others)


def _pie(wedges: list[Any]) -> SeriesFacts:
    shares = [abs(wedge.theta2 - wedge.theta1) / 360 for wedge in wedges]
    names = [name_from(wedge.get_label()) or f"wedge {at}" for at, wedge in enumerate(wedges, 1)]
    told = [f"{words(name, 24)} {share:.4g}" for name, share in zip(names[:_LISTED], shares, strict=False)]
    more = f", {len(wedges) - _LISTED} more" if len(wedges) > _LISTED else ""
    return series_of("pie", None, shares, note=f"shares of the circle: {', '.join(told)}{more}")


def _patch(patch: Any, axes: Any, read: Readers) -> SeriesFacts | None:
    name, placed = name_from(patch.get_label()), _placed(patch, axes)
    if is_of(patch, "matplotlib.patches.StepPatch"):
        values, edges = patch.get_data()[:2]
        known = series_of("histogram", None, values, name=name, read=read)
        return dataclasses.replace(known, x=bounds(as_column(edges), read[0]))
    if placed != (True, True) and is_of(patch, "matplotlib.patches.Rectangle"):
        x, y, width, height = _box(patch)
        band: SeriesFacts | None = _reference(name, "band", ([x, x + width], [y, y + height]), placed, read)
        return band
    if is_of(patch, "matplotlib.patches.Polygon"):
        corners = patch.get_xy()
        x, y = _extent([corners], read)
        return SeriesFacts(name=name, kind="area" if patch.get_fill() else "line", count=len(corners), x=x, y=y)
    return None


def named_by_legend(found: list[Found], legend: Any) -> list[SeriesFacts]:
    """Return the series, those without a name called as the legend calls their colour.

    ``axes.legend(["a", "b"])`` and seaborn name nothing but the legend's own samples.
    """
    names: dict[Any, str] = {}
    if legend is not None:
        handles = getattr(legend, "legend_handles", ())
        pairs = [
            (_colour(handle), words(text.get_text())) for handle, text in zip(handles, legend.get_texts(), strict=False)
        ]
        colours = [colour for colour, _ in pairs]
        names = {colour: name for colour, name in pairs if colour is not None and colours.count(colour) == 1}
    return [
        facts if facts.name or artist is None else dataclasses.replace(facts, name=names.get(_colour(artist), ""))
        for artist, facts in found
    ]


def _colour(artist: Any) -> Any:
    """Return the one colour of a line, of points or of a patch, as red, green and blue."""
    ask = getattr(artist, "get_color", None) or getattr(artist, "get_facecolor", None)
    return attempt(lambda: _rgb(ask())) if ask else None


def _rgb(colour: Any) -> tuple[float, ...] | None:
    rows = sys.modules["matplotlib.colors"].to_rgba_array(colour)
    return tuple(round(float(part), 4) for part in rows[0][:3]) if len(rows) == 1 else None
