"""What charts with English labels measure and compare, in Korean and Chinese: "Gain (dB)" is asked for as "이득"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import LANGUAGES, Language

__all__ = ["GLOSSARY"]

# English; Korean; Chinese. Other ways to say it stand behind a slash.
_TERMS: Final = """
capacity; 용량; 容量
retention; 유지율/잔존율; 保持率
gain; 이득/게인; 增益
frequency/freq; 주파수/빈도; 频率
accuracy/acc; 정확도/정답률/성능; 准确率/精度/正确率
precision; 정밀도; 精确率
recall; 재현율; 召回率
loss; 손실/로스; 损失
error; 오차/오류/에러; 误差/错误
close/closing price; 종가; 收盘价/收盘
open/opening price; 시가; 开盘价
price; 가격/주가; 价格/股价
volume; 거래량/부피/용적; 成交量/体积
yield; 수율/수득률/수확량; 产率/收率/产量
voltage; 전압; 电压
current; 전류; 电流
resistance; 저항; 电阻
power; 전력/출력/파워; 功率
speed/velocity; 속도/속력; 速度/速率
temperature/temp; 온도/기온; 温度/气温
pressure; 압력/기압; 压力/压强
concentration; 농도; 浓度
density; 밀도; 密度
weight/mass; 무게/체중/중량/질량; 重量/体重/质量
height; 높이/신장; 身高/高度
length; 길이; 长度
width; 너비; 宽度
depth; 깊이/수심; 深度
distance; 거리; 距离
duration; 기간/소요 시간; 时长/耗时
time; 시간; 时间
latency; 지연/지연 시간/응답 시간; 延迟
throughput; 처리량; 吞吐量
memory; 메모리; 内存
age; 나이/연령; 年龄
score/grade; 점수/성적; 分数/得分/成绩
rate; 비율; 率/比率
share; 비중/점유율; 占比/份额
efficiency; 효율; 效率
parcels/packages; 택배/소포; 快递/包裹
subscribers/subscriber; 가입자/구독자/구독; 订阅用户/订户
mutant; 돌연변이/변이체; 突变体/突变
wild type/wt; 야생형; 野生型
sleep; 수면/잠; 睡眠
service; 서비스; 服务
emissions/emission; 배출량/배출; 排放量/排放
revenue/turnover; 매출/매출액; 营收/收入
profit; 이익/수익/순이익; 利润
cost/costs; 비용/원가; 成本/费用
sales/units sold/sold/sell/selling; 판매량/판매; 销量/销售
visitors; 방문자/방문객/관람객; 访客/游客
population; 인구; 人口
traffic; 교통량/트래픽; 流量
charge; 충전/전하; 充电/电荷
battery; 배터리/전지; 电池
area; 면적/넓이; 面积
rent; 월세/임대료; 租金/房租
salary/wage; 급여/임금/연봉; 工资/薪资
consumption; 소비량/소비/사용량; 消费量/用量
production/output; 생산량/생산/발전량; 产量/发电量
rank/ranking; 순위; 排名
points; 점수/승점; 积分/得分
strain; 변형률; 应变
stress; 응력; 应力
force; 힘; 力
flow; 유량; 流量
position; 위치; 位置
count/counts; 개수/횟수; 计数/数量
probability; 확률; 概率
brightness; 밝기; 亮度
thickness; 두께; 厚度
viscosity; 점도; 粘度
activity; 활성/활동; 活性
expression; 발현량/발현; 表达量/表达
cell count/cells; 세포 수/세포; 细胞数/细胞
confidence; 신뢰도; 置信度
requests; 요청/요청 수; 请求/请求数
intensity; 세기/강도; 强度
amplitude; 진폭; 振幅
signal; 신호; 信号
noise; 잡음/소음; 噪声/噪音
wavelength; 파장; 波长
absorbance; 흡광도; 吸光度
response; 반응/응답; 响应/反应
survival; 생존/생존율; 生存/存活
growth; 성장/증가; 增长/生长
training/train; 학습/훈련; 训练
validation/val; 검증; 验证
test; 시험/테스트; 测试
epoch; 에폭/에포크; 轮/轮次
step/steps/iteration; 스텝/단계; 步/步数/迭代
cycle/cycles; 사이클/주기; 循环/周期/次
patient/patients; 환자; 患者/病人
group; 그룹/집단; 组
control; 대조군/대조; 对照组/对照
treatment/treated; 처리군/처리/치료군; 处理组/治疗组
placebo; 위약/플라시보; 安慰剂
drug; 약물/신약; 药/药物
species; 종; 物种/种
model/models; 모델; 模型
method; 방법; 方法
carrier/courier; 택배사/운송사/배송업체; 快递公司/承运商
catalyst; 촉매; 催化剂
conversion; 전환율/전환; 转化率
selectivity; 선택도; 选择性
nickel/ni; 니켈; 镍
palladium/pd; 팔라듐; 钯
platinum/pt; 백금; 铂
copper/cu; 구리; 铜
iron/fe; 철광석; 铁
household/households; 가구; 家庭/住户
moving average; 이동평균/이동평균선; 移动平均/均线
share price; 주가; 股价
fuel; 연료/연비; 燃料/油耗
commute; 출근/통근/출퇴근; 通勤
elapsed; 경과/소요; 用时/耗时
runner/runners; 주자/선수; 选手/跑者
station; 관측소/정류장; 车站/站点
rider/riders/cyclists; 이용자/승객/자전거; 乘客/骑行者
flipper; 지느러미/물갈퀴; 鳍/鳍肢
bill; 부리; 喙/嘴
body mass; 체중/몸무게; 体重
male/males; 수컷/남성/남자; 雄性/男性
female/females; 암컷/여성/여자; 雌性/女性
carbon dioxide/co2; 이산화탄소; 二氧化碳
humidity; 습도; 湿度
rainfall/precipitation/rain; 강수량/강우량; 降水量/降雨量/雨
wind; 풍력/바람/풍속; 风电/风力/风
solar; 태양광/태양; 太阳能/光伏
nuclear; 원자력/원전; 核电
hydro; 수력; 水电
coal; 석탄; 煤/煤电
gas; 가스/천연가스; 天然气/燃气
oil; 석유/기름; 石油
filter; 필터; 滤波器
"""


def _rows() -> tuple[dict[Language, tuple[str, ...]], ...]:
    none: dict[Language, tuple[str, ...]] = dict.fromkeys(LANGUAGES, ())
    lines = (line.split(";") for line in _TERMS.strip().splitlines())
    said = ((part.strip().split("/") for part in line) for line in lines)
    return tuple(none | {"en": tuple(en), "ko": tuple(ko), "zh": tuple(zh)} for en, ko, zh in said)


GLOSSARY: Final = _rows()
"""For each term, its words in English, Korean and Chinese; none in the other languages."""
