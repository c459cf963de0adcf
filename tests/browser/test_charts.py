"""A chart that was read, in a real notebook: shown over its picture, in light and dark, and without trust."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.browser.lab import Lab
from tests.browser.seen import Seen

Open = Callable[..., Seen]

READ = """%load_ext vision_magic
import matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(5, 3))
ax.plot([2018, 2019, 2020, 2021], [10, 14, 31, 25], label="north<img src=x onerror=alert(1)>")
ax.plot([2018, 2019, 2020, 2021], [30, 22, 15, 11], label="south")
ax.set(xlabel="Year", ylabel="Yield (t/ha)", title="Yield", xticks=[2018, 2019, 2020, 2021])
ax.legend()
plt.close(fig)
%vision read fig -o data"""

SVG = "from IPython.display import HTML\nHTML('<svg width=10 height=10 class=mine><circle r=5 /></svg>')"
BROKEN = "import dataclasses\ndataclasses.replace(data, unread=('<b onclick=alert(1)>x</b>',))"

PICTURE = "img[src^='data:image/png']"
DRAWN = f"""() => [...document.querySelectorAll("{PICTURE}")].filter((one) => one.naturalWidth > 300).length"""


def test_a_chart_is_drawn_over_its_picture_and_survives_without_trust(
    lab: Lab, open_notebook: Open, open_file: Open
) -> None:
    seen = open_notebook(lab, READ, BROKEN, SVG)
    seen.run_all()
    seen.waits_for("tick labels agree", 120)
    seen.until(lambda: seen.page.evaluate(DRAWN) == 2)
    seen.waits_for("<b onclick")  # as text
    seen.until(lambda: seen.page.locator(".mine").count() == 1)
    seen.shot("chart-light")
    seen.dark()
    seen.shot("chart-dark")
    saved = seen.save()
    for cell in saved["cells"]:
        cell["metadata"].pop("trusted", None)
    # Under another name, whose outputs this server has not signed.
    untrusted = f"{seen.name}untrusted"
    lab.notebook(untrusted)
    saved["cells"][0]["source"] = "# " + untrusted
    saved["cells"][0]["outputs"][-1]["data"]["text/html"] = [
        "".join(saved["cells"][0]["outputs"][-1]["data"]["text/html"]) + "<p>changed</p>"
    ]
    (lab.root / f"{untrusted}.ipynb").write_text(json.dumps(saved), encoding="utf-8")
    again = open_file(lab, untrusted, 1101)
    again.waits_for("tick labels agree")
    again.until(lambda: again.page.evaluate(DRAWN) == 2)
    again.shot("chart-untrusted")
    assert again.page.locator(".mine").count() == 0  # why the marks are pixels, and not SVG
