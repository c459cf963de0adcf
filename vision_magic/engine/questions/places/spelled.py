"""Numbers that are written as words after a comparison, "more than fifty", and parts of a whole, "over a third"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled

__all__ = ["with_fractions", "with_joined_numbers", "with_names_in_thousands", "with_numbers", "with_signs_behind"]

_NUMBERS: Final[dict[Language, str]] = {
    "en": "zero=0 "
    "ten=10 eleven=11 twelve=12 fifteen=15 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 "
    "ninety=90 hundred=100 thousand=1000",
    "de": "null=0 "
    "zehn=10 elf=11 zwölf=12 fünfzehn=15 zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 "
    "achtzig=80 neunzig=90 hundert=100 einhundert=100 tausend=1000 eintausend=1000",
    "fr": "zéro=0 dix=10 onze=11 douze=12 quinze=15 vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 cent=100 "
    "mille=1000",
    "es": "cero=0 "
    "diez=10 once=11 doce=12 quince=15 veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 "
    "ochenta=80 noventa=90 cien=100 mil=1000",
}
_COMPARED: Final[dict[Language, str]] = {
    "en": r"(?:than|above|over|below|under|exceed\w*|reach\w*|least|most|past|about)(?: a| one)? ",
    "de": r"(?:als|über|unter|mindestens|höchstens|überschr\w+|erreich\w+|von|auf) ",
    "fr": r"(?:(?:de|que|d[ée]pass\w+|sous|moins|plus|atteint|atteindre) |\bd['’])",
    "es": r"(?:de|que|supera\w*|super[oó]|alcanz\w+|bajo|menos) ",
}
_FRACTIONS: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (r"(?:a|one) third", "33.3333"),
        (r"(?:a|one) quarter", "25"),
        (r"(?:a|one) fifth", "20"),
        (r"two[- ]thirds", "66.6667"),
        (r"three[- ]quarters", "75"),
    ),
    "de": (
        (r"ein(?:em?|es)? drittel", "33.3333"),
        (r"ein(?:em?|es)? viertel", "25"),
        (r"ein(?:em?|es)? fünftel", "20"),
        (r"zwei drittel", "66.6667"),
        (r"drei ?viertel", "75"),
    ),
    "fr": (
        (r"(?:un|du|le) tiers", "33.3333"),
        (r"(?:un|du|le) quart", "25"),
        (r"(?:un|du|le) cinquième", "20"),
        (r"(?:les )?deux tiers", "66.6667"),
        (r"(?:les )?trois quarts", "75"),
    ),
    "es": (
        (r"un tercio|la tercera parte|una tercera parte", "33.3333"),
        (r"un cuarto|la cuarta parte|una cuarta parte", "25"),
        (r"un quinto|la quinta parte", "20"),
        (r"dos tercios", "66.6667"),
        (r"tres cuartos", "75"),
    ),
    "ko": (
        (r"(?:3|삼) ?분의 ?(?:1|일)(?! ?(?:배|로))", "33.3333"),
        (r"(?:4|사) ?분의 ?(?:1|일)(?! ?(?:배|로))", "25"),
        (r"(?:5|오) ?분의 ?(?:1|일)(?! ?(?:배|로))", "20"),
        (r"(?:3|삼) ?분의 ?(?:2|이)(?! ?(?:배|로))", "66.6667"),
        (r"(?:4|사) ?분의 ?(?:3|삼)(?! ?(?:배|로))", "75"),
    ),
    "zh": (
        ("三分之一", "33.3333"),
        ("四分之一", "25"),
        ("五分之一", "20"),
        ("三分之二", "66.6667"),
        ("四分之三", "75"),
    ),
}
_BEYOND: Final[dict[Language, str]] = {
    "ko": r"(?= ?(?:이상|이하|미만|초과|을? ?넘|이? ?안|도|보다))",
    "zh": r"(?=以上|以下|多)",
}
"""What follows a part with which values are compared."""


_BELOW_ZERO: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "ko": (("영하(?:로|인|였던|권)? ?(?:내려간|떨어진|떨어지는|내려가는)?", "0보다 낮은 "),),
    "zh": (("零下的?|零度以下", "低于 0 "),),
    "en": ((r"\b(?:below|under) freezing\b", "below 0 degrees"),),
    "de": ((r"\bunter (?:dem|den) gefrierpunkt\b", "unter 0 Grad"),),
}


def with_numbers(text: str, language: Language) -> str:
    """Return a question with figures for round numbers after a comparison: "above fifty" is "above 50"."""
    for words, plain in _BELOW_ZERO.get(language, ()):
        text = re.sub(words, plain, text)
    if language == "ko":
        text = re.sub(_NATIVE, lambda found: str(_native(found["tens"], found["ones"])), text)
    if language in _NUMERALS:
        text = with_joined_numbers(text)
        text = re.sub(_NUMERALS[language][1], lambda match: _figure(match[0], _NUMERALS[language][0]), text)
    if language not in _NUMBERS:
        return text
    for pair in _NUMBERS[language].split():
        word, figure = pair.split("=")
        pattern = rf"(?<!\w)(?P<before>{_COMPARED[language]}){word}(?![\w-])(?! (?:hundred|thousand|million|times|mal))"
        text = compiled(pattern, ignore_case=True).sub(rf"\g<before>{figure}", text)
    return text


_NATIVE_TENS: Final = "열 스물|스무 서른 마흔 쉰 예순 일흔 여든 아흔"
_NATIVE_ONES: Final = "하나|한 둘|두 셋|세|석 넷|네|넉 다섯 여섯 일곱 여덟 아홉"
_NATIVE: Final = (
    rf"(?<![가-힣])(?P<tens>{_NATIVE_TENS.replace(' ', '|')})?(?P<ones>{_NATIVE_ONES.replace(' ', '|')})?"
    r"(?<=[가-힣])(?= ?(?:명|사람|마리|개|대|잔|권|그루|송이|병|장|살|시간|번(?!도)|곳)"
    r"(?: ?(?:이상|이하|미만|초과)|[이가을를도]? ?(?:넘|안 ?되|못 ?되|채 ?안)|보다 ?(?:많|적|높|낮|더|덜)))"
)
"""Korean numerals of its own before what is counted, where values are compared with them."""


def _native(tens: str | None, ones: str | None) -> int:
    """Return the number of Korean numerals for tens and ones."""
    parts = ((tens, _NATIVE_TENS, 10), (ones, _NATIVE_ONES, 1))
    return sum(
        size * number
        for word, words, size in parts
        for number, same in enumerate(words.split(), 1)
        if word in same.split("|")
    )


_COUNTERS_ZH: Final = "个名人次元件台辆度吨岁本只头棵杯瓶张条份块票页户家间艘架座枚朵株匹天年米升分小公"
"""First characters of what is counted, behind a numeral with which values are compared."""
_NUMERALS: Final[dict[Language, tuple[str, str]]] = {
    "zh": (
        "一二三四五六七八九十百千",
        r"(?<=[过破到于足达约满超近])[一二两三四五六七八九][十百千][一二三四五六七八九十百千]*|"
        r"(?<!\d)[一二两三四五六七八九十]?[一二三四五六七八九十百千]*[十百千](?=[亿万]|(?:[个名人次元件台辆度吨岁本只头棵杯瓶张条份块票页户家间艘架座枚朵株匹]|"
        r"分钟|公里|公斤|千克|[毫厘]米|小时|[百千]?克|毫升)|[天年米升](?:以[上下内]|多))|"
        rf"(?<=[过破到于足达满近])[一二两三四五六七八九](?=[{_COUNTERS_ZH}])|"
        r"(?<=[过破到于足达约满超近])[一二两三四五六七八九](?=[亿万])",
    ),
    "ko": (
        "일이삼사오육칠팔구십백천",
        r"(?<![\uac00-\ud7a3\d])(?<!몇 )(?:[일이삼사오육칠팔구]?[십백천][일이삼사오육칠팔구십백천]*"
        r"(?=(?:만|억)? ?(?:명|건|개|원|대|잔|권|곳|마리|그루|회|번|톤|도|점|분|킬로|미터|프로|퍼센트|"
        r"보(?![다통])|가구|달러))|"
        r"[일이삼사오육칠팔구]?[십백천](?=만 ?[\uac00-\ud7a3])|"
        r"백(?= ?일 ?(?:넘|이상|이하|미만))|"
        r"(?=만 ?(?:명|원|보(?![다통])|달러|개|건|대|잔|권|회|톤)))",
    ),
}
"""The numerals from one to nine, ten, a hundred and a thousand, and where they stand before what is counted."""


def _figure(word: str, numerals: str) -> str:
    """Return a number below ten thousand that is written as a word in figures."""
    if not word:
        return "1"  # "만 명"
    whole, ones = 0, 0
    for letter in word.replace("两", "二"):
        at = numerals.index(letter)
        if at < 9:
            ones = at + 1
        else:
            whole, ones = whole + (ones or 1) * 10 ** (at - 8), 0
    return str(whole + ones)


_SCALE_LETTERS: Final = "[십백천만억十百千万萬亿億]"
_JOINED: Final = re.compile(
    rf"(?<![\d.,])\d+(?:\.\d+)?(?: ?{_SCALE_LETTERS}+ ?\d+(?:\.\d+)?)+(?: ?{_SCALE_LETTERS}+)?(?![\d월月])"
)
_ONES_OF: Final = dict(zip("십백천十百千", (10, 100, 1000, 10, 100, 1000), strict=True))
_TENS_OF: Final = {**dict.fromkeys("만万萬", 10**4), **dict.fromkeys("억亿億", 10**8)}


_GROUPED: Final = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")


def with_whole_thousands(text: str) -> str:
    """Return a question without the spaces between the thousands of a number: "9 500" is 9500."""
    return _GROUPED.sub("", text)


_SIGN: Final = re.compile(
    r"(?P<sign>[€$£¥₩]) ?"
    r"(?P<number>\d+(?:[.,]\d+)*(?: ?(?:k|thousand|m|million|bn|billion|tausend|millionen|mille|mil)\b)?)",
    re.IGNORECASE,
)


_THOUSANDS: Final = r"\d{1,3}(?:[ \u00a0\u202f'’.,]?\d{3})+"


def with_names_in_thousands(text: str, names: Iterable[str]) -> str:
    """Return a question with numbers as names of places have them: "400,000" and "400000" as "400 000"."""
    numbers = {re.sub(r"\D", "", name): name for name in names if re.fullmatch(_THOUSANDS, name)}
    if not numbers:
        return text
    return re.sub(
        rf"(?<![\d.,]){_THOUSANDS}(?![\d]|[.,]\d)", lambda said: numbers.get(re.sub(r"\D", "", said[0]), said[0]), text
    )


def with_signs_behind(text: str) -> str:
    """Return a question with the sign of a currency behind its amount, as a unit: "£400" is "400 £"."""
    return _SIGN.sub(r"\g<number> \g<sign>", text)


def with_joined_numbers(text: str) -> str:
    """Return a Korean or Chinese question with one number for "1만 2천", and for "2천 5백만"."""

    def number(match: re.Match[str]) -> str:
        whole = section = 0.0
        for digits, letters in re.findall(r"(\d+(?:\.\d+)?) ?([^\d. ]*)", match[0]):
            part = float(digits)
            for letter in letters:
                if letter in _TENS_OF:
                    whole, section, part = whole + (section + part) * _TENS_OF[letter], 0.0, 0.0
                else:
                    part = (part or 1.0) * _ONES_OF[letter]
            section += part
        return f"{whole + section:.12g}"

    return _JOINED.sub(number, text)


def with_fractions(text: str, language: Language) -> str:
    """Return a question with percentages for parts of a whole after a comparison: "more than a third"."""
    if language not in _FRACTIONS:
        return text
    for words, share in _FRACTIONS[language]:
        if language in _BEYOND:
            before = r"(?<=[过過到于於])" if language == "zh" else "(?!)"
            text = re.sub(rf"{before}(?:{words})|(?:{words}){_BEYOND[language]}", f"{share} %", text)
            continue
        pattern = rf"(?<!\w)(?P<before>{_COMPARED[language]})(?:{words})(?!\w)"
        text = re.sub(pattern, rf"\g<before>{share} %", text, flags=re.IGNORECASE)
    return text
