"""How many kept questions about live figures the embedded reader answers as their authors expect.

``python benchmarks/questions.py`` asks all sets of ``benchmarks/question_sets/``, ``--set 03`` one of them; ``--show``
prints the answers that differ. A set has eight figures, as their facts, and 76 questions by an author who knew nothing
of the reader: 56 with the answer that a careful reader of the figure gives, 20 that the figure cannot answer.

An answer agrees if it has the first number that is expected, or the same yes or no, or one of the expected names. That
is a guard for changes and no judgement: an answer to another question may agree by chance. The sets were used to mend
the reader after they were counted for ``docs/embedded.md``; figures for that page need new sets.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from vision_magic.engine.data_answers import known_sections
from vision_magic.engine.intent import parse_question
from vision_magic.engine.questions.checks.fitting import declines
from vision_magic.images.figure_facts.values import Facts

SETS = Path(__file__).parent / "question_sets"
YES = re.compile(r"(?:yes|ja|oui|sí|예|네|是|对)\b", re.IGNORECASE)
NO = re.compile(r"(?:no|nein|non|아니|不|否|没)", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d{3})+(?![\d.,])|\d+(?:[.,]\d+)?")
WORD = re.compile(r"[^\W\d_]{3,}|[一-龥가-힣]{2,}")
COUNT = ("right", "other", "declined", "unanswerable declined", "unanswerable answered")


def numbers_in(text: str) -> Iterator[float]:
    """Yield the numbers in a text, in each way in which its marks may be read: 1,200 is 1200 and 1.2."""
    for found in NUMBER.findall(text):
        yield float(re.sub(r"[^\d]", "", found))
        if re.fullmatch(r"\d+[.,]\d+", found):
            yield float(found.replace(",", "."))


def agrees(answer: str, expected: str) -> bool:
    """Return whether an answer has the first number, the yes or no, or a name that is expected."""
    verdict = re.match(r"(?:yes|no)\b", expected)
    if verdict is not None:
        opposite = NO if verdict[0] == "yes" else YES
        return opposite.match(answer.split(":", 1)[-1].strip()) is None
    number = NUMBER.search(expected.split("(")[0])
    if number is not None:
        wanted = float(re.sub(r"[^\d.]", "", number[0]))  # expected answers are English
        return any(abs(one - wanted) <= max(0.01 * abs(wanted), 0.005) for one in numbers_in(answer))
    names, told = (set(map(folded, WORD.findall(text))) for text in (expected, answer))
    return not names or bool(names & told)


def folded(word: str) -> str:
    """Return the first letters of a word without accents, so that "Sunday" agrees with "Sun"."""
    plain = "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    return plain if "가" <= word[0] <= "힣" or "一" <= word[0] <= "龥" else plain[:3]


def verdict_of(facts: Facts, language: Any, question: str, expected: str | None) -> tuple[str, str]:
    """Return what became of a question, one of `COUNT`, and the answer to it."""
    answer = " ".join(known_sections(parse_question(question), [facts]))
    declined = not answer or declines(answer, language)
    if expected is None:
        return ("unanswerable declined" if declined else "unanswerable answered"), answer
    return ("declined" if declined else "right" if agrees(answer, expected) else "other"), answer


def main() -> None:
    """Print a row for each set, and their mean."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", default="*", help="a file of benchmarks/question_sets without its ending")
    parser.add_argument("--show", action="store_true", help="print each answer that differs from what is expected")
    options = parser.parse_args()
    files = sorted(SETS.glob(f"{options.set}.json"))
    totals: Counter[str] = Counter()
    print(f"{'set':6}" + "".join(f"{name:>24}" for name in COUNT))
    for file in files:
        counts: Counter[str] = Counter()
        for figure in json.loads(file.read_text("utf-8")):
            facts = Facts.read(figure["facts"])
            for language, question, expected in figure["questions"]:
                verdict, answer = verdict_of(facts, language, question, expected)
                counts[verdict] += 1
                if options.show and verdict not in ("right", "unanswerable declined"):
                    print(f"{verdict}: {question}\n    {expected}\n    {answer}")
        totals += counts
        print(f"{file.stem:6}" + "".join(f"{counts[name]:24d}" for name in COUNT))
    if len(files) > 1:
        print(f"{'mean':6}" + "".join(f"{totals[name] / len(files):24.1f}" for name in COUNT))


if __name__ == "__main__":
    main()
