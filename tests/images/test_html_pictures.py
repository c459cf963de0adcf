"""Pictures in displayed HTML (F8)."""

from __future__ import annotations

import pytest

from vision_magic.images.html_pictures import may_show_pictures, pictures_in_html

URI = "data:image/png;base64,AAAA"


@pytest.mark.parametrize(
    ("html", "sources", "drawn"),
    [
        pytest.param(f"<p>x<img src='{URI}' width=300>", [URI], "", id="an image"),
        pytest.param(f"<IMG\n  SRC={URI}>", [URI], "", id="without quotes"),
        pytest.param('<img alt="a > b" src="a.png?x=1&amp;y=2">', ["a.png?x=1&y=2"], "", id="an address"),
        pytest.param("<img src=a><img src=b>", ["a", "b"], "", id="two"),
        pytest.param("<svg width='100'><path d='M'/></svg>", [], "SVG", id="SVG"),
        pytest.param("<iframe srcdoc='<b>a</b>'></iframe>", [], "a page of its own (iframe)", id="a frame"),
        pytest.param("<video controls></video>", [], "a video", id="a video"),
        pytest.param("<canvas id='c'></canvas>", [], "a canvas", id="a canvas"),
        pytest.param(
            "<div id='x'></div><script>1</script>", [], "a drawing that a script makes in the browser", id="drawn"
        ),
        pytest.param(
            "<img id='x'><script>1</script>", [], "a drawing that a script makes in the browser", id="animation"
        ),
        pytest.param("<div id='x'>text</div><script>1</script>", [], "", id="a table with a script"),
        pytest.param("<script>'<img src=y>'</script><style><img src=z></style>", [], "", id="in a script"),
        pytest.param("<!-- <img src=x> --><noscript><img src=y></noscript>", [], "", id="in a comment"),
        pytest.param("<svg class='icon x'><use/></svg><svg width=24 height=24/>", [], "", id="icons"),
        pytest.param("<svg style='position: absolute; width: 0; height: 0'></svg>", [], "", id="hidden symbols"),
        pytest.param("<img src=x style='display: none'><img src=y width=16>", [], "", id="hidden and small"),
        pytest.param(f"<div style='height: 90px; background: #fff url({URI})'>", [URI], "", id="F8 a background"),
        pytest.param(
            '<p style="background-image:url(a.png)">x</p>', ["a.png"], "", id="F8 the address of a background"
        ),
        pytest.param(f"<div style='width: 16px; background: url({URI})'>", [], "", id="a small background"),
        pytest.param("<p style='background: red'>call url(x)</p>", [], "", id="a background without a picture"),
        pytest.param("<img src='x", [], "", id="unfinished"),
        pytest.param("<table><tr><td>&lt;img src=x&gt;</table>", [], "", id="escaped"),
    ],
)
def test_what_html_shows(html: str, sources: list[str], drawn: str) -> None:
    found = pictures_in_html(html)
    assert (found.sources, found.drawn) == (sources, drawn)
    assert may_show_pictures(html) or not (sources or drawn)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "html",
    [
        "<img " * 100_000,
        '<img "' * 100_000,
        "<!--" * 100_000,
        "<svg>" * 100_000,
        "<script>" * 100_000,
        "<div id=1>   " * 100_000,
        f"<img {'a ' * 300_000}>",
        f"<img {'a= ' * 300_000}>",
        f"<img {' ' * 1_000_000}>",
        f"<img src='{'a' * 6_000_000}'>",
    ],
    ids=lambda html: html[:12],
)
def test_no_html_takes_long(html: str) -> None:
    """With quadratic time, each of these would take half an hour."""
    assert pictures_in_html(html) is not None
