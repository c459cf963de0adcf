"""Estimates of the number of tokens an image costs, and the size that a model keeps of a large one.

`RULES` is the whole knowledge: which models count in which way, and where and when that was published or measured.
Providers change their rules, and they bill the count that ``reply.usage`` reports.
"""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from typing import Final

from vision_magic.images.options import MAX_SIDE, MAX_SIDE_ORIGINAL, ImageOptions
from vision_magic.images.token_counts import (
    Area,
    Count,
    Crops,
    Flat,
    Limit,
    Merged,
    Patches,
    Size,
    Tiles,
    fit_whole,
    most_patches,
)

__all__ = ["RULES", "Estimate", "TokenRule", "estimate", "rule_for", "side_limit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRule:
    """How some models count the tokens of an image.

    Attributes
    ----------
    models : str
        The models, for people.
    pattern : str
        Regular expression that finds them in the id of a model in lower case.
    words : str
        The rule in a few words.
    count : Count
        The rule.
    date, source : str
        When (year and month) and where the rule was published or measured.
    max_side : int
        Longest side of an image that is sent by default (pixels). The rule may keep less of it.
    """

    models: str
    pattern: str
    words: str
    count: Count
    date: str = ""
    source: str = ""
    max_side: int = MAX_SIDE


_LOW: Final = Limit(side=512)
_HIGH: Final = Limit(side=2048, patches=2500)
_ORIGINAL: Final = Limit(side=6000, patches=10_000)
_SMALL: Final = {"low": _LOW, "high": Limit(side=2048, patches=1536)}
_GUIDE: Final = "developers.openai.com/api/docs/guides/images-vision"
_CLAUDE: Final = "platform.claude.com/docs/en/build-with-claude/vision, teamchong/pxpipe#27"

RULES: Final = (
    TokenRule(
        models="The embedded reader",
        pattern=r"embedded-reader",
        words="the embedded reader is free",
        count=Flat({"": 0}),
    ),
    # -- OpenAI ------------------------------------------------------------------------------------------------
    TokenRule(
        models="GPT-4.1, 5, 5.4 mini",
        pattern=r"gpt-(?:4\.1|5[.\d]*)-mini",
        words="OpenAI's patches of 32 × 1.62, at most 1,536",
        count=Patches(side=32, limits=_SMALL, level="high", fit=fit_whole, factor=1.62),
        date="2026-08",
        source=_GUIDE,
    ),
    TokenRule(
        models="GPT-4.1, 5, 5.4 nano",
        pattern=r"gpt-(?:4\.1|5[.\d]*)-nano",
        words="OpenAI's patches of 32 × 2.46, at most 1,536",
        count=Patches(side=32, limits=_SMALL, level="high", fit=fit_whole, factor=2.46),
        date="2026-08",
        source=_GUIDE,
    ),
    TokenRule(
        models="o4-mini",
        pattern=r"\bo4-mini",
        words="OpenAI's patches of 32 × 1.72, at most 1,536",
        count=Patches(side=32, limits=_SMALL, level="high", fit=fit_whole, factor=1.72),
        date="2026-08",
        source=_GUIDE,
    ),
    TokenRule(
        # GPT-6: documented for Astra, and assumed for its siblings. gpt-35-turbo is Azure's name of GPT-3.5.
        models="GPT-5.6, GPT-6 and later",
        pattern=r"gpt-(?:5\.(?:[6-9]|\d\d)|[6-9]|[12]\d)(?!\d)",
        words="OpenAI's patches of 32 × 1.2, at most 2,500 at high detail",
        count=Patches(
            side=32,
            limits={"low": _LOW, "high": Limit(patches=2500), "original": Limit(side=65_535, patches=30_000)},
            level="original",
            fit=fit_whole,
            factor=1.2,
        ),
        date="2026-09",
        source=f"{_GUIDE}, vybestack/llxprt-code#3483",
    ),
    TokenRule(
        models="GPT-5.5",
        pattern=r"gpt-5\.5",
        words="OpenAI's patches of 32 × 1.2, at most 10,000, and 2,500 at high detail",
        count=Patches(
            side=32,
            limits={"low": _LOW, "high": _HIGH, "original": _ORIGINAL},
            level="original",
            fit=fit_whole,
            factor=1.2,
        ),
        date="2026-09",
        source=f"{_GUIDE}, omnara-ai/omnara#446",
    ),
    TokenRule(
        models="GPT-5.4",
        pattern=r"gpt-5\.4",
        words="OpenAI's patches of 32 × 1.2, at most 2,500, and 10,000 at original detail",
        count=Patches(
            side=32,
            limits={"low": _LOW, "high": _HIGH, "original": _ORIGINAL},
            level="high",
            fit=fit_whole,
            factor=1.2,
        ),
        date="2026-09",
        source=f"{_GUIDE}, openai/codex#19865, omnara-ai/omnara#446",
    ),
    TokenRule(
        models="GPT-5.2, 5.3, Codex mini",
        pattern=r"gpt-5\.[23]|gpt-5[.\d]*-codex-mini",
        words="OpenAI's patches of 32 × 1.2, at most 1,536",
        count=Patches(side=32, limits=_SMALL, level="high", fit=fit_whole, factor=1.2),
        date="2026-09",
        source=f"{_GUIDE}, vybestack/llxprt-code#3477",
    ),
    TokenRule(
        models="GPT-4o mini",
        pattern=r"gpt-4o-mini",
        words="OpenAI's tiles of 512: 2,833 + 5,667 each",
        count=Tiles(2833, 5667),
        date="2026-08",
        source=_GUIDE,
    ),
    TokenRule(
        models="GPT-5, 5.1",
        pattern=r"gpt-5",
        words="OpenAI's tiles of 512: 70 + 140 each",
        count=Tiles(70, 140),
        date="2026-08",
        source=_GUIDE,
    ),
    TokenRule(
        models="GPT-4o, 4.1, 4.5",
        pattern=r"gpt-4|chatgpt",
        words="OpenAI's tiles of 512: 85 + 170 each",
        count=Tiles(85, 170),
        date="2026-08",
        source=_GUIDE,
    ),
    TokenRule(
        models="o1, o3",
        pattern=r"\bo[13]\b",
        words="OpenAI's tiles of 512: 75 + 150 each",
        count=Tiles(75, 150),
        date="2026-08",
        source=_GUIDE,
    ),
    # -- Anthropic ---------------------------------------------------------------------------------------------
    TokenRule(
        models="Claude before 4.7",
        pattern=r"claude-(?:[a-z]+-)?(?:instant|[1-3](?!\d)|4(?![.\d-])|4[.-][0-6](?!\d)|4-20\d\d)",
        words="Anthropic's patches of 28, at most 1,568",
        count=Patches(side=28, limits={"": Limit(side=1568, patches=1568)}, level="", fit=most_patches),
        date="2026-07",
        source=_CLAUDE,
    ),
    TokenRule(
        models="Claude 4.7 and later",
        pattern=r"claude",
        words="Anthropic's patches of 28, at most 4,784",
        count=Patches(side=28, limits={"": Limit(side=2576, patches=4784)}, level="", fit=most_patches),
        date="2026-07",
        source=_CLAUDE,
        max_side=2576,
    ),
    # -- Google ------------------------------------------------------------------------------------------------
    TokenRule(
        models="Gemini before 3",
        pattern=r"gemini-(?:[12](?!\d)|pro-vision)",
        words="Gemini's tiles of at most 768: 258 each",
        count=Crops(258),
        date="2026-05",
        source="ai.google.dev/gemini-api/docs/image-understanding, BerriAI/litellm#3269",
    ),
    TokenRule(
        models="Gemini 3 and later",
        pattern=r"gemini",
        words="measured: about 1,089 for any picture, at Gemini's default media resolution",
        count=Flat({"": 1089}),
        date="2026-08",
        source="AlaskanTuna/Rokabot#121, livekit/agents#5710",
    ),
    # -- models with open weights ------------------------------------------------------------------------------
    TokenRule(
        models="Qwen3-VL, Qwen 3.5 and later",
        pattern=r"qwen-?(?:3|[4-9])",
        words="Qwen's patches of 32, from 64 to 16,384",
        count=Merged(32, 64, 16_384),
        date="2026-07",
        source="preprocessor_config.json of Qwen3-VL and Qwen3.5",
    ),
    TokenRule(
        models="Qwen2-VL, Qwen2.5-VL",
        pattern=r"qwen",
        words="Qwen's patches of 28, from 4 to 16,384",
        count=Merged(28, 4, 16_384),
        date="2025-01",
        source="preprocessor_config.json of Qwen2-VL and Qwen2.5-VL",
    ),
    TokenRule(
        models="Mistral, Pixtral Large",
        pattern=r"mistral|pixtral-large",
        words="Mistral's patches of 28, at most 1,540 pixels wide or high",
        count=Patches(side=28, limits={"": Limit(side=1540)}, level="", fit=fit_whole),
        date="2025-03",
        source="preprocessor_config.json of Mistral-Small-3.1",
    ),
    TokenRule(
        models="Any other model",
        pattern=r"",
        words="a guess: the rule of this model is not known, so pixels ÷ 750",
        count=Area(750),
    ),
)
"""The rules. Of two that match, the earlier one counts; the last matches every model."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated number of tokens, and the rule by which it was computed."""

    tokens: int
    rule: str

    def __str__(self) -> str:
        return f"about {self.tokens:,} tokens ({self.rule})"


@functools.lru_cache(maxsize=64)
def rule_for(model: str) -> TokenRule:
    """Return the rule for a model id as the server spells it: ``gpt-4o-mini``, ``anthropic/claude-sonnet-4``."""
    return next(rule for rule in RULES if re.search(rule.pattern, model.lower()))


def estimate(width: int, height: int, *, model: str = "", detail: str | None = None) -> Estimate:
    """Estimate the number of tokens that an image costs.

    Parameters
    ----------
    width, height : int
        Size of the image as sent (pixels).
    model : str
        Model id as the server spells it. An unknown model gets a guess, which says so.
    detail : str or None
        Detail level as sent; only OpenAI's rules depend on it.
    """
    rule = rule_for(model)
    kept = rule.count.kept((width, height), detail or "")
    return Estimate(math.ceil(rule.count.tokens(kept, detail or "")), rule.words)


def side_limit(size: Size, options: ImageOptions) -> tuple[int, str]:
    """Return the longest side at which an image is sent (pixels), and the reason if that is what the model keeps.

    A limit that the user set is taken as it is. Otherwise, pixels that the model would drop are not sent.
    """
    if options.max_side is not None:
        return options.max_side, ""
    rule = rule_for(options.model)
    most = MAX_SIDE_ORIGINAL if options.detail == "original" else rule.max_side
    kept = max(rule.count.kept(size, options.detail or ""))
    if kept < min(most, max(size)):
        return kept, f"{options.model} keeps no more ({rule.words})"
    return most, ""
