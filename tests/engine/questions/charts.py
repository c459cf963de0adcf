"""Charts with known data, about which the tests ask."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Series
from vision_magic.engine.chart.plot import LegendEntry

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS: Final = tuple(float(year) for year in range(2015, 2023))
FRUIT: Final = ("apples", "pears", "plums", "cherries")
QUARTERS: Final = ("1분기", "2분기", "3분기", "4분기")


def names(label: str, *categories: str) -> ChartAxis:
    return ChartAxis(label=label, scale="categories", categories=categories)


def chart(title: str, x: ChartAxis, y: ChartAxis, *series: Series, legend: str = "") -> Chart:
    named = [one for one in series if one.name and one.kind not in ("heat map", "pie")]
    entries = tuple(LegendEntry(text=one.name, rgb=one.rgb) for one in named)
    return Chart(panels=(ChartPanel(title=title, x=x, y=y, series=series, legend=entries, legend_title=legend),))


def one(kind: str, x: tuple[object, ...], y: tuple[float, ...], name: str = "", **more: object) -> Series:
    return Series(kind=kind, x=x, y=y, name=name, source="figure", **more)  # type: ignore[arg-type]


RAIN = chart(
    "Rainfall in Bergen",
    names("Month", *MONTHS),
    ChartAxis(label="Rain (mm)", unit="mm", scale="linear", limits=(0.0, 126.0)),
    one("bars", MONTHS, (50, 40, 45, 60, 70, 80, 120, 110, 90, 75, 65, 55)),
)

YIELD = chart(
    "Yield of two farms",
    ChartAxis(label="Year", scale="linear", limits=(2014.65, 2022.35)),
    ChartAxis(label="Yield (t/ha)", unit="t/ha", scale="linear", limits=(8.0, 33.0)),
    one("line", YEARS, (10, 12, 14, 18, 21, 24, 27, 31), "north", rgb=(31, 119, 180)),
    one("line", YEARS, (30, 28, 25, 22, 20, 17, 15, 11), "south", rgb=(255, 127, 14)),
)

SALES = chart(
    "Fruit sold",
    names("Fruit", *FRUIT),
    ChartAxis(label="Tonnes", scale="linear", limits=(0.0, 60.0)),
    one("bars", FRUIT, (34, 21, 48, 12), "2023"),
    one("bars", FRUIT, (40, 25, 36, 18), "2024"),
    legend="Year",
)

PEOPLE = chart(
    "Population",
    ChartAxis(label="Million people", scale="linear", limits=(0.0, 90.0)),
    names("", "Norway", "Spain", "Germany", "Korea", "France"),
    one("horizontal bars", ("Norway", "Spain", "Germany", "Korea", "France"), (5.5, 47.8, 84.4, 51.7, 68.2)),
)

HEIGHTS = chart(
    "",
    ChartAxis(label="Height (cm)", unit="cm", scale="linear", limits=(148.0, 192.0)),
    ChartAxis(label="Weight (kg)", unit="kg", scale="linear", limits=(45.0, 125.0)),
    one("points", (150.0, 155.0, 160.0, 165.0, 170.0, 175.0, 180.0, 190.0), (50, 54, 57, 63, 68, 120, 78, 88)),
)

AGES = chart(
    "Ages of visitors",
    ChartAxis(label="Age", scale="linear", limits=(0.0, 80.0)),
    ChartAxis(label="Count", scale="linear", limits=(0.0, 42.0)),
    one("histogram", (5.0, 15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0), (8, 15, 40, 32, 20, 11, 6, 2)),
)

ENERGY = chart(
    "Energy mix",
    ChartAxis(),
    ChartAxis(),
    one("pie", ("coal", "wind", "solar", "hydro"), (40, 30, 20, 10)),
)

PRICE = chart(
    "Share price",
    ChartAxis(label="Date", scale="date", limits=("2023-01-01", "2024-04-01")),
    ChartAxis(label="Price (USD)", unit="USD", scale="linear", limits=(90.0, 190.0)),
    one(
        "line",
        ("2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01", "2024-01-01", "2024-04-01"),
        (100, 125, 180, 150, 140, 160),
    ),
)

RUNTIME = chart(
    "Runtime of sorting",
    ChartAxis(label="Rows", scale="log", limits=(8.0, 12000.0)),
    ChartAxis(label="Time (ms)", unit="ms", scale="log", limits=(0.5, 200000.0)),
    one("line", (10.0, 100.0, 1000.0, 10000.0), (1, 15, 200, 2600), "quick"),
    one("line", (10.0, 100.0, 1000.0, 10000.0), (1.5, 90, 8000, 150000), "bubble"),
)

WEATHER = Chart(
    title="A day in May",
    panels=(
        ChartPanel(
            title="Temperature",
            x=ChartAxis(label="Hour", scale="linear", limits=(0.0, 20.0)),
            y=ChartAxis(label="Temperature (°C)", unit="°C", scale="linear", limits=(6.0, 24.0)),
            series=(one("line", (0.0, 4.0, 8.0, 12.0, 16.0, 20.0), (9, 7, 12, 19, 22, 15)),),
        ),
        ChartPanel(
            title="Humidity",
            x=ChartAxis(label="Hour", scale="linear", limits=(0.0, 20.0)),
            y=ChartAxis(label="Humidity (%)", unit="%", scale="linear", limits=(40.0, 95.0)),
            series=(one("line", (0.0, 4.0, 8.0, 12.0, 16.0, 20.0), (85, 92, 78, 60, 45, 66)),),
        ),
    ),
)

VISITS = chart(
    "Visits",
    names("Time of day", "morning", "noon", "evening"),
    names("Day", "Monday", "Tuesday", "Wednesday"),
    one("heat map", ("morning", "noon", "evening"), (3, 8, 5), "Monday"),
    one("heat map", ("morning", "noon", "evening"), (4, 12, 7), "Tuesday"),
    one("heat map", ("morning", "noon", "evening"), (1, 6, 9), "Wednesday"),
)

GROUPS = chart(
    "Reaction time by group",
    names("Group", "A", "B", "C"),
    ChartAxis(label="Reaction time (ms)", unit="ms", scale="linear", limits=(200.0, 420.0)),
    one(
        "box plot",
        ("A", "B", "C"),
        (310, 280, 350),
        extra={
            "q1": (290, 260, 330),
            "q3": (330, 300, 380),
            "whisker_low": (250, 220, 300),
            "whisker_high": (370, 340, 410),
        },
    ),
)

REVENUE = chart(
    "분기별 매출",
    names("분기", *QUARTERS),
    ChartAxis(label="매출 (억원)", unit="억원", scale="linear", limits=(0.0, 200.0)),
    one("bars", QUARTERS, (120, 150, 90, 180), "서울"),
    one("bars", QUARTERS, (80, 95, 110, 60), "부산"),
)

TREND_KO = chart(
    "연도별 가입자 수",
    ChartAxis(label="연도", scale="linear", limits=(2016.0, 2023.0)),
    ChartAxis(label="가입자 (만 명)", unit="만 명", scale="linear", limits=(0.0, 100.0)),
    one("line", (2017.0, 2018.0, 2019.0, 2020.0, 2021.0, 2022.0), (20, 35, 50, 48, 70, 95), "가입자"),
)

CLIMATE = Chart(
    panels=(
        ChartPanel(
            title="Climate",
            x=names("Month", "Jan", "Apr", "Jul", "Oct"),
            y=ChartAxis(label="Rain (mm)", unit="mm", scale="linear", limits=(0.0, 100.0)),
            right=ChartAxis(label="Temperature (°C)", unit="°C", scale="linear", limits=(-5.0, 25.0)),
            series=(
                one("bars", ("Jan", "Apr", "Jul", "Oct"), (45, 50, 95, 55), "Rain"),
                one("line", ("Jan", "Apr", "Jul", "Oct"), (-1, 9, 19, 10), "Temperature", right=True),
            ),
        ),
    ),
)

MIX = chart(
    "Electricity",
    names("", "2015", "2017", "2019", "2021"),
    ChartAxis(label="Energy (TWh)", unit="TWh", scale="linear", limits=(0.0, 85.0)),
    one("stacked bars", ("2015", "2017", "2019", "2021"), (50, 42, 35, 28), "Coal"),
    one("stacked bars", ("2015", "2017", "2019", "2021"), (10, 16, 22, 30), "Wind"),
)

TRAINING = chart(
    "Learning curve",
    ChartAxis(label="Epoch", scale="linear", limits=(0.0, 6.0)),
    ChartAxis(label="Loss", scale="linear", limits=(0.0, 2.0)),
    one("line", (1.0, 2.0, 3.0, 4.0, 5.0), (1.6, 0.96, 0.66, 0.46, 0.31), "train"),
    one("line", (1.0, 2.0, 3.0, 4.0, 5.0), (1.7, 1.2, 0.9, 0.8, 0.85), "validation"),
)

MATRIX = chart(
    "",
    names("", "age", "income", "debt"),
    names("", "age", "income", "debt"),
    one("heat map", ("age", "income", "debt"), (1, 0.8, -0.3), "age"),
    one("heat map", ("age", "income", "debt"), (0.8, 1, 0.1), "income"),
    one("heat map", ("age", "income", "debt"), (-0.3, 0.1, 1), "debt"),
)

DAYS: Final = ("2024-03-04", "2024-03-05", "2024-03-06", "2024-03-07", "2024-03-08")
PROFIT = chart(
    "",
    ChartAxis(scale="date", limits=("2024-03-03", "2024-03-09")),
    ChartAxis(label="Profit (€)", unit="€", scale="linear", limits=(-110.0, 220.0)),
    one("bars", DAYS, (120, -40, 60, -95, 210)),
)

DOSE = chart(
    "",
    ChartAxis(label="Dose (mg)", unit="mg", scale="linear", limits=(-2.0, 42.0)),
    ChartAxis(label="Response (a.u.)", unit="a.u.", scale="linear", limits=(0.0, 7.5)),
    one("line", (0.0, 5.0, 10.0, 20.0, 40.0), (1, 2.5, 4, 6, 6.5), extra={"error": (0.1, 0.3, 0.2, 0.5, 0.6)}),
)

CONVERGENCE = chart(
    "",
    ChartAxis(label="n", scale="log", limits=(8.0, 1200.0)),
    ChartAxis(label="Error", scale="log", limits=(0.005, 0.5)),
    one("line", (10.0, 100.0, 1000.0), (0.4, 0.04, 0.004)),
)

SURVEY = chart(
    "",
    names("", "satisfied", "neutral", "dissatisfied"),
    ChartAxis(label="Respondents", scale="linear", limits=(0.0, 70.0)),
    one("bars", ("satisfied", "neutral", "dissatisfied"), (60, 25, 15)),
)

CITIES = chart(
    "",
    names("", "Berlin", "Hamburg", "Köln"),
    ChartAxis(label="Einwohner (Mio.)", unit="Mio.", scale="linear", limits=(0.0, 4.0)),
    one("bars", ("Berlin", "Hamburg", "Köln"), (3.7, 1.9, 1.1)),
)

PENGUINS = chart(
    "",
    names("", "female", "male"),
    ChartAxis(label="Body mass (g)", unit="g", scale="linear", limits=(0.0, 5800.0)),
    one("bars", ("female", "male"), (3370, 4040), "Adelie"),
    one("bars", ("female", "male"), (4680, 5480), "Gentoo"),
    one("bars", ("female", "male"), (3530, 3940), "Chinstrap"),
)

JULY = chart(
    "Seoul",
    ChartAxis(scale="date", limits=("2024-07-01", "2024-07-05")),
    ChartAxis(label="Temperature (°C)", unit="°C", scale="linear", limits=(20.0, 35.0)),
    one("line", ("2024-07-01", "2024-07-02", "2024-07-03", "2024-07-04", "2024-07-05"), (22, 24, 33, 29, 31)),
)

TIMES = chart(
    "",
    names("", "model A", "model B"),
    ChartAxis(label="Time (min)", unit="min", scale="linear", limits=(0.0, 35.0)),
    one("bars", ("model A", "model B"), (12, 31)),
)

CASES = chart(
    "",
    ChartAxis(label="Day", scale="linear", limits=(0.0, 16.0)),
    ChartAxis(label="Cases", scale="log", limits=(5.0, 500.0)),
    one("line", (0.0, 4.0, 8.0, 12.0, 16.0), (10, 20, 40, 80, 160), "Italy"),
)

MODELS = Chart(
    panels=(
        ChartPanel(
            title="Accuracy",
            x=ChartAxis(label="Epoch", scale="linear", limits=(1.0, 3.0)),
            y=ChartAxis(scale="linear", limits=(0.0, 1.0)),
            series=(
                one("line", (1.0, 2.0, 3.0), (0.5, 0.8, 0.86), "model A"),
                one("line", (1.0, 2.0, 3.0), (0.4, 0.82, 0.9), "model B"),
            ),
        ),
        ChartPanel(
            title="Training time",
            x=names("", "model A", "model B"),
            y=ChartAxis(label="Time (min)", unit="min", scale="linear", limits=(0.0, 35.0)),
            series=(one("bars", ("model A", "model B"), (12, 31)),),
        ),
    ),
)

RELIEF = chart(
    "",
    names("", "placebo", "drug A", "drug B"),
    ChartAxis(label="Pain relief", scale="linear", limits=(0.0, 7.0)),
    one("bars", ("placebo", "drug A", "drug B"), (2.1, 4.8, 5.6), extra={"error": (0.4, 0.5, 0.9)}),
)

GRADES = chart(
    "",
    names("Grade", "A", "B", "C", "F"),
    ChartAxis(label="Number of students", scale="linear", limits=(0.0, 32.0)),
    one("bars", ("A", "B", "C", "F"), (12, 25, 30, 5)),
)

CHARTS: Final = {
    "rain": RAIN,
    "yield": YIELD,
    "sales": SALES,
    "people": PEOPLE,
    "heights": HEIGHTS,
    "ages": AGES,
    "energy": ENERGY,
    "price": PRICE,
    "runtime": RUNTIME,
    "weather": WEATHER,
    "visits": VISITS,
    "groups": GROUPS,
    "revenue": REVENUE,
    "subscribers": TREND_KO,
    "climate": CLIMATE,
    "mix": MIX,
    "training": TRAINING,
    "matrix": MATRIX,
    "profit": PROFIT,
    "dose": DOSE,
    "convergence": CONVERGENCE,
    "survey": SURVEY,
    "cities": CITIES,
    "penguins": PENGUINS,
    "july": JULY,
    "times": TIMES,
    "models": MODELS,
    "relief": RELIEF,
    "grades": GRADES,
    "cases": CASES,
}
