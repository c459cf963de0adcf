"""Images of an answer in the notebook: shown, and named in the next cell."""

from __future__ import annotations

import pytest

import vision_magic as vm
from tests.notebook.conftest import Run
from tests.servers import LoopbackServer
from tests.session.scripted import draws, images_in, picture, says
from vision_magic.notebook.state import state_of


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        pytest.param("%%vision last {options}\nWhich colour?", 1, id="last"),
        pytest.param("%%vision last:2 {options}\nWhich colours?", 2, id="last:2"),
        pytest.param("%%vision {options}\nWhich colour?", 1, id="no name"),
        pytest.param("%%vision drawn.output_images {options}\nWhich colours?", 2, id="all"),
        pytest.param("%%vision {options}\nIs {{drawn.output_images[0]}} red?", 1, id="in the question"),
        pytest.param("%%vision -c {options}\nWhich colours?", 2, id="the conversation"),
    ],
)
def test_the_images_of_an_answer_are_pictures_of_the_next_cell(run: Run, cell: str, count: int) -> None:
    answers = [draws(picture(1), picture(2), text="Here."), says("Red.")]
    with LoopbackServer(lambda body: [answers.pop(0)]) as server:
        options = f"--base-url {server.url} -m model-1"
        assert run(f"%%vision --no-image -o drawn {options}\nDraw two pictures.").success
        assert run.out.count("[picture 2") == 2
        assert isinstance(run.shell.user_ns["drawn"], vm.Reply)
        assert run(cell.format(options=options)).success, run.err
        assert images_in(server.requests[1]) == count


def test_an_image_is_the_last_one_as_it_was_drawn(run: Run) -> None:
    with LoopbackServer(lambda body: [draws(picture(9), text="Here.")]) as server:
        run(f"%%vision --no-image --base-url {server.url} -m model-1\nDraw it.")
    [last] = state_of(run.shell).display_history.last()
    assert vm.as_image(last).to_pil().size == (29, 10)
