"""How well the embedded reader reads the data of charts, and what that costs.

    python benchmarks/reader.py [--figures 40] [--seed 2000] [--ocr] [--kind bars …] [--show]

    python benchmarks/reader.py --latency

Random matplotlib figures with known data (``tests/engine/charts.py``) are read from their pixels, with the true axes
and texts, or with ``--ocr`` from nothing but the image. Seeds 0 to 999 are for development, 1000 to 1999 for tests;
the table in the documentation is from 2000 on. ``--show`` names the
figures with a wrong value that was said to be sure. ``--latency`` measures how soon an answer is there.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.engine.chart_scores import Score, score
from tests.engine.charts import KINDS, Drawn, draw
from vision_magic.engine.chart.data import Chart
from vision_magic.engine.chart.read import chart_of_image
from vision_magic.engine.chart.roles import find_plot
from vision_magic.engine.reading import read_text


def read(drawn: Drawn, *, ocr: bool) -> Chart:
    """Return what is read in a figure."""
    if ocr:
        texts = read_text(drawn.image)
        return chart_of_image(drawn.image, find_plot(drawn.image, texts), texts)
    return chart_of_image(drawn.image, drawn.plot, drawn.texts)


def row(name: str, total: Score, seconds: list[float]) -> str:
    """Return a row of the table."""

    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:7.1f}" if whole else "      -"

    return (
        f"{name:20} {total.series:5} {share(total.found, total.series)} {share(total.kinds, total.found)}"
        f" {total.quantile(0.5):7.2f} {total.quantile(0.9):7.2f} {share(total.stated, total.values)}"
        f" {share(total.right, total.stated)} {statistics.median(seconds):7.2f} {max(seconds):6.2f}"
    )


def latency() -> None:
    """Print how soon the first sentence and the whole answer of the embedded reader are there, for ten figures."""
    from matplotlib.figure import Figure

    from vision_magic.engine.answering import answer
    from vision_magic.images.convert import as_image
    from vision_magic.images.figure_facts.facts import facts
    from vision_magic.images.figure_facts.values import Facts

    print(f"{'answer':34} {'first, ms':>10} {'whole, ms':>10}")
    times: dict[str, list[tuple[float, float]]] = {}
    for number in range(12):
        figure = Figure(dpi=100)
        axes = figure.add_subplot(title=f"Harvest {number}", xlabel="year", ylabel="yield (t)")
        axes.plot(range(2000, 2300), [((number + 3) * place) % 97 for place in range(300)], label="north")
        axes.legend()
        image = as_image(figure).to_pil().convert("RGB")
        text = facts(figure).to_text(values=500, characters=60_000)
        for name, question, known in (
            ("from the figure object", "What is the highest value?", True),
            ("from the pixels, described", "Describe it.", False),
            ("from the pixels", "What is the highest value?", False),
        ):
            start = time.perf_counter()
            pieces = answer(question, [image], figures=[Facts.read(text)] if known else ())
            next(pieces)
            first = time.perf_counter() - start
            for _ in pieces:
                pass
            times.setdefault(name, []).append((first, time.perf_counter() - start))
    for name, measured in times.items():  # the first two load the libraries
        first, whole = (1000 * statistics.median(pair[place] for pair in measured[2:]) for place in (0, 1))
        print(f"{name:34} {first:10.1f} {whole:10.1f}")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--figures", type=int, default=40)
    options.add_argument("--seed", type=int, default=2000)
    options.add_argument("--ocr", action="store_true")
    options.add_argument("--kind", nargs="*", default=list(KINDS))
    options.add_argument("--show", action="store_true")
    options.add_argument("--latency", action="store_true")
    chosen = options.parse_args()
    if chosen.latency:
        latency()
        return
    print(
        f"{'kind':20} {'series':>5} {'found':>6} {'kind':>7} {'median':>7} {'p90':>7} {'sure':>7} {'right':>7}"
        f" {'CPU s':>7} {'max':>6}"
    )
    everything, all_seconds = Score(), []
    for name in chosen.kind:
        total, seconds, doubts = Score(), [], []
        for seed in range(chosen.seed, chosen.seed + chosen.figures):
            drawn = draw(name, seed)
            start = time.process_time()
            chart = read(drawn, ocr=chosen.ocr)
            seconds.append(time.process_time() - start)
            one = score(drawn, chart)
            if chosen.show:
                doubts += [series.why_not for series in chart.series if not series.sure]
            if chosen.show and (one.wrong or one.found < one.series or one.kinds < one.found):
                print(f"    {seed}: {one.found} of {one.series} found, {one.kinds} kinds; {'; '.join(one.wrong)}")
            total += one
        if doubts:
            print("    not sure:", *(f"{count} × {text};" for text, count in Counter(doubts).most_common(4)))
        print(row(name, total, seconds), flush=True)
        everything += total
        all_seconds += seconds
    print(row("all", everything, all_seconds))
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
