"""Recognition of refusals: what a server means, and what to do about it.

`REFUSALS` is the whole knowledge. A refusal is recognised by the server's codes first, by its words next, and by the
HTTP status last; if nothing is recognised, the general advice for the status stands. Words change, so a pattern names
the object of the refusal and not a single word: "image formats are not supported" says nothing about the model.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import Final

from vision_magic.wire.refusal_rules.abilities import ABILITIES
from vision_magic.wire.refusal_rules.account import ACCOUNT
from vision_magic.wire.refusal_rules.models import MODELS
from vision_magic.wire.refusal_rules.pictures import PICTURES
from vision_magic.wire.refusal_rules.rule import Refusal

__all__ = ["REFUSALS", "Refusal", "recognise"]

REFUSALS: Final = (*ACCOUNT, *MODELS, *PICTURES, *ABILITIES)
"""Every kind of refusal that is recognised; of two that match, the earlier one."""


def recognise(status: int, codes: Collection[str], words: str, *, waits: bool = False) -> Refusal | None:
    """Return what a server means, or None if that is not known.

    Parameters
    ----------
    status : int
        HTTP status.
    codes : collection of str
        All codes in the body, in lower case.
    words : str
        The message.
    waits : bool
        Whether the server says how long to wait.
    """
    rows = [row for row in REFUSALS if not (waits and row.unless_wait)]
    for row in rows:
        if not row.codes.isdisjoint(codes) and _compiled(row.within).search(words):
            return row
    for row in rows:
        if row.words and (not row.only or status in row.only) and _compiled(row.words).search(words):
            return row
    shared = next((row for row in rows if not row.shared_codes.isdisjoint(codes)), None)
    return shared or next((row for row in rows if status in row.statuses), None)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # When a server refuses something, and not at the first call: compiling them all takes about 30 ms.
    return re.compile(pattern, re.IGNORECASE)
