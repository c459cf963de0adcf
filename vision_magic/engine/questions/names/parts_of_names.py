"""Parts of names by which Korean and Chinese questions mean them: "라떼" for "카페라떼", "2차" for "2nd order".

A part counts only if no other name has it: what stands before a bracket, an
end of a Korean name, some of its English words in Korean or Chinese, or
in Korean letters, and its ordinal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.loanwords import loanword_in
from vision_magic.engine.questions.names.usual_names import translated

__all__ = ["find_part"]

_HANGUL: Final = "[\uac00-\ud7a3]"
_HAN: Final = "[\u4e00-\u9fff]"
_ORDINAL: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)(?![a-z])", re.IGNORECASE)
_OF_VALUES: Final = "[값수집길날가말률]"
"""Second parts of Korean compounds before which a noun gets a letter more: "전셋값" is the price of "전세"."""


def find_part(text: str, name: str, names: Sequence[str], language: Language) -> re.Match[str] | None:
    """Return where a part of a name stands in a question, if it can only mean this name.

    Parameters
    ----------
    text : str
        The question, in which names that were found are letters of Unicode's private use area.
    name : str
        The name.
    names : sequence of str
        All names of its kind.
    language : {"ko", "zh"}
        The language of the question.
    """
    others = [one for one in names if one != name]
    ordinal = _ORDINAL.search(name)
    if ordinal is not None and not any(_has_ordinal(one, ordinal[1]) for one in others):
        match = re.search(rf"(?<!\d){ordinal[1]}(?:차|次|阶|阶的)(?!\d)", text)
        if match is not None:
            return match
    core = re.match(r"(?!\d+:)([^(（:：]{2,}?) ?[(（:：]|([가-힣]{2,}|[一-鿿]{1,})[-–]\d", name)
    if core is not None and not any((core[1] or core[2]) in one for one in others):
        part = core[1] or core[2]
        # The hour of 10:00 is no part of 1000.
        start, end = (r"(?<!\d)", r"(?![\d.])") if part.isdigit() else (f"(?<!{_HANGUL})", "")
        match = re.search(f"{start}{re.escape(part)}{end}", text)
        if match is not None:
            return match
    if language == "ko":
        match = _end_of(text, name, others) or _before_values(text, name)
        if match is not None:
            return match
    for words in _words_of_its_own(name, others):
        match = _in_language(text, words, language)
        if match is not None:
            return match
    return _one_person(text, name)


def _has_ordinal(name: str, number: str) -> bool:
    found = _ORDINAL.search(name)
    return found is not None and found[1] == number


def _end_of(text: str, name: str, others: Sequence[str]) -> re.Match[str] | None:
    """Return where the end of a Korean name stands alone: "라떼" of "카페라떼"."""
    if re.fullmatch(f"{_HANGUL}{{3,}}", name) is None:
        return None
    for start in range(1, len(name) - 1):
        end = name[start:]
        if not any(end in one for one in others):
            match = re.search(rf"(?<!{_HANGUL}){end}(?=[은는이가을를의와과도랑보에]|\W|$)", text)
            if match is not None:
                return match
    return None


def _before_values(text: str, name: str) -> re.Match[str] | None:
    """Return where a Korean name stands in a compound that gives it a letter more: "전셋값"."""
    if re.fullmatch(f"{_HANGUL}{{2,}}", name) is None or (ord(name[-1]) - 0xAC00) % 28:
        return None
    compound = name[:-1] + chr(ord(name[-1]) + 19)
    return re.search(rf"(?<!{_HANGUL}){compound}(?={_OF_VALUES})", text)


def _words_of_its_own(name: str, others: Sequence[str]) -> Iterator[str]:
    """Yield the words of a name that others do not have, longer runs of them first."""
    words = re.findall(r"[A-Za-z]+", name)
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if len(run) > 2 and not any(run.lower() in one.lower() for one in others):
                yield run


def _in_language(text: str, words: str, language: Language) -> re.Match[str] | None:
    for other in sorted(translated(words, language), key=len, reverse=True):
        if len(other) > 1:
            start = f"(?<!{_HANGUL})" if language == "ko" else ""
            match = re.search(start + re.escape(other), text)
            if match is not None:
                return match
    if language == "ko" and " " not in words and len(words) > 3:
        return loanword_in(text, words)
    return None


_TOGETHER: Final = "둘이/두 셋이/세 넷이/네 다섯이/다섯 여섯이/여섯 일곱이/일곱 여덟이/여덟 아홉이/아홉"


def _one_person(text: str, name: str) -> re.Match[str] | None:
    """Return where "혼자 사는 집" or "独居" means the name "1인" or "1人"."""
    several = re.match(r"([2-9]) ?인(?P<more> ?이상)?", name)
    if several is not None:
        together, number = _TOGETHER.split()[int(several[1]) - 2].split("/")
        people = r"(?:식구|명|사람)(?: ?(?:가족|가구))?"
        more = r"(?: ?이상)" if several["more"] else r"(?! ?(?:이상|넘|초과))"
        house = r"(?:인|이? ?사는)? ?(?:집|가구|가정)?"
        return re.search(
            rf"(?<!{_HANGUL})(?:{together}(?:서|이서)?|(?:{number}|{several[1]}) ?{people}){more}{house}", text
        )
    if re.match(r"1 ?(?:인|人)|single|one[- ]person", name, re.IGNORECASE) is None:
        return None
    return re.search(r"혼자(?: ?사[는시]\S*)?(?: ?(?:집|가구|사람|가정))?|나 ?홀로 ?가구|독신|独居|单身|一个人住", text)
