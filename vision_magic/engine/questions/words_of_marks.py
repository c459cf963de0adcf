"""Words for what error bars, bins and lines of reference do, in each language, as patterns like those of `words`."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = ["BANDS", "NO_LONGER", "OVERLAP"]

OVERLAP: Final[dict[Language, str]] = {
    "en": r"overlap\w*|(?:error ?bars?|intervals?|bands?|whiskers?)\b.{0,60}\b(?:touch\w*|meet)\b",
    "de": r"überlapp\w*|überschneid\w*|(?:berühr\w*|treff\w*) .{0,30}(?:fehlerbalken|intervall\w*|bänder)\b|"
    r"(?:fehlerbalken|intervall\w*|bänder)\b.{0,60}\bberühr\w*",
    "fr": r"(?:se |s['’])?(?:chevauch\w*|recouvr\w*|superpos\w*)|"
    r"(?:barres|intervalles?|bandes)\b.{0,60}\bse touch\w*",
    "es": r"(?:se )?(?:solap\w*|traslap\w*|superpon\w*)|(?:barras|intervalos?|bandas)\b.{0,60}\bse toca\w*|"
    r"se toca\w* .{0,40}(?:barras|intervalos|bandas)\b",
    "ko": r"겹[치쳐친쳤칩]\S*|맞닿\S*",
    "zh": r"重叠|重疊|交叠|有重合",
}
"""Whether error bars, or bands, have values in common."""

BANDS: Final[dict[Language, str]] = {
    "en": r"\b(?:(?:error|confidence|uncertainty|shaded) )?(?:bands?|intervals?|areas?|regions?|whiskers?|ribbons?)\b|"
    r"\b(?:overlap|touch|separat|stop|ceas)\w*|\bmeet\b|\bany ?more\b",
    "de": r"\b\w*(?:bänder\w*|bands?|intervalle?n?|flächen?|bereiche?n?)\b|\baufhören\b",
    "fr": r"\b(?:bandes?|intervalles?|zones?|plages?)(?: d['’]\w+| de \w+)?\b|\bcessent\b",
    "es": r"\b(?:bandas?|intervalos?|zonas?|franjas?)(?: de \w+)?\b|\bdejan?\b",
    "ko": r"(?:신뢰 ?)?(?:구간|띠|영역|밴드)\S*|서로|더 ?이상",
    "zh": r"(?:置信)?(?:区间|带|阴影|区域)|还|不再",
}
"""Words for what overlaps, and that it no longer does, which only that answer understands."""

NO_LONGER: Final[dict[Language, str]] = {
    "en": r"no longer|not .{0,20}any ?more|stop\w*|cease\w*|n['’]t overlap|not overlap|separate\w*",
    "de": r"nicht mehr|kein\w* .{0,20}mehr|aufhör\w*|nicht",
    "fr": r"plus\b|cesse\w*|ne .{0,30}pas",
    "es": r"deja\w* de|ya no|no",
    "ko": r"더 ?이상|않|안",
    "zh": r"不再|不|没有",
}
"""Whether it asks where they have none."""
