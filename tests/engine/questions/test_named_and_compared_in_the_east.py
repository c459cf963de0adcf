"""Korean and Chinese questions: names, amounts and comparisons as people say them, and what is not drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def bands() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="School orchestra", xlabel="Section", ylabel="Players")
    axes.bar(["Violins", "Violas", "Double basses", "Percussion"], [14, 9, 4, 6])
    return figure


def shop() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Bakery", xlabel="Day", ylabel="Sales (thousand won)")
    for shift, (name, values) in enumerate((("Bread", [50, 44, 90, 84]), ("Cakes", [20, 26, 60, 66]))):
        axes.bar([place + 0.4 * shift for place in range(4)], values, 0.4, label=name)
    axes.set_xticks([place + 0.2 for place in range(4)], ["Thu", "Fri", "Sat", "Sun"])
    axes.legend()
    return figure


def garden() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="텃밭", xlabel="월", ylabel="수확량 (kg)")
    axes.plot(["5월", "6월", "7월"], [12, 30, 41], label="상추")
    axes.plot(["5월", "6월", "7월"], [3, 18, 52], label="토마토")
    axes.legend()
    return figure


def air() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="空气质量", xlabel="日期(3月)", ylabel="PM10 (µg/m³)")
    axes.plot(range(1, 15), [40, 44, 90, 61, 38, 35, 52, 77, 95, 60, 48, 41, 39, 50])
    axes.axhline(70, label="标准限值 70 µg/m³")
    axes.legend()
    return figure


def goals() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="兴趣小组报名", xlabel="小组", ylabel="人数(人)")
    axes.bar(["书法", "围棋", "合唱"], [14, 23, 31])
    axes.axhline(20, color="red", linestyle="--", label="目标 20")
    axes.legend()
    return figure


def heat() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="西安月平均气温", xlabel="月份", ylabel="平均气温 (°C)")
    axes.plot(range(1, 13), [0, 3, 9, 16, 21, 26, 28, 26, 21, 15, 8, 2])
    return figure


def fruit() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Market", xlabel="Fruit", ylabel="Price (€ per kg)")
    axes.bar(["Plums", "Kiwis", "Grapes"], [3.2, 4.1, 5.6])
    return figure


def choir() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Choir", xlabel="Age (years)", ylabel="Singers")
    axes.hist([22, 24, 27, 31, 33, 35, 38, 41, 52, 55, 63], bins=[20, 30, 40, 50, 60, 70])
    return figure


def visitors() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="植物园", xlabel="星期", ylabel="游客人数(人)")
    for shift, (name, values) in enumerate((("成人", [80, 95, 150]), ("儿童", [30, 62, 41]))):
        axes.bar([place + 0.4 * shift for place in range(3)], values, 0.4, label=name)
    axes.set_xticks([place + 0.2 for place in range(3)], ["周五", "周六", "周日"])
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("小提琴组比中提琴组多几个人?", bands, ("高 5",)),
        ("타악기 연주자는 몇 명인가요?", bands, ("“Percussion”", "6")),
        ("哪些声部超过8人?", bands, ("4 个值中有 2 个", "“Violas”")),
        ("图中有哪些声部?", bands, ("“Double basses”", "“Percussion”")),
        ("周末面包(Bread)比蛋糕(Cakes)多卖了多少钱?", shop, ("174", "126", "48")),
        ("금요일에는 목요일보다 빵이 얼마나 적게 팔렸나요?", shop, ("6 천 won 낮",)),
        ("토요일에는 목요일보다 모두 얼마나 더 팔렸나요?", shop, ("150", "70", "80")),
        ("7월에 토마토는 몇 kg이었죠?", garden, ("52 kg",)),
        ("这14天平均是多少?", air, ("55 µg/m³",)),
        ("这两周里有几天超过了70微克的标准限值?", air, ("有 3 个", "3月3日")),
        ("3月9日是多少?", air, ("95 µg/m³", "3月9日")),
        ("平均气温在20度以上的有几个月?", heat, ("12 个值中有 5 个",)),
        ("十二月比二月冷吗?", heat, ("是的",)),
        ("四月比十月热多少度?", heat, ("高 1 °C",)),
        ("포도는 1kg에 얼마예요?", fruit, ("5.6 €",)),
        ("20대와 50대 중 어느 쪽이 더 많아요?", choir, ("3", "2", "1 높")),
        ("五十岁以上的有几个人?", choir, ("11 个中有 3 个",)),
        ("书法组离目标还差几个人?", goals, ("6 人",)),
        ("바둑반은 목표보다 몇 명 더 많아요?", goals, ("3 人",)),
        ("열 명이 넘는 파트는 어디예요?", bands, ("“Violins”", "1개")),
        ("哪天孩子最多?", visitors, ("“儿童”", "62", "周六")),
    ],
)
def test_what_is_named_or_compared_is_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("合唱团平均有多少人?", bands, "合唱团"),
        ("可可组一共有多少人?", bands, "可可组"),
        ("谁打呼噜最厉害?", bands, "打呼噜"),
        ("九月份有多少人?", bands, "9月份"),
        ("가지는 7월에 몇 kg 수확했나요?", garden, "가지"),
        ("九月份西红柿收了多少?", garden, "9月份"),
        ("9월에 상추는 몇 kg이었나요?", garden, "9월"),
        ("第二季会卖多少?", shop, ""),
        ("상추 한 상자 값은 얼마예요?", garden, "한 상자 값"),
        ("포도는 몇 봉지 팔렸나요?", fruit, "몇 봉지"),
        ("上海七月多少度?", heat, "上海"),
        ("水位涨了多少?", heat, "水位"),
    ],
)
def test_what_is_not_drawn_is_named_and_not_answered(question: str, draw: Callable[[], Figure], word: str) -> None:
    answer = asked(question, draw)
    unknown = ("不理解", "이해하지 못했", "无法回答", "대답할 수 없")
    assert any(said in answer for said in unknown), answer
    assert word in answer, answer
