"""The labels that the classifier gives to questions: what each asks for."""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = ["LABELS", "Label"]

Label = Literal[
    "max", "min", "max_series", "min_series", "top", "bottom", "rank", "rank_low", "rank_of", "max_total", "min_total",
    "max_mean_series", "min_mean_series", "sort", "value", "lookup", "first_value", "last_value", "sum", "sum_of",
    "total_at", "mean", "median", "range", "spread", "nearest", "difference", "percent_change", "ratio", "diff_series",
    "compare_places", "compare_series", "share", "share_together", "change", "change_percent", "rate", "above", "below",
    "any_above", "any_below", "all_above", "all_below", "first_above", "first_below", "last_above", "above_mean",
    "below_mean", "equal", "to_reference", "duration_above", "trend", "steepest_rise", "steepest_fall", "biggest_jump",
    "series_rose_most", "series_fell_most", "steadiest_series", "most_variable_series", "always_rising", "turning",
    "plateau", "peaks", "outlier", "correlation", "recovered", "crossing", "ever_ahead", "always_ahead", "count_ahead",
    "gap_max", "gap_min", "gap_trend", "compare_groups", "group_mean", "group_sum", "kind", "title", "x_axis", "y_axis",
    "series_names", "count_series", "count_places", "colour_of", "series_of_colour", "is_log", "x_range", "y_range",
    "describe", "alt", "table", "none",
]  # fmt: skip
"""What a question asks for; "none" for what a chart cannot answer."""

LABELS: Final[tuple[Label, ...]] = get_args(Label)
