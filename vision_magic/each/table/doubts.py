"""Which fields of a picture are in doubt, and whether a person has said what is right there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from vision_magic.each.row import Row
from vision_magic.each.table.columns import Field, uncertainties_of

__all__ = ["doubtful_fields", "is_corrected"]

_CUT: Final = "…"


def doubtful_fields(rows: Iterable[Row], fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields that are in doubt: missing for the reason in `Row.doubt`, or answered differently.

    Parameters
    ----------
    rows : iterable of Row
        All rows of one picture.
    fields : sequence of Field
        The fields of the answers. The uncertainty of a number is not in doubt by itself.
    """
    done = [row for row in rows if row.state == "done"]
    aside = {name for field in fields for name in uncertainties_of(field.name)}
    return tuple(field for field in fields if field.name not in aside and _is_doubtful(field, done))


def _is_doubtful(field: Field, rows: Sequence[Row]) -> bool:
    answers = {json.dumps(field.of(row.value), sort_keys=True) for row in rows}
    return len(answers) > 1 or any(field.of(row.value) is None and _names(row.doubt, field.name) for row in rows)


def _names(doubt: str, name: str) -> bool:
    """Whether a doubt is about a field; one that was cut may be."""
    return doubt.endswith(_CUT) or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", doubt) is not None


def is_corrected(row: Row, fields: Sequence[Field]) -> bool:
    """Whether the label of a row settles all that is in doubt; where that is no field in particular, any label does."""
    if not isinstance(row.label, Mapping):
        return row.label is not None
    return all(row.label.get(field.name) is not None for field in doubtful_fields([row], fields))
