"""Expectations of what a server counts: the estimates are corrected by what was counted before."""

from __future__ import annotations

from vision_magic.session.calibration import Calibration


def test_a_server_that_counts_a_fifth_more_is_expected_to_do_so_again() -> None:
    calibration = Calibration()
    assert calibration.prompt(100) == 100
    assert calibration.largest_prompt(100) == 125  # nothing is known yet
    calibration.learn_prompt(100, 120)
    assert calibration.prompt(200) == calibration.largest_prompt(200) == 240


def test_the_tokens_around_a_short_message_are_not_taken_for_a_factor() -> None:
    calibration = Calibration()
    calibration.learn_prompt(1, 21)
    assert calibration.prompt(1000) == 1020


def test_a_server_that_counts_less_lowers_the_expectation() -> None:
    calibration = Calibration()
    calibration.learn_prompt(1000, 250)
    assert calibration.largest_prompt(1000) == 250


def test_one_long_answer_is_forgotten_in_time() -> None:
    calibration = Calibration()
    calibration.learn_answer(1000, 1000, 1000)
    calibration.learn_answer(20, 20, 20)
    assert 900 < calibration.answer < 1000
    for _ in range(200):
        calibration.learn_answer(20, 20, 20)
    assert calibration.answer <= 22


def test_an_answer_in_a_language_of_short_words_takes_more_tokens_for_its_letters() -> None:
    calibration = Calibration()
    assert calibration.written == 1
    calibration.learn_answer(20, 50, 50)
    assert calibration.written == 2.5
    calibration.learn_answer(20, 2050, 2050)  # most of it was not shown
    assert calibration.written == 4
