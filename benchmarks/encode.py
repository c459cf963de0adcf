"""What does a picture cost on its way into a request? Ours against Pillow's default PNG: CPU time and bytes."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter
from timing import interleaved, table

from vision_magic import as_image


def photograph(width: int, height: int) -> Image.Image:
    """Return smooth colours with a little noise, as a camera gives."""
    noise = np.random.default_rng(0).integers(0, 256, (height // 16, width // 16, 3), dtype=np.uint8)
    smooth = Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)
    grain = np.random.default_rng(1).normal(0, 4, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(smooth) + grain, 0, 255).astype(np.uint8))


def figure(width: int, height: int) -> Image.Image:
    """Return a real matplotlib figure of this size as pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(width / 100, height / 100), dpi=100)
    canvas = FigureCanvasAgg(drawn)
    for axes in drawn.subplots(2, 2).flat:
        axes.plot(np.sin(np.linspace(0, 20, 400)), label="sine")
        axes.set_title("Title")
        axes.legend()
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def default_png(picture: Image.Image) -> bytes:
    """Return what a plain ``save`` gives."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def main() -> None:
    """Print one table a picture."""
    pictures = {
        "figure 1200×800": figure(1200, 800),
        "photograph 2000×1500": photograph(2000, 1500),
        "photograph 4000×3000": photograph(4000, 3000),
    }
    for title, picture in pictures.items():
        picture = picture.filter(ImageFilter.MedianFilter(1))  # a plain image, whatever made it
        ours, theirs = as_image(picture), default_png(picture)
        seconds = interleaved(
            {
                "Pillow, PNG": lambda picture=picture: default_png(picture),
                "vision_magic.as_image": lambda picture=picture: as_image(picture),
            },
            rounds=5,
        )
        extra = {"Pillow, PNG": f"{len(theirs) / 1e6:.2f} MB", "vision_magic.as_image": str(ours)}
        table(title, seconds, base="Pillow, PNG", extra=extra)


if __name__ == "__main__":
    main()
