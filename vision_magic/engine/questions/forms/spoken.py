"""English questions in the words that the rules read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.quantities import quantities_in
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, Operation, search

__all__ = ["plain_spoken"]

_ENDED: Final = r"(?:finish(?:ed|es)|w(?:ound|inds) up|end(?:ed|s)(?: up)?)"
_END: Final = r"(?:at|by|in|towards) the end(?: of (?:the )?\w+)?"
_START: Final = r"(?:at|in) (?:the |its )?(?:beginning|start)(?: of (?:the )?\w+)?"
_COMPARED: Final = r"(?:the )?(?:\w{2,}er|\w{3,}est|more|less|most|least|better|best|worse|worst)"
_SPOKEN: Final = (
    (r"^\W*(?:the )?first time (?=.+\bthan\b)", "when was the first time that "),
    (r"\bexceed(?:s|ed|ing)?\b|\b(?:go|goes|went|rose|climbed|gets?|got) (?:above|over|past)\b", "above"),
    (r"\b(?:miss(?:es|ed)?|fell short of)\b(?= (?:the|our|its|N|\d))", "falls short of"),
    (r"\b(?:fell under|stay(?:s|ed)? (?:below|under))\b(?= (?:the|our|its|N|\d))", "below"),
    (r"\bas opposed to\b|\brather than\b|\bin comparison (?:to|with)\b|\bcompared (?:to|with)\b", "versus"),
    (
        r"\bexcluding the\b|\bif (?:we|you|i) (?:exclude|ignore|leave out|remove|drop|omit)\b|"
        r"\b(?:ignoring|disregarding|other than)\b",
        "excluding",
    ),
    (r"\b(?:get|gets|got|getting|gotten|become|becomes|became|do|did) worse\b", "decline"),
    (
        r"\bshr[au]nk(?:en)?\b|\bslash(?:es|ed)?\b|\bplung(?:es|ed)\b|\bplummet(?:s|ed)\b|\bslump(?:s|ed)\b|"
        r"\btumbl(?:es|ed)\b|\btrim(?:s|med)\b|\b(?:s[au]nk|shed)\b(?! (?:in|at)\b)",
        "decreased",
    ),
    (r"\bsoar(?:s|ed)\b|\bsurg(?:es|ed)\b|\b(?:sky)?rocket(?:s|ed)\b|\bboost(?:s|ed)\b|\brais(?:es|ed)\b", "increased"),
    (r"\braise\b|\bboost\b(?= )", "increase"),
    (
        r"\b(?:its|their|his|her|an|the)(?: all-time| overall)? low(?: point)?\b(?=\W*$| (?:in|of|during|for|on)\b)",
        "minimum",
    ),
    (
        r"\b(?:its|their|his|her|an|the)(?: all-time| overall)? high(?: point)?\b(?=\W*$| (?:in|of|during|for|on)\b)",
        "maximum",
    ),
    (r"(?<=\d) (?:o['’]clock )?in the (?:early )?morning\b", " a.m."),
    (r"(?<=\d) o['’]clock\b(?! in)", ""),
    (r"(?<=\d) (?:o['’]clock )?(?:in the (?:afternoon|evening)|at night)\b", " p.m."),
    (r"\b(at|during) what times\b", r"\1 which hours"),
    (r"\b(?:come|came|comes|finish(?:ed|es)?|rank(?:s|ed)?) last\b", "lowest"),
    (rf"\b{_ENDED} (?P<side>{_COMPARED})\b(?! than\b)", r"was \g<side> at the end"),
    (
        rf"\bhow much (?P<side>{_COMPARED}) (?:did|does) (?P<a>.{{1,30}}?) (?:finish|end(?: up)?) "
        r"than (?P<b>[^,?]{1,30}?)(?=\W*$)",
        r"how much \g<side> was \g<a> than \g<b> at the end",
    ),
    (r"\bwhat(?: is|['’]s| was) the (?:only|one) (\w+) (?:with|that ha[sd]|having)\b(?=.*\bthan\b)", r"which \1 has"),
    (
        r"\bwhat(?: is|['’]s| was) the (?:only|one) (\w+) (?:where|at which) (?:there (?:are|is|were|was) )?"
        r"(?=.*\bthan\b)",
        r"at which \1 are there ",
    ),
    (r"\bbottom(?:s|ed)? out\b|\b(?:hits?|reach(?:es|ed)?) (?:rock )?bottom\b", "reaches its minimum"),
    (r"\b(?:top|peak|max)(?:s|p?ed)? out\b", "reaches its maximum"),
    (
        r"\bover the (?:two|three|four|five|six|seven|eight|nine|ten|twelve) (?:years|months|weeks|days|hours)\b",
        "over time",
    ),
    (
        r"\bwhat(?: is| was|['’]s) (?:our|the|my|their|your) (best|worst|busiest|quietest|strongest|weakest) "
        r"(quarter|month|year|day|week|weekday|hour|season)\b",
        r"which \2 was \1",
    ),
    (
        r"\bhow (?:hot|warm) (?:does|did|do) (.{1,40}?) (?:get|go|become)\b(?= ?\?|$)",
        r"maximum temperature of \1",
    ),
    (r"\bhow cold (?:does|did|do) (.{1,40}?) (?:get|go|become)\b(?= ?\?|$)", r"minimum temperature of \1"),
    (
        r"\bhow (?:high|big|large|tall) (?:does|did|do) (.{1,40}?) (?:get|go|rise|climb)\b(?= ?\?|$)",
        r"maximum of \1",
    ),
    (r"\bhow (?:low|small) (?:does|did|do) (.{1,40}?) (?:get|go|fall|drop|sink)\b(?= ?\?|$)", r"minimum of \1"),
    (
        r"\b(?:counting|adding(?: up)?|taking|combining|including) (?:both|all(?: (?:the|two|three|four|five))?)"
        r"(?: of the)?(?: \w+)? groups(?: together)?\b(,?)",
        r"in total\1",
    ),
    (r"\bhow come\b", "why"),
    (
        rf"^\W*(?:was|were|is|are) (.+?) (?:higher|larger|bigger|greater|warmer|hotter|more) {_END} than {_START}",
        r"did \1 rise",
    ),
    (
        rf"^\W*(?:was|were|is|are) (.+?) (?:lower|smaller|less|fewer|colder|cooler|weaker) {_END} than {_START}",
        r"did \1 fall",
    ),
    (r"\bhow (?:does|do|did) (.{1,40}?) scale\b(?! (?:with|to)\b)", r"slope of \1"),
    (
        r"^\W*(?:judging|going) (?:by|from) (?:the |its |their )?(?:\w+ ){0,2}"
        r"(?:bars?|bands?|intervals?|whiskers?|chart|plot|figure|graph),? ",
        "",
    ),
    (
        r"\b(?:finish|end)(?:ed|s)?(?: up| off)? (?:lower|worse|smaller|less) than (?:it|they) (?:started|began)\b",
        "fell",
    ),
    (
        r"\b(?:finish|end)(?:ed|s)?(?: up| off)? (?:higher|better|bigger|more) than (?:it|they) (?:started|began)\b",
        "rose",
    ),
    (r"\b(?:highest|biggest|tallest|largest|greatest|worst) peak\b", "maximum"),
    (r"\bmix-?ups?\b", "confusion"),
    (r"\b(?:that )?(?:i|we|you) (?:should|need to|ought to) (?:double-?check|check|know|worry) ?(?:about)?\b", ""),
    (r"\b(?:tick|creep|edge|inch|bounce|nudge|climb|shoot|jump)(?:s|ed)? (?:back |right )?up(?:wards)?\b", "rise"),
    (r"\b(?:tick|creep|edge|inch|nudge|slide|dip|slip)(?:s|ed)? (?:back |right )?(?:down(?:wards)?|off)\b", "fall"),
    (r"\ball told\b|\ball in all\b|\bwhen all is said and done\b", "in total"),
    (
        r"\b(?:does(?:n['’]t| not)|do(?:n['’]t| not)) (?:really |quite )?(?:sit (?:well )?with|belong (?:with|to|in)|"
        r"match|go with)\b",
        "does not fit",
    ),
    (r"\b(?:sticks?|stuck) out(?: like a sore thumb)?\b", "stands out"),
    (
        r"\b(?:in terms of|when it comes to|for) (?:the )?(?:crowd|audience|group|sample) (?:size|numbers?)\b",
        "in number",
    ),
    (r"\bmost (?:uneven|unequal|erratic|irregular)\b", "most variable"),
    (
        r"\b(above|below|over|under|past|beyond|exceed\w*|reach\w*|cross\w*|hits?) the "
        r"(\d[\d.,]*[ -]?(?:%|°\w?|[^\W\d_]+)?)[ -](?:lines?|mark|threshold|limit|level)\b",
        r"\1 \2",
    ),
    (r"\bpct\b", "percent"),
    (r"\bwhats\b|\bwhat['’]s\b", "what is"),
    (r"\bhows\b", "how is"),
    (r"\bwheres\b", "where is"),
    (r"\bmore than (?:twice|double)\b", "twice"),
    (r"\b(?:that|which) (?:has|have|had) an? (?:real|proper|actual|own) names?\b,?|(?<=\bwhich )named(?= \w)", ""),
    (
        r",? (?:but |and )?(?:(?:that|which) (?:is|are) )?not (?:the |counting )?[\"'“]?(others?|miscellaneous|misc)\b"
        r"[\"'”]?",
        r" excluding \1",
    ),
    (r"\b(?:without|excluding|apart from|except(?: for)?|not counting) the rest\b", "excluding others"),
    (r"\bexcluding [\"“'](\w+)[\"”']", r"excluding \1"),
)
"""Other words for what the rules read."""


_ORDINALS: Final = (
    r"(?:first|second|third|fourth|last) (?P<noun>week|half|quarter)\b(?=.*\bthan\b).*\bthan (?:in |during |for )?the "
    r"(?:first|second|third|fourth|last)(?! (?:week|half|quarter))\b"
)
"""The second half "than the first", which is a half as well."""


def _comparison(match: re.Match[str]) -> str:
    """Return "higher than" for "busier than", as "busiest" asks for the highest; as it is if that is unclear."""
    most = f"{match[1].lower()}est"
    high, low = (
        (found := search(OPERATION_WORDS[side]["en"], "en", most)) is not None and found[0] == most for side in _SIDES
    )
    told = high != low and not any(True for _ in quantities_in(most, "en"))
    return ("higher than" if high else "lower than") if told else match[0]


_SIDES: Final[tuple[Operation, Operation]] = ("maximum", "minimum")


def _unless_own(said: re.Match[str], plain: str, own: str) -> str:
    """Return what takes the place of words, or the words themselves where they are a name."""
    return said[0] if f" {said[0].strip().lower()} " in own else said.expand(plain)


def plain_spoken(text: str, names: Iterable[str] = ()) -> str:
    """Return an English question with the words that the rules read in the place of others for the same.

    Words of `names`, those of series and categories, are left as they are: "mixup" may be a method.
    """
    own = f" {' '.join(names)} ".lower()
    text = re.sub(r"\b(?!earl|suppl|carr|barr|sold|heav)([a-z]{2,}i)er than\b", _comparison, text)
    text = re.sub(_ORDINALS, r"\g<0> \g<noun>", text, flags=re.IGNORECASE)
    for words, plain in _SPOKEN:
        text = compiled(words, ignore_case=True).sub(partial(_unless_own, plain=plain, own=own), text)
    return text
