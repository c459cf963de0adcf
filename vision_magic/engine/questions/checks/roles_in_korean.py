"""The role of a Korean word that is not understood, told by its particle or its ending, and by the words beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.vocabulary.korean_words import KINDS, PARTICLE

__all__ = ["CHANGES", "PACES", "RANKED", "KoreanRole", "role_in_korean"]

KoreanRole = Literal[
    "degree", "limit", "verb", "attribute", "adverb", "measured", "counted", "thing", "both", "bare", "beside"
]
"""What a word does: it ranks, limits or describes; it is measured, counted by a number, or asked for."""

_MARK: Final = re.compile("[\ue000-\uf8ff]")
PACES: Final = frozenset(["빨리", "빠르게", "오래", "늦게", "일찍", "멀리", "천천히", "느리게"])
"""Adverbs that ask for a time or a distance, of verbs that are none of change."""

CHANGES: Final = (
    r"늘|불어|불은|자라|자란|치솟|증가|상승|오르|오른|올[라랐]|성장|커[졌진]|뛰|뛴|급|개선|좋아|줄|감소|하락|떨어|내[려렸린]|빠[졌진]|"
    r"나빠|변|바뀌|도달|넘|수렴|식"
)
RANKED: Final = ("가장", "제일", "젤")
_NOUN_OF_RANK: Final = re.compile(
    r"(?:꼴찌|최고|최저|최대|최소|최댓값|최솟값|평균|합계|합|총합|순위|차이|격차|1위|중앙값|중간값|비중|"
    r"비율|추이|추세|변화|값|수치|평균값|총)"
)


def role_in_korean(tokens: Sequence[str], number: int, word: str, is_of_chart: Callable[[str], bool]) -> KoreanRole:
    """Return the role of one of the words of a question.

    Parameters
    ----------
    tokens : sequence of str
        The words of the question, with their particles.
    number : int
        Which of them it is.
    word : str
        Its Korean letters.
    is_of_chart : callable
        Whether a word is one of the charts.
    """
    before = tokens[number - 1] if number else ""
    after = tokens[number + 1] if number + 1 < len(tokens) else ""
    of_whom = tokens[number + 2] if number + 2 < len(tokens) else ""
    if re.search("[을를이가]$", word) and after and _is_adnominal(after) and _WHO.match(of_whom):
        return "attribute"  # "those who take the tram"
    earlier = next((one for one in tokens[max(0, number - 3) : max(0, number - 1)] if one in RANKED), "")
    return _beside(word, earlier, before, after) or _by_ending(word, after, is_of_chart)


_WHO: Final = re.compile("사람|이들|학생|고객|환자|이용자|응답자|주민|아이|직원|손님")


_VERB: Final = re.compile(
    r"(?:[요까니죠냐]|[어아여해]|[었았였했]\S{0,3}|는지|은지|지|다|으면|면서?|고|며|려고|도록|수록|나|던가)$"
)
_LIMIT: Final = re.compile(r"(?:에서|에게|한테|부터|까지|보다|으로|로|에|에는|에도|와|과|랑|하고|마다|만|별로?)$")


def _beside(word: str, earlier: str, before: str, after: str) -> KoreanRole | None:
    """Return the role that the words before and after one tell."""
    if before in RANKED:
        ranked = _is_adnominal(word) or _VERB.search(word) or re.search("[게히]$", word)
        return "degree" if ranked else "measured"
    if re.fullmatch("어느|어떤|무슨|세|네|다섯|여섯|모든", before):
        return "thing"
    if re.match("데에", after) and word.endswith("는"):
        return "limit"  # what is spent on something
    if earlier in RANKED and _is_adnominal(before) and re.match("뭐|뭔|무엇|어느|어디|누구|어떤", after):
        return "thing"  # "the substance with the least is which?"
    if re.fullmatch("두|양|양쪽", before):
        return "both"
    of_number = re.search(r"[\uec00-\uefff][가-힣]{0,2}$", before)
    if before == "몇" or (of_number and re.fullmatch("후|뒤|전|때|만에|째|시|중|동안", after)):
        return "counted"  # "after 500 charges"
    if re.search(r"[\uec00-\uefff]$", after) and not re.search("[은는이가을를에의도]$", word):
        return "measured"  # of what a line of reference is
    return None


def _by_ending(word: str, after: str, is_of_chart: Callable[[str], bool]) -> KoreanRole:
    """Return the role that the particle or the ending of a word tells."""
    verb = _VERB.search(word) is not None
    if _LIMIT.search(word) and not (verb and not after):
        return "limit"
    if after and _is_adnominal(word):
        stem = PARTICLE.sub("", after)
        may_be_topic = re.search("[은는]$", word) is not None
        if KINDS.match(after) or (not may_be_topic and (_NOUN_OF_RANK.match(after) or is_of_chart(stem))):
            return "verb"
        if not may_be_topic:
            return "attribute"
    if after and re.search("[을를이가은는도]$", word):
        return "measured"
    if re.search("[게히]$", word):
        return "adverb"
    if verb or not after:
        return "verb" if verb else "measured"
    ranked = _NOUN_OF_RANK.match(after) or (_MARK.match(after) is not None and ord(after[0]) >= 0xEC00)
    return "measured" if ranked else "bare"


def _is_adnominal(word: str) -> bool:
    """Return whether a word ends as a verb before a noun: "붐비는", "탁했던", "남은", "넘긴"."""
    if re.search("[는던]$", word):
        return True
    if re.search("들은$|[을를]$", word) or (word[-1] == "은" and len(word) > 4):
        return False  # a noun with a particle
    final = (ord(word[-1]) - 0xAC00) % 28
    return final in (4, 8) and len(word) > 1
