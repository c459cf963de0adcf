"""Durations, doers, prices and origins that charts do not show, and times before today, in all languages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

_TOLD = ("From the figure", "Aus dem", "D'après l'objet", "Del objeto", "그림 객체에서", "来自图形对象")


def bars(x: str, y: str, names: list[str], title: str = "") -> Figure:
    figure = Figure()
    figure.add_subplot(title=title, xlabel=x, ylabel=y).bar(names, [14, 31, 22])
    return figure


def horses(x: str, y: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=x, ylabel=y)
    axes.scatter([6, 9, 14], [480, 530, 455])
    for name, along, across in (("Bruno", 6, 480), ("Stella", 9, 530), ("Amigo", 14, 455)):
        axes.annotate(name, (along, across))
    return figure


def shows(x: str, y: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=x, ylabel=y)
    axes.plot([1, 2, 3], [210, 260, 310], label="Aurora")
    axes.plot([1, 2, 3], [400, 370, 320], label="Nimbus")
    axes.legend()
    return figure


def reading(x: str, y: str) -> Figure:
    figure = Figure()
    times = np.concatenate([2 * bin + np.linspace(0.1, 1.9, many) for bin, many in enumerate((4, 11, 19, 8))])
    figure.add_subplot(xlabel=x, ylabel=y).hist(times, bins=np.arange(0, 9, 2))
    return figure


def harvest(title: str, names: list[str]) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title).pie([45, 35, 20], labels=names)
    return figure


def deals(y: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel=y)
    axes.bar(np.arange(3) - 0.2, [12, 17, 9], 0.4, label="Q1")
    axes.bar(np.arange(3) + 0.2, [15, 14, 11], 0.4, label="Q2")
    axes.set_xticks(range(3), ["Asha", "Omar", "Lena"])
    axes.legend()
    return figure


trees = partial(bars, "Species", "Height (m)", ["Oak", "Ash", "Elm"])
baeume = partial(bars, "Baumart", "Höhe (m)", ["Eiche", "Esche", "Ulme"])
arbres = partial(bars, "Essence", "Hauteur (m)", ["Chêne", "Frêne", "Orme"])
arboles = partial(bars, "Especie", "Altura (m)", ["Roble", "Fresno", "Olmo"])
namu = partial(bars, "수종", "높이 (m)", ["단풍", "물푸레", "느릅"])
shu = partial(bars, "树种", "高度 (m)", ["橡树", "白蜡", "榆树"])
fruit = partial(harvest, "Harvest (share of weight)", ["Apples", "Pears", "Plums"])
obst = partial(harvest, "Ernte (Anteil am Gewicht)", ["Äpfel", "Birnen", "Pflaumen"])
fruits = partial(harvest, "Récolte (part du poids)", ["Pommes", "Poires", "Prunes"])
fruta = partial(harvest, "Cosecha (% del peso)", ["Manzanas", "Peras", "Ciruelas"])
gwail = partial(harvest, "과일 수확 비율", ["사과", "배추", "자두"])
shuiguo = partial(harvest, "收成占比", ["苹果", "梨子", "李子"])


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        # how long something is, or since when
        ("How long has Stella been at the stable?", partial(horses, "Age (years)", "Weight (kg)")),
        ("Seit wann steht Stella im Stall?", partial(horses, "Alter (Jahre)", "Gewicht (kg)")),
        ("Depuis combien de temps Stella est-elle à l'écurie ?", partial(horses, "Âge (ans)", "Poids (kg)")),
        ("¿Cuánto tiempo lleva Stella en el establo?", partial(horses, "Edad (años)", "Peso (kg)")),
        ("Stella는 언제부터 마구간에 있었나요?", partial(horses, "나이 (살)", "몸무게 (kg)")),
        ("Stella在马厩待了多久?", partial(horses, "年龄 (岁)", "体重 (kg)")),
        ("How long is an episode of Nimbus on average?", partial(shows, "Episode", "Plays in the first week")),
        ("Wie lange dauert eine Folge von Nimbus im Schnitt?", partial(shows, "Folge", "Abrufe")),
        ("Combien dure en moyenne un épisode de Nimbus ?", partial(shows, "Épisode", "Écoutes (7 premiers jours)")),
        ("¿Cuánto dura de media un episodio de Nimbus?", partial(shows, "Episodio", "Escuchas")),
        ("Nimbus 한 회는 평균 몇 분인가요?", partial(shows, "회차", "재생 수 (회)")),
        ("Nimbus一期平均多长?", partial(shows, "期数", "播放量 (次)")),
        ("How long did the oak take to grow?", trees),
        ("Wann wurde die Ulme gepflanzt?", baeume),
        # before today
        ("How heavy was Bruno seven years ago?", partial(horses, "Age (years)", "Weight (kg)")),
        ("Wie schwer war Bruno vor zwei Jahren?", partial(horses, "Alter (Jahre)", "Gewicht (kg)")),
        ("Combien pesait Bruno il y a quinze ans ?", partial(horses, "Âge (ans)", "Poids (kg)")),
        ("¿Cuánto pesaba Bruno hace dos años?", partial(horses, "Edad (años)", "Peso (kg)")),
        ("Bruno는 2년 전에 몸무게가 얼마였나요?", partial(horses, "나이 (살)", "몸무게 (kg)")),
        ("Bruno八年前的体重是多少?", partial(horses, "年龄 (岁)", "体重 (kg)")),
        # who did it to what is named
        ("Who picked the most pears?", fruit),
        ("Welcher Händler hat die meisten Birnen gekauft?", obst),
        ("Quel voisin a cueilli le plus de poires ?", fruits),
        ("¿Qué frutería compró más peras?", fruta),
        ("누가 사과를 가장 많이 땄나요?", gwail),
        ("哪家超市买走的苹果最多?", shuiguo),
        # money
        ("How much revenue did Omar bring in during Q2?", partial(deals, "Contracts of the sales team (number)")),
        ("Wie viel Umsatz hat Omar in Q2 gebracht?", partial(deals, "Verträge (Anzahl)")),
        ("Quel chiffre d'affaires Omar a-t-il réalisé en Q2 ?", partial(deals, "Contrats (nombre)")),
        ("¿Cuánto facturó Omar en Q2?", partial(deals, "Contratos del equipo de ventas (número)")),
        ("Omar는 Q2에 얼마를 벌었나요?", partial(deals, "계약 (건)")),
        ("Omar在Q2带来了多少营业额?", partial(deals, "签约数 (份)")),
        ("창고 A의 배달비는 얼마인가요?", partial(bars, "창고", "배달 시간 (분)", ["창고 A", "창고 B", "창고 C"])),
        (
            "Quels sont les frais de livraison de Brest ?",
            partial(bars, "", "Temps de livraison (min)", ["Brest", "Lens", "Metz"]),
        ),
        # where from
        ("Where does Amigo come from?", partial(horses, "Age (years)", "Weight (kg)")),
        ("D'où vient Amigo ?", partial(horses, "Âge (ans)", "Poids (kg)")),
        ("Aus welchem Land kommen die meisten Hörer von Nimbus?", partial(shows, "Folge", "Abrufe")),
        ("¿De qué país viene la mayoría de los oyentes de Nimbus?", partial(shows, "Episodio", "Escuchas")),
        # what a histogram counts
        ("Which book do members read most?", partial(reading, "Book reading time per week (hours)", "Members")),
        ("Welches Buch lesen die Mitglieder am meisten?", partial(reading, "Buchlesezeit (Stunden)", "Mitglieder")),
        ("Quel livre est le plus lu ?", partial(reading, "Temps de lecture de livres (heures)", "Adhérents")),
        ("¿Qué libro leen más los socios?", partial(reading, "Tiempo de lectura de libros (horas)", "Socios")),
        ("회원들이 가장 많이 하는 게임은 무엇인가요?", partial(reading, "게임 시간 (시간)", "회원 수 (명)")),
        ("会员们玩得最多的是哪款游戏?", partial(reading, "游戏时长 (小时)", "会员 (人)")),
    ],
)
def test_what_the_chart_does_not_show_is_not_told(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(word in answer for word in _TOLD), answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How heavy is Bruno?", partial(horses, "Age (years)", "Weight (kg)"), ("480 kg",)),
        ("Quel âge a Amigo ?", partial(horses, "Âge (ans)", "Poids (kg)"), ("14 ans",)),
        ("How long does Bruno sleep?", partial(horses, "Sleep (h)", "Weight (kg)"), ("6 h",)),
        ("¿Cuánto tiempo duerme Stella?", partial(horses, "Sueño (h)", "Peso (kg)"), ("9 h",)),
        ("How long did Ash take?", partial(bars, "Runner", "Time (min)", ["Oak", "Ash", "Elm"]), ("31 min",)),
        ("Wie lange hat Emil gebraucht?", partial(bars, "", "Zeit (min)", ["Emil", "Dora", "Jan"]), ("14 min",)),
        ("Combien de temps a mis Dora ?", partial(bars, "", "Temps (min)", ["Emil", "Dora", "Jean"]), ("31 min",)),
        ("지영은 몇 분 걸렸나요?", partial(bars, "선수", "기록 (분)", ["민수", "지영", "현우"]), ("31 분",)),
        ("小红用了多久?", partial(bars, "选手", "用时 (分钟)", ["小明", "小红", "小刚"]), ("31 分钟",)),
        (
            "Wie viele Stunden fielen im Mai aus?",
            partial(bars, "", "Ausfall (Stunden)", ["April", "Mai", "Juni"]),
            ("31",),
        ),
        ("Which tree is the tallest?", trees, ("“Ash”",)),
        ("¿Qué árbol es el más alto?", arboles, ("«Fresno»",)),
        ("가장 높은 나무는 무엇인가요?", namu, ("“물푸레”",)),
        ("哪种树最高?", shu, ("“白蜡”",)),
        ("Quel arbre est le plus haut ?", arbres, ("« Frêne »",)),
        ("Which fruit has the largest share?", fruit, ("“Apples”",)),
        ("Wer hat in Q2 die meisten Verträge?", partial(deals, "Verträge (Anzahl)"), ("„Asha“",)),
        ("What was the revenue of Omar in Q2?", partial(deals, "Revenue (k€)"), ("14 k€",)),
        ("Was kostet die Esche?", partial(bars, "", "Kosten (€)", ["Eiche", "Esche", "Ulme"]), ("31 €",)),
        (
            "Which country do most guests come from?",
            partial(bars, "Country", "Guests", ["Chile", "Peru", "Togo"]),
            ("Peru",),
        ),
        ("客人最多来自哪个国家?", partial(bars, "国家", "客人 (人)", ["智利", "波兰", "挪威"]), ("波兰",)),
        ("Which range of hours is the most common?", partial(reading, "Reading time (hours)", "Members"), ("4–6",)),
        ("哪个时长段的人最多?", partial(reading, "游戏时长 (小时)", "会员 (人)"), ("4–6",)),
        ("Which reading time is the most common?", partial(reading, "Reading time (hours)", "Members"), ("4–6",)),
    ],
)
def test_what_the_chart_shows_is_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
