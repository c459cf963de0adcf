"""States that names of a chart are, and how questions say them: "at rest" is "Resting", and is no rest of anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["with_states_named"]

_STATES: Final = (
    (
        r"(?:at )?rest(?:ing)?|(?:in )?ruhe(?:nd|puls|zustand)?|(?:au )?repos|(?:en )?reposo|안정 ?시?|휴식 ?시?|静息|"
        r"休息|静止",
        r"\b(?:at|when at|while at) rest\b|\bwhen resting\b|\bin ruhe\b|\bim ruhezustand\b|\bau repos\b|\ben reposo\b|"
        r"안정 ?(?:시|상태|할 ?때|때)|쉴 ?때|쉬고 있을 ?때|휴식 ?(?:시|때|중)|静息(?:时|状态)|休息时|安静时",
    ),
    (
        r"asleep|sleep(?:ing)?|schlaf(?:end)?|im schlaf|endormi|sommeil|dormid[oa]|sueño|수면|睡眠|睡觉",
        r"\b(?:when|while) (?:asleep|sleeping)\b|\bduring sleep\b|\bim schlaf\b|\bbeim schlafen\b|"
        r"\bpendant le sommeil\b|"
        r"\ben dormant\b|\bdurante el sueño\b|\bal dormir\b|(?:잘|자고 있을) ?때|수면 ?중|睡(?:觉|眠|着)时",
    ),
    (
        r"fast(?:ing|ed)|nüchtern|à jeun|en ayunas|공복|空腹",
        r"\b(?:when|while) fasting\b|\bon an empty stomach\b|\bnüchtern\b|\bauf nüchternen magen\b|\bà jeun\b|"
        r"\ben ayunas\b|공복 ?(?:시|상태|때|에)|空腹时",
    ),
    (
        r"standing(?: up)?|stehen(?:d)?|im stehen|debout|de pie|서기|기립|站立|站着",
        r"\b(?:when|while) standing(?: up)?\b|\bon (?:your|their|one['’]s) feet\b|\bim stehen\b|\bdebout\b|\bde pie\b|"
        r"서 ?있을 ?때|기립 ?시|站(?:立|着)时",
    ),
    (
        r"sitting(?: down)?|seated|sitzen(?:d)?|im sitzen|assise?|sentad[oa]|앉기|앉은 자세|坐着|坐姿",
        r"\b(?:when|while) (?:sitting(?: down)?|seated)\b|\bim sitzen\b|\bassise?\b|\bsentad[oa]s?\b|앉아 ?있을 ?때|"
        r"坐着?时",
    ),
    (
        r"lying(?: down)?|supine|liegen(?:d)?|im liegen|allongée?|couchée?|tumbad[oa]|acostad[oa]|눕기|누운 자세|躺着|"
        r"卧姿",
        r"\b(?:when|while) lying(?: down)?\b|\bim liegen\b|\ballongée?\b|\bcouchée?\b|\btumbad[oa]s?\b|"
        r"\bacostad[oa]s?\b|"
        r"누워 ?있을 ?때|躺着?时",
    ),
)
"""Names of states of the body, and how they are said."""


def with_states_named(text: str, names: Sequence[str]) -> str:
    """Return a question with a state as it is named in a chart, where it says it otherwise.

    Parameters
    ----------
    text : str
        The question.
    names : sequence of str
        The names of series and of categories.
    """
    for named, said in _STATES:
        found = [name for name in dict.fromkeys(names) if re.fullmatch(named, name.strip(), re.IGNORECASE)]
        if len(found) == 1 and found[0].lower() not in text.lower():
            text = re.sub(said, f"in {found[0]}" if found[0].isascii() else found[0], text, flags=re.IGNORECASE)
    return text
