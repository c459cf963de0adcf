"""What is a collection of pictures: for each kind its keys, its loaders, and how these travel."""

from __future__ import annotations

import datetime
import functools
import gc
import io
import pickle
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dask.array as da
import h5py
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import xarray as xr
import zarr
from PIL import Image as PILImage, ImageSequence

import vision_magic as vm
from vision_magic.each.pictures.loaders import BlockLoader, FileLoader
from vision_magic.each.pictures.sizes import size_in_memory
from vision_magic.each.pictures.tasks import Tasks, tasks_of
from vision_magic.errors import RunError

STACK = np.random.default_rng(0).integers(0, 255, (10, 16, 20), np.uint8)
A, B = STACK[0], STACK[1]


def png(pixels: np.ndarray[Any, Any]) -> bytes:
    buffer = io.BytesIO()
    PILImage.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def keys(tasks: Tasks) -> list[Any]:
    return [task.key for task in tasks]


def pixels(picture: object) -> np.ndarray[Any, Any]:
    return np.asarray(vm.as_image(picture).to_pil())


def travelled(load: Callable[[], object]) -> object:
    """Return what a loader returns in another process: one that opened nothing yet."""
    return pickle.loads(pickle.dumps(load))()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a10.png", "a2.png", "sub/b.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(png(A))
    (tmp_path / "labels.csv").touch()
    return tmp_path


# -- kinds


@pytest.mark.parametrize(
    ("pictures", "expected"),
    [
        pytest.param([A, B], [0, 1], id="list"),
        pytest.param((A, B), [0, 1], id="tuple"),
        pytest.param({"b": A, "a": B}, ["b", "a"], id="dict"),
        pytest.param(OrderedDict([((1, "x"), A), (2.5, B)]), [(1, "x"), 2.5], id="keys of several types"),
        pytest.param({"b": A, "a": B}.items(), ["b", "a"], id="items of a dict"),
        pytest.param({"b": A, "a": B}.values(), [0, 1], id="values of a dict"),
        pytest.param(pd.Series([A, B]), [0, 1], id="Series"),
        pytest.param(pd.Series([A, B], index=["p", "q"]), ["p", "q"], id="Series with names"),
        pytest.param(
            pd.Series([A, B], pd.MultiIndex.from_tuples([("p", 1), ("p", 2)])), [("p", 1), ("p", 2)], id="MultiIndex"
        ),
        pytest.param(
            pd.Series([A, B], pd.date_range("2026-11-29", periods=2)),
            [datetime.datetime(2026, 11, 29), datetime.datetime(2026, 11, 30)],
            id="Series by date",
        ),
        pytest.param(pd.Series([png(A), png(B)], dtype="object"), [0, 1], id="Series of bytes"),
        pytest.param(pd.DataFrame({"n": ["u", "v"], "image": [A, B]}, index=[7, 8]), [7, 8], id="DataFrame"),
        pytest.param(
            pd.DataFrame({"image": [{"bytes": png(A), "path": "a.png"}, {"bytes": png(B), "path": None}]}),
            [0, 1],
            id="DataFrame of a Parquet file of Hugging Face",
        ),
        pytest.param(STACK[:2], [0, 1], id="(N, H, W)"),
        pytest.param(np.stack([A, B], 0)[..., None].repeat(3, -1), [0, 1], id="(N, H, W, C)"),
        pytest.param(xr.DataArray(STACK[:2]), [0, 1], id="xarray"),
        pytest.param(
            xr.DataArray(STACK[:2], dims=("z", "y", "x"), coords={"z": [0.5, 1.5]}), [0.5, 1.5], id="xarray by depth"
        ),
        pytest.param(xr.DataArray(da.from_array(STACK[:2], chunks=(1, 16, 20))), [0, 1], id="xarray of dask"),
        pytest.param(da.from_array(STACK[:2], chunks=(2, 8, 20)), [0, 1], id="dask"),
        pytest.param(zarr.array(STACK[:2]), [0, 1], id="zarr in memory"),
        pytest.param([lambda: A, functools.partial(np.copy, B)], [0, 1], id="functions"),
        pytest.param([PILImage.fromarray(A), vm.as_image(B)], [0, 1], id="of several types"),
    ],
)  # fmt: skip
def test_a_collection_has_keys_and_pictures_in_order(pictures: Any, expected: list[Any]) -> None:
    tasks = tasks_of(pictures)
    assert tasks.total == 2
    assert keys(tasks) == expected
    assert [type(key) for key in keys(tasks)] == [type(key) for key in expected]
    first, second = (pixels(task.load()) for task in tasks)
    assert first.shape[:2] == (16, 20)
    assert np.array_equal(first[..., 0] if first.ndim == 3 else first, A)
    assert np.array_equal(second[..., 0] if second.ndim == 3 else second, B)
    for task in tasks:
        if getattr(getattr(task.load, "function", None), "__name__", "") != "<lambda>":
            assert np.array_equal(pixels(travelled(task.load)), pixels(task.load()))


def test_a_folder_has_the_paths_in_it_as_keys(folder: Path) -> None:
    tasks = tasks_of(folder)
    assert keys(tasks) == ["a2.png", "a10.png", "sub/b.png"]
    assert tasks.left_out == "1 file that is not a picture (1 .csv) left out"
    assert tasks.size_in_memory == 0
    assert [task.load for task in tasks][2] == FileLoader(folder / "sub" / "b.png")
    assert np.array_equal(pixels(travelled(next(iter(tasks)).load)), A)


def test_a_pattern_has_the_paths_behind_its_fixed_folders_as_keys(folder: Path) -> None:
    assert keys(tasks_of(folder / "a*.png")) == ["a2.png", "a10.png"]


def test_files_in_a_list_travel_as_absolute_paths(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (task,) = tasks_of([Path("a2.png")])
    assert task.load == FileLoader(folder / "a2.png")


def test_frames_and_pages_have_their_names_as_keys() -> None:
    frames = vm.frames(STACK, 3, fps=10)
    assert keys(tasks_of(frames)) == [
        "frame 1 of 10 at 0.00 s", "frame 6 of 10 at 0.50 s", "frame 10 of 10 at 0.90 s",
    ]  # fmt: skip
    assert keys(tasks_of([*frames, A])) == [0, 1, 2, 3]  # not all have one
    assert keys(tasks_of([*frames, frames[0]])) == [0, 1, 2, 3]  # one is there twice
    assert keys(tasks_of([vm.as_image(A), vm.as_image(B)])) == [0, 1]


def test_the_pages_of_a_tiff_are_a_stack(tmp_path: Path) -> None:
    path = tmp_path / "cells.tif"
    first, *others = (PILImage.fromarray(image) for image in STACK)
    first.save(path, save_all=True, append_images=others)
    tasks = tasks_of(path)
    assert keys(tasks) == list(range(10))
    loaders = [task.load for task in tasks]
    for at in (9, 0, 4):
        assert np.array_equal(pixels(loaders[at]()), STACK[at])
        assert np.array_equal(pixels(travelled(loaders[at])), STACK[at])
    assert len(pickle.dumps(loaders[9])) < 300


def test_the_frames_of_a_pillow_sequence_are_pictures_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "cells.gif"
    first, *others = (PILImage.fromarray(image) for image in STACK[:3])
    first.save(path, save_all=True, append_images=others)
    with PILImage.open(path) as image:
        loaded = [task.load() for task in tasks_of(ImageSequence.Iterator(image))]
    assert len({pixels(one).tobytes() for one in loaded}) == 3


def test_each_axes_is_a_picture_with_its_place_as_key() -> None:
    figure, axes = plt.subplots(2, 2, figsize=(2, 2))
    tasks = tasks_of(axes)
    assert keys(tasks) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert pixels(next(iter(tasks)).load()).shape[0] < 110
    assert keys(tasks_of([figure, figure])) == [0, 1]
    plt.close(figure)


def test_columns_of_polars_are_pictures() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed; it is large")
    files = [png(A), png(B)]
    assert [pixels(task.load()).tobytes() for task in tasks_of(polars.Series("image", files))] == [
        A.tobytes(),
        B.tobytes(),
    ]
    table = polars.DataFrame({"well": ["a", "b"], "image": [{"bytes": data, "path": "x.png"} for data in files]})
    assert keys(tasks_of(table)) == [0, 1]
    tasks = tasks_of(table, key="well")
    assert keys(tasks) == ["a", "b"]
    assert np.array_equal(pixels(tasks.find("b").load()), B)  # type: ignore[union-attr]


def test_a_sequence_of_another_library_is_read_item_by_item() -> None:
    class Images:
        def __len__(self) -> int:
            return 10

        def __getitem__(self, at: int) -> Any:
            read.append(at)
            return STACK[at]

    read: list[int] = []
    tasks = tasks_of(Images())
    assert (tasks.total, keys(tasks), read) == (10, list(range(10)), [])
    assert np.array_equal(list(tasks)[3].load(), STACK[3])  # type: ignore[arg-type]
    assert read == [3]


# -- stacks on a disk


def zarr_stack(folder: Path) -> Any:
    array = zarr.create_array(str(folder / "cells.zarr"), shape=STACK.shape, chunks=(4, 16, 20), dtype="u1")
    array[:] = STACK
    return array


def zarr_in_group(folder: Path) -> Any:
    array = zarr.open_group(str(folder / "g.zarr"), mode="w").create_array(
        "images/raw", shape=STACK.shape, chunks=(4, 16, 20), dtype="u1"
    )
    array[:] = STACK
    return array


def hdf5(folder: Path) -> Any:
    with h5py.File(folder / "cells.h5", "w") as file:
        file.create_dataset("images/raw", data=STACK, chunks=(4, 16, 20))
    return h5py.File(folder / "cells.h5")["images/raw"]


@pytest.mark.parametrize("make", [zarr_stack, zarr_in_group, hdf5])
def test_a_stack_on_a_disk_travels_as_its_path(make: Callable[[Path], Any], tmp_path: Path) -> None:
    stack = make(tmp_path)
    tasks = tasks_of(stack)
    assert (tasks.total, keys(tasks), tasks.size_in_memory) == (10, list(range(10)), 0)
    loaders = [task.load for task in tasks]
    for at in (0, 3, 9, 4):
        assert np.array_equal(loaders[at](), STACK[at])  # type: ignore[arg-type]
        assert np.array_equal(travelled(loaders[at]), STACK[at])  # type: ignore[arg-type]
    assert len(pickle.dumps(loaders[5])) < 400
    assert len(pickle.dumps(loaders)) < 1000  # the path once


def test_a_file_that_xarray_opened_travels_as_its_path_and_is_read_chunk_by_chunk(tmp_path: Path) -> None:
    path = str(tmp_path / "cells.zarr")
    array = xr.DataArray(STACK, dims=("z", "y", "x"), coords={"z": np.arange(10) / 2}, name="cells")
    array.chunk({"z": 4}).to_dataset().to_zarr(path, zarr_format=2, consolidated=False)
    stored = xr.open_dataset(path, engine="zarr", chunks=None, consolidated=False)["cells"]
    tasks = tasks_of(stored)
    assert (tasks.size_in_memory, keys(tasks)) == (0, [at / 2 for at in range(10)])
    loaders = [task.load for task in tasks]
    assert isinstance(loaders[0], BlockLoader)
    assert (loaders[0].block.start, loaders[0].block.stop) == (0, 4)
    assert np.array_equal([load() for load in loaders], STACK)  # type: ignore[arg-type]
    assert np.array_equal(travelled(loaders[5]), STACK[5])  # type: ignore[arg-type]
    assert len(pickle.dumps(loaders[5])) < 4000


@pytest.mark.parametrize("order", ["C", "F"])
def test_an_array_that_is_mapped_from_a_file_travels_as_its_path(tmp_path: Path, order: Any) -> None:
    np.save(tmp_path / "cells.npy", np.asarray(STACK, order=order))
    mapped = np.load(tmp_path / "cells.npy", mmap_mode="r")
    tasks = tasks_of(mapped)
    assert tasks.size_in_memory == 0
    loaders = [task.load for task in tasks]
    assert np.array_equal(loaders[3](), STACK[3])  # type: ignore[arg-type]
    assert np.array_equal(travelled(loaders[3]), STACK[3])  # type: ignore[arg-type]
    assert len(pickle.dumps(loaders[3])) < 400
    part = tasks_of(mapped[5:])
    assert part.size_in_memory == mapped[5:].nbytes
    assert np.array_equal(travelled(next(iter(part)).load), STACK[5])  # type: ignore[arg-type]


def test_a_dataset_whose_file_was_closed_is_opened_again(tmp_path: Path) -> None:
    dataset = hdf5(tmp_path)
    tasks = list(tasks_of(dataset))
    dataset.file.close()
    assert np.array_equal(tasks[3].load(), STACK[3])  # type: ignore[arg-type]


def test_an_hdf5_file_in_memory_sends_each_picture(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "m.h5", "w", driver="core", backing_store=False) as file:
        tasks = tasks_of(file.create_dataset("x", data=STACK))
        assert tasks.size_in_memory == STACK.nbytes
        assert np.array_equal(travelled(next(iter(tasks)).load), A)  # type: ignore[arg-type]


def test_a_block_is_read_once_for_all_its_pictures() -> None:
    computed: list[tuple[int, ...]] = []

    def block(block_info: Any) -> Any:
        (first, last), *_ = block_info[None]["array-location"]
        computed.append((first, last))
        return STACK[first:last]

    stack = da.map_blocks(block, chunks=((4, 4, 2), (16,), (20,)), dtype="u1", meta=np.empty((0, 0, 0), "u1"))
    loaded = [task.load() for task in tasks_of(stack)]
    assert np.array_equal(loaded, STACK)  # type: ignore[arg-type]
    assert computed == [(0, 4), (4, 8), (8, 10)]


def test_a_picture_of_a_computed_stack_travels_without_the_others() -> None:
    arrays = [da.from_array(np.full((1, 100, 100), at, np.uint8), name=f"a{at}") for at in range(20)]
    tasks = list(tasks_of(da.concatenate(arrays)))
    assert np.array_equal(pixels(travelled(tasks[7].load)), np.full((100, 100), 7))
    assert len(pickle.dumps(tasks[7].load)) < 20_000


def test_blocks_that_are_forgotten_free_their_memory() -> None:
    stack = da.from_array(STACK, chunks=(2, 16, 20))
    tasks = tasks_of(stack)
    first = next(iter(tasks)).load()
    gone = weakref.ref(first)
    assert isinstance(next(iter(tasks)).load, BlockLoader)
    for task in tasks:
        task.load()
    del first
    gc.collect()
    assert gone() is None


# -- generators


def test_a_generator_is_read_when_it_is_needed_and_nothing_of_it_is_kept() -> None:
    alive: list[weakref.ref[Any]] = []

    def moths() -> Iterator[Any]:
        while True:
            picture = np.zeros((8, 8), np.uint8)
            alive.append(weakref.ref(picture))
            yield picture
            del picture

    tasks = tasks_of(moths())
    assert (tasks.total, alive, tasks.size_in_memory) == (None, [], 0)
    found = []
    for task in tasks:
        found.append(task.key)
        if len(found) == 100:
            break
        del task
        assert sum(one() is not None for one in alive) <= 1
    assert found == list(range(100))
    assert next(iter(tasks)).key == 100  # it goes on


def test_the_repeats_of_a_generators_picture_come_together_after_a_break() -> None:
    tasks = tasks_of(iter([A, B]), repeat=2)
    assert next(iter(tasks)).repeat == 0
    assert [(task.key, task.repeat) for task in tasks] == [(0, 1), (1, 0), (1, 1)]


def test_an_error_of_a_generator_is_its_own() -> None:
    def moths() -> Iterator[Any]:
        yield A
        raise ZeroDivisionError("mine")

    tasks = iter(tasks_of(moths()))
    assert next(tasks).key == 0
    with pytest.raises(ZeroDivisionError, match="mine"):
        next(tasks)


# -- keys and repeats


def test_a_function_gives_the_keys() -> None:
    assert keys(tasks_of([A, B], key=lambda at, picture: f"{at}-{picture.shape[0]}")) == ["0-16", "1-16"]
    assert keys(tasks_of(iter([A, B]), key=lambda at, picture: (at, picture.shape[0]))) == [(0, 16), (1, 16)]


def test_a_function_of_a_folder_gets_paths(folder: Path) -> None:
    assert keys(tasks_of(folder, key=lambda at, path: path.stem)) == ["a2", "a10", "b"]


def test_a_function_of_a_stack_on_a_disk_is_called_when_a_picture_is_needed(tmp_path: Path) -> None:
    asked: list[int] = []
    tasks = tasks_of(zarr_stack(tmp_path), key=lambda at, picture: asked.append(at) or int(picture[0, 0]) * 100 + at)
    assert asked == []
    assert keys(tasks) == [int(image[0, 0]) * 100 + at for at, image in enumerate(STACK)]


def test_keys_may_be_given_one_for_each_picture() -> None:
    assert keys(tasks_of(STACK[:2], key=["x", "y"])) == ["x", "y"]
    assert keys(tasks_of(STACK[:2], key=pd.Series(["x", "y"]))) == ["x", "y"]
    assert keys(tasks_of(STACK[:2], key=np.array([3, 4]))) == [3, 4]
    assert type(keys(tasks_of(STACK[:2], key=np.array([3, 4])))[0]) is int


def test_a_column_gives_the_keys_of_a_table() -> None:
    table = pd.DataFrame({"well": ["A1", "A2"], "image": [A, B]})
    assert keys(tasks_of(table, key="well")) == ["A1", "A2"]
    assert keys(tasks_of(table, key=lambda at, picture: at * 10)) == [0, 10]


def test_the_repeats_of_a_picture_come_one_after_the_other() -> None:
    tasks = tasks_of({"a": A, "b": B}, repeat=3)
    assert tasks.total == 6
    assert [(task.key, task.repeat) for task in tasks] == [(key, at) for key in "ab" for at in range(3)]


@pytest.mark.parametrize(
    ("pictures", "key", "words"),
    [
        (pd.Series([A, B, A], index=["a", "b", "a"]), None, r"The key 'a' is given twice, at the positions 0 and 2"),
        ([A, B], lambda at, picture: "x", r"The key 'x' is given twice, at the positions 0 and 1"),
        ([A, B], ["x", "x"], r"The key 'x' is given twice"),
        (pd.Series([A, B], index=["a", None]), None, r"Position 1: A key is missing"),
        ([A, B], ["x"], r"key got 1 keys for 2 pictures; expected one for each"),
        ([A, B], "name", r"key got 'name', the name of a column, and the pictures are a list, which has none"),
        ([A, B], 3, r"key got 3; expected a function of the position and the picture"),
        (iter([A, B]), ["x", "y"], r"key got keys for a generator, whose length is not known; expected a function"),
        (pd.DataFrame({"well": [1], "image": [A]}), "wel", r"the columns 'well', 'image' \(did you mean 'well'\?\)"),
    ],
)  # fmt: skip
def test_keys_that_cannot_be_are_an_error_before_anything_is_sent(pictures: Any, key: Any, words: str) -> None:
    with pytest.raises(RunError, match=words):
        tasks_of(pictures, key=key)


def test_keys_that_are_equal_but_of_other_types_are_others() -> None:
    assert keys(tasks_of([A, B, A], key=[1, True, 1.0])) == [1, True, 1.0]


def test_a_key_that_a_generator_gives_twice_is_an_error_when_it_comes() -> None:
    tasks = iter(tasks_of(iter([A, B, A]), key=lambda at, picture: "ab"[at % 2]))
    assert [next(tasks).key, next(tasks).key] == ["a", "b"]
    with pytest.raises(RunError, match="The key 'a' is given twice, at the positions 0 and 2"):
        next(tasks)


@pytest.mark.parametrize("repeat", [0, -1, True, 1.5, 1001, None])
def test_a_number_of_times_that_cannot_be_is_an_error(repeat: Any) -> None:
    with pytest.raises(RunError, match=r"repeat got .*; expected a number of times from 1 to 1,000"):
        tasks_of([A], repeat=repeat)


def test_a_task_is_found_by_its_key(folder: Path) -> None:
    tasks = tasks_of(folder, repeat=2)
    task = tasks.find("a10.png")
    assert task is not None
    assert (task.key, task.load, task.repeat) == ("a10.png", FileLoader(folder / "a10.png"), 0)
    assert tasks.find("nothing.png") is None
    series = tasks_of(pd.Series([A, B], pd.date_range("2026-11-29", periods=2)))
    assert series.find(datetime.datetime(2026, 11, 30)).load() is B  # type: ignore[union-attr]
    assert series.find(pd.Timestamp("2026-11-30")).load() is B  # type: ignore[union-attr]


@pytest.mark.parametrize("key", [-1, 10, "0", 1.0, True])
def test_only_the_position_itself_is_the_key_of_a_picture_without_one(key: Any) -> None:
    tasks = tasks_of(STACK)
    assert np.array_equal(tasks.find(9).load(), STACK[9])  # type: ignore[union-attr,arg-type]
    assert tasks.find(key) is None


def test_the_picture_of_a_generator_is_not_found_again() -> None:
    tasks = tasks_of(iter([A, B]))
    next(iter(tasks))
    assert tasks.find(0) is None


def test_a_picture_whose_key_a_function_gave_is_found_once_it_was_needed(tmp_path: Path) -> None:
    tasks = tasks_of(zarr_stack(tmp_path), key=lambda at, picture: f"z{at}")
    assert tasks.find("z3") is None
    assert keys(tasks)[3] == "z3"
    assert keys(tasks)[3] == "z3"  # again
    assert np.array_equal(tasks.find("z3").load(), STACK[3])  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize(
    ("pictures", "key", "names"),
    [
        ([A, B], None, ()),
        (pd.Series([A, B]), None, ()),
        (pd.Series([A, B], pd.Index(["a", "b"], name="well")), None, ("well",)),
        (
            pd.Series([A, B], pd.MultiIndex.from_tuples([("p", 1), ("p", 2)], names=["plate", None])),
            None,
            ("plate", ""),
        ),
        (pd.DataFrame({"well": ["a", "b"], "image": [A, B]}), "well", ("well",)),
        (pd.DataFrame({"image": [A, B]}, pd.Index([1, 2], name="n")), None, ("n",)),
        (xr.DataArray(STACK[:2], dims=("z", "y", "x"), coords={"z": [0.5, 1.5]}), None, ("z",)),
        (pd.Series([A, B], pd.Index(["a", "b"], name="well")), ["x", "y"], ()),
    ],
)
def test_the_keys_have_the_names_of_their_index(pictures: Any, key: Any, names: tuple[str, ...]) -> None:
    assert tasks_of(pictures, key=key).key_names == names


# -- what is not a collection of pictures


async def asynchronous() -> Any:
    yield A


@pytest.mark.parametrize(
    ("pictures", "words"),
    [
        ("moths", r"the string 'moths', which is never read as a file name; .*: pathlib\.Path\('moths'\)"),
        (PILImage.fromarray(A), r"one picture, a PIL\.Image\.Image; .* vision_magic\.ask, or put it into a list"),
        (png(A), "one picture, a bytes"),
        (vm.as_image(A), "one picture, a vision_magic"),
        (A, r"numpy\.ndarray \(16, 20\), which is one picture; .*a\.reshape\(-1, height, width\)"),
        (None, r"ask_each got None \(NoneType\); expected a list"),
        (5, r"ask_each got 5 \(int\)"),
        ([], "The list is empty; expected at least one picture"),
        ({}, "The dict is empty"),
        (pd.Series([], dtype=object), "The Series is empty"),
        ({1, 2}, r"a set, which has no order; pass sorted\(…\)"),
        (asynchronous(), r"which is asynchronous; .*\[each async for each in pictures\]"),
        ([A, "b.png"], r"The list holds the string 'b\.png' at position 1, which is never read as a file name"),
        (pd.Series(["a.png"], name="file"), r"The column 'file' holds the string 'a\.png' at position 0"),
        ({"a": [A, B]}, r"The dict holds a list at position 0; expected one picture"),
        (pd.DataFrame({"n": [1], "file": ["a.png"]}), r"the columns 'n', 'file', none of which holds pictures; .*Path"),
        (pd.DataFrame({"a": [A], "b": [B]}), r"the columns 'a', 'b' hold pictures; pass one of them, .* df\['a'\]"),
        (pd.DataFrame(), "a table with no columns"),
        (xr.Dataset({"t": ("x", [1, 2])}), r"a Dataset with 't'; pass one stack of it"),
    ],
)  # fmt: skip
def test_what_is_not_a_collection_of_pictures_is_an_error_that_says_what_to_pass(pictures: Any, words: str) -> None:
    with pytest.raises(RunError, match=words):
        tasks_of(pictures)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((8,), "which is not a stack of pictures"),
        ((16, 20, 3), r"which is one picture; .*if it is a stack, pass list\(a\)"),
        ((16, 20, 4), "which is one picture"),
        ((16, 20, 1), r"whose last axis has only 1; .*a\[\.\.\., 0\]"),
        (
            (3, 16, 20),
            r"either one picture with its 3 channels first, or a stack of 3 grey .*np\.moveaxis\(a, 0, -1\)\]",
        ),
        ((4, 4, 4), "which is one picture"),
        (
            (16, 16, 60),
            r"60 pictures along the last axis are np\.moveaxis\(a, -1, 0\)\. If there are 16 along the first",
        ),
        ((2, 2, 2, 8, 8), r"too many axes; .*a\.reshape\(-1, \*a\.shape\[-3:\]\)"),
        ((0, 16, 20), "is empty"),
    ],
)
def test_an_array_that_may_be_one_picture_is_an_error_that_says_how_a_stack_is_passed(
    shape: tuple[int, ...], words: str
) -> None:
    with pytest.raises(RunError, match=words):
        tasks_of(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("shape", [(2, 16, 20), (5, 16, 20), (16, 20, 20), (20, 20, 20), (1, 16, 20), (9, 3, 16, 20)])
def test_an_array_that_cannot_be_one_picture_is_a_stack(shape: tuple[int, ...]) -> None:
    assert tasks_of(np.zeros(shape, np.uint8)).total == shape[0]


def test_what_an_error_advises_works() -> None:
    few = STACK[:3]
    assert tasks_of(list(few)).total == 3
    (one,) = tasks_of([np.moveaxis(few, 0, -1)])
    assert pixels(one.load()).shape == (16, 20, 3)
    assert tasks_of(np.moveaxis(np.zeros((16, 16, 60), np.uint8), -1, 0)).total == 60
    assert tasks_of(STACK[:2].reshape(2, -1).reshape(-1, 16, 20)).total == 2


def test_a_picture_with_named_channels_is_not_a_stack() -> None:
    bands = xr.DataArray(np.zeros((12, 16, 20)), dims=("band", "y", "x"))
    with pytest.raises(RunError, match="which is one picture with its channels in 'band'"):
        tasks_of(bands)
    assert tasks_of(xr.DataArray(np.zeros((5, 3, 16, 20)), dims=("time", "band", "y", "x"))).total == 5


def test_a_group_of_a_file_is_an_error_that_names_what_is_in_it(tmp_path: Path) -> None:
    dataset = hdf5(tmp_path)
    with pytest.raises(RunError, match=r"a group of HDF5 with 'images'; pass one stack of it"):
        tasks_of(dataset.file)
    with pytest.raises(RunError, match=r"a group of zarr with 'images'"):
        tasks_of(zarr.open_group(zarr_in_group(tmp_path).store.root))


def test_a_missing_picture_is_not_an_error_before_the_others_are_sent() -> None:
    tasks = list(tasks_of(pd.Series([A, None, np.nan])))
    assert len(tasks) == 3
    for task in tasks[1:]:
        with pytest.raises(vm.ImageError, match="as_image got"):
            vm.as_image(task.load())


# -- sizes


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (np.zeros((10, 20), np.uint16), 400),
        (b"x" * 50, 50),
        (PILImage.new("RGB", (10, 20)), 600),
        ({"bytes": b"x" * 50, "path": None}, 250),
        (Path("a.png"), 200),
        (da.zeros((10_000, 10_000)), 200),
        (xr.DataArray(np.zeros((10, 20))), 1600),
    ],
)
def test_the_size_of_a_picture_in_memory_is_known(picture: Any, size: int) -> None:
    assert size_in_memory(picture) == size


def test_the_size_of_a_collection_is_that_of_what_is_only_in_memory() -> None:
    assert tasks_of(STACK).size_in_memory == STACK.nbytes
    assert tasks_of([A, B]).size_in_memory == 2 * A.nbytes
    assert tasks_of([vm.as_image(A)]).size_in_memory == len(vm.as_image(A).data)
    assert tasks_of(da.from_array(STACK, chunks=2)).size_in_memory == 0
    figure = plt.figure(figsize=(2, 3), dpi=100)
    assert tasks_of([figure]).size_in_memory == 60_000
    plt.close(figure)
