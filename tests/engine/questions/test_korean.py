"""Korean questions as people say them: particles, endings, idioms, English labels, and words that nothing explains."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.language import language_of
from vision_magic.engine.questions.names.loanwords import is_loanword
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.topics.totals import about_total


def values(label: str, unit: str = "") -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear")


MONTHS: Final = tuple(f"{number}월" for number in range(1, 7))
LAPS: Final = (1.0, 2.0, 3.0, 4.0)
HOURS: Final = ("9시", "13시", "17시", "21시")
CHARTS: Final[dict[str, Chart]] = {
    "tea": chart(
        "찻집 판매량",
        names("월", *MONTHS),
        values("판매량 (잔)", "잔"),
        one("bars", MONTHS, (310, 280, 350, 420, 500, 480), "녹차"),
        one("bars", MONTHS, (150, 160, 170, 260, 410, 530), "레몬아이스티"),
    ),
    "race": chart(
        "Lap times",
        values("Lap"),
        values("Elapsed time (min)", "min"),
        one("line", LAPS, (3.0, 6.2, 9.5, 13.0), "민지"),
        one("line", LAPS, (3.1, 6.0, 9.1, 12.4), "서연"),
        one("line", LAPS, (3.2, 6.4, 9.3, 12.8), "하은"),
    ),
    "filter": chart(
        "Step response",
        values("Frequency (Hz)", "Hz"),
        values("Gain (dB)", "dB"),
        one("line", (100.0, 1000.0, 5000.0, 10000.0), (0, -1, -9, -16), "1st order"),
        one("line", (100.0, 1000.0, 5000.0, 10000.0), (0, -3, -18, -34), "2nd order"),
        one("reference line", (0.0,), (-12.0,), "Stop band"),
    ),
    "dogs": chart(
        "Dogs",
        values("Height (cm)", "cm"),
        values("Weight (kg)", "kg"),
        one("points", (30.0, 40.0, 50.0, 60.0), (9, 14, 21, 30), "Beagle"),
        one("points", (55.0, 60.0, 65.0, 70.0), (24, 29, 33, 40), "Husky"),
    ),
    "scores": chart(
        "시험 점수",
        names("반", "1반", "2반", "3반"),
        values("점수 (점)", "점"),
        one(
            "box plot",
            ("1반", "2반", "3반"),
            (70, 76, 65),
            extra={
                "q1": (64.0, 72.0, 50.0),
                "q3": (75.0, 80.0, 78.0),
                "whisker_low": (55.0, 66.0, 31.0),
                "whisker_high": (88.0, 90.0, 97.0),
            },
        ),
    ),
    "gym": chart(
        "체육관 이용자",
        names("시각", *HOURS),
        names("요일", "월요일", "화요일"),
        one("heat map", HOURS, (12, 45, 28, 20), "월요일"),
        one("heat map", HOURS, (10, 49, 31, 8), "화요일"),
    ),
    "homes": chart(
        "가구 구성",
        names("", "1인", "2인", "3인 이상"),
        values(""),
        one("pie", ("1인", "2인", "3인 이상"), (35, 28, 37)),
    ),
    "dust": chart(
        "미세먼지",
        names("월", *MONTHS),
        values("PM2.5 (µg/m³)", "µg/m³"),
        one("line", MONTHS, (40, 70, 52, 14, 25, 30), "농도"),
        one("reference line", (0.0,), (35.0,), "환경 기준"),
    ),
    "sun": chart(
        "일조", names("월", *MONTHS), values("일조시간 (시간)", "시간"), one("bars", MONTHS, (40, 70, 52, 14, 25, 30))
    ),
    "decay": chart(
        "붕괴",
        values("경과 시간 (일)", "일"),
        values("방사능 (Bq)", "Bq"),
        one("line", (0.0, 10.0, 30.0), (1000, 420, 74), "요오드-131"),
        one("line", (0.0, 10.0, 30.0), (500, 310, 120), "인-32"),
    ),
    "spectators": chart(
        "Attendance",
        names("Club", "Ashford", "Kelby", "Thornaby"),
        values("Spectators per match"),
        one("bars", ("Ashford", "Kelby", "Thornaby"), (3100, 4100, 7400)),
    ),
    "households": chart(
        "가구 비율",
        values("연도"),
        values("비율 (%)", "%"),
        one("line", (2000.0, 2010.0, 2020.0), (19, 24, 28), "2인 가구"),
        one("line", (2000.0, 2010.0, 2020.0), (44, 31, 20), "4인 이상 가구"),
    ),
    "ages": chart(
        "관람객 나이",
        values("나이 (세)", "세"),
        values("관람객 수 (명)", "명"),
        one(
            "histogram",
            (15.0, 25.0, 35.0),
            (12, 40, 30),
            extra={"left": (10.0, 20.0, 30.0), "right": (20.0, 30.0, 40.0)},
        ),
    ),
}


def answer(name: str, question: str) -> str:
    """Return the answer to a question about one of the charts, as the reader gives it."""
    charts = [CHARTS[name]]
    query = parse_query(question, charts)
    asked, text = about_total(charts[0], question, language_of(question))
    if asked is not charts[0]:
        charts, query = [asked], parse_query(text, [asked])
    return " ".join(answer_query(query, charts))


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [
        ("tea", "녹차가 바닥을 찍은 건 몇 월이고 그때 몇 잔이었어요?", ("280 잔", "2월")),
        ("tea", "아이스티가 녹차보다 잘 팔린 달은?", ("6개 중 1개", "6월")),
        ("tea", "4월 녹차 판매량은 전달에 비해 몇 퍼센트 늘었나요?", ("20 %",)),
        ("tea", "두 음료를 다 합치면 판매량이 가장 적었던 달은 언제입니까?", ("440 잔", "2월")),
        ("tea", "손님이 녹차를 제일 많이 찾은 달은 언제예요?", ("500 잔", "5월")),
        ("tea", "녹차 판매량이 전달보다 줄어든 달을 모두 알려 주세요", ("2월", "6월")),
        ("tea", "2월 대비 5월 녹차 판매량은 몇 배인가요?", ("1.79",)),
        ("race", "2바퀴에서 선두는 누구였나요?", ("서연", "6 min")),
        ("race", "3바퀴째 꼴찌는 누구예요?", ("민지", "9.5 min")),
        ("race", "1바퀴에서 꼴찌였던 선수는?", ("하은", "3.2 min")),
        ("tea", "200잔도 안 팔린 달에 레몬아이스티를 모두 골라 주세요", ("6개 중 3개",)),
        ("race", "서연이 처음부터 끝까지 줄곧 선두였나요?", ("아니요", "3개", "민지")),
        ("filter", "10kHz에서 두 필터의 이득은 몇 dB 차이 나나요?", ("18 dB",)),
        ("filter", "제일 먼저 -12dB 아래로 떨어진 필터는 뭐예요?", ("2nd order",)),
        ("filter", "2차 필터가 처음으로 -12dB 밑으로 내려가는 주파수는?", ("2nd order", "1000 Hz", "5000 Hz")),
        ("dogs", "키가 클수록 몸무게가 많이 나가나요?", ("네",)),
        ("dogs", "키가 클수록 몸무게가 가벼운가요?", ("아니요",)),
        ("dogs", "비글이랑 허스키 중 평균적으로 어느 쪽이 더 무거워요?", ("Beagle", "18.5 kg", "31.5 kg")),
        ("scores", "점수 편차가 제일 큰 반은 어디야?", ("3반", "28 점")),
        ("scores", "중앙값이 가장 높은 반은 어디입니까?", ("76 점", "2반")),
        ("scores", "3반에서 최고점은 몇 점이에요?", ("97 점",)),
        ("gym", "월요일 밤 9시에는 몇 명이 이용했나요?", ("20",)),
        ("gym", "낮 시간(13시)에 월요일과 화요일 중 어디가 더 붐벼?", ("45", "49")),
        ("homes", "혼자 사는 집의 비중은 몇 퍼센트인가요?", ("35 %",)),
        ("homes", "1인이랑 2인 중 어느 쪽 비중이 더 커?", ("7 %p",)),
        ("ages", "20대 관람객은 몇 명이었어요?", ("40",)),
        ("dust", "공기가 제일 맑았던 달은 언제였나요?", ("14 µg/m³", "4월")),
        ("sun", "제일 맑았던 달은 언제였나요?", ("70", "2월")),
        ("dust", "가장 심했던 달의 농도는 허용 기준의 몇 배쯤이었죠?", ("2월", "의 2배")),
        ("decay", "요오드가 처음 값의 절반 아래로 내려온 건 며칠째가 처음인가요?", ("500 Bq", "10 일")),
        ("decay", "한 달 지나고 나서 제일 조금 남은 물질은 뭐예요?", ("30 일", "요오드-131", "74 Bq")),
        ("decay", "열흘째에 제일 많이 남은 물질은 뭐예요?", ("10 일", "요오드-131", "420 Bq")),
        ("spectators", "관중이 제일 많은 두 팀을 합치면 경기당 몇 명쯤 되나요?", ("11,500",)),
        ("households", "둘이 사는 가구는 꾸준히 늘어온 건가요, 아니면 중간에 꺾인 적이 있나요?", ("네.", "증가")),
        ("households", "네 식구 이상인 집은 2020년에 몇 퍼센트예요?", ("20 %", "4인 이상")),
        ("tea", "2월부터 4월까지 석 달 동안 녹차는 다 합쳐서 몇 잔 팔렸지?", ("1050 잔",)),
        ("tea", "녹차는 한 달 평균으로 치면 몇 잔 팔린 셈인가요?", ("390 잔",)),
        ("sun", "제일 적은 달에 비해 제일 많은 달은 몇 퍼센트 더 많아?", ("400 %", "2월", "4월")),
    ],
)
def test_everyday_korean_is_answered(name: str, question: str, said: tuple[str, ...]) -> None:
    text = answer(name, question)
    assert [word for word in said if word not in text] == []


@pytest.mark.parametrize(
    ("name", "question", "word"),
    [
        ("tea", "녹차 한 잔 가격은 얼마예요?", "가격"),
        ("tea", "여성 손님은 5월에 몇 잔을 마셨나요?", "여성"),
        ("tea", "주말에는 녹차가 몇 잔 팔렸나요?", "주말에는"),
        ("tea", "홍차는 3월에 얼마나 팔렸어요?", "홍차"),
        ("race", "민지의 평균 심박수는 얼마였나요?", "심박수"),
        ("scores", "제일 빨리 시험을 끝낸 반은 어디예요?", "빨리"),
        ("gym", "가장 눈부신 요일은?", "눈부신"),
        ("scores", "축구부 점수는 어때?", "축구부"),
        ("tea", "고등학생들은 평균 몇 잔을 마시나요?", "고등학생들"),
        ("dogs", "수컷만 보면 평균 몸무게가 얼마예요?", "수컷만"),
        ("spectators", "1인당 관중이 제일 많은 팀은?", "인당"),
        ("households", "셋이 사는 집은 2020년에 몇 퍼센트예요?", "사"),
    ],
)
def test_a_word_that_limits_or_measures_something_else_is_named(name: str, question: str, word: str) -> None:
    query = parse_query(question, [CHARTS[name]])
    assert (query.operations, query.unheard) == (("unheard",), word)


def test_the_cleanest_of_what_is_neither_pollution_nor_clarity_is_declined() -> None:
    assert parse_query("제일 깨끗한 달은?", [CHARTS["tea"]]).operations == ("cannot",)


@pytest.mark.parametrize(
    ("korean", "word"),
    [
        ("필터", "filter"),
        ("사이클", "cycle"),
        ("에폭", "epoch"),
        ("베를린", "Berlin"),
        ("라이더", "rider"),
        ("센서", "sensor"),
    ],
)
def test_an_english_word_is_known_in_korean_letters(korean: str, word: str) -> None:
    assert is_loanword(korean, word)


@pytest.mark.parametrize(("korean", "word"), [("서울", "sale"), ("사람", "slim"), ("최고", "check"), ("요금", "come")])
def test_a_korean_word_is_no_english_one_that_is_merely_alike(korean: str, word: str) -> None:
    assert not is_loanword(korean, word)
