"""Names that often stand in charts, in each language: "Feb" is asked for as "février", "Rent" as "Miete"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.numbers import is_date, period_of
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.glossary import GLOSSARY
from vision_magic.engine.questions.vocabulary.glossary_of_europe import EUROPEAN_GLOSSARY
from vision_magic.engine.questions.vocabulary.glossary_of_things import THINGS
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = [
    "CITIES_AND_COUNTRIES",
    "EVERYDAY_NAMES",
    "are_names_of_times",
    "day_of",
    "days_in",
    "distinct_words",
    "in_any_language",
    "is_another",
    "is_like",
    "kind_of_names",
    "translated",
    "words_for_the_same",
]

# English; German; French; Spanish; Korean; Chinese. Other ways to say it stand behind a slash.
_DAYS: Final = """
monday/mon; montag/mo; lundi/lun; lunes/lun; 월요일/월; 星期一/周一/礼拜一
tuesday/tue/tues; dienstag/di; mardi/mar; martes/mar; 화요일/화; 星期二/周二/礼拜二
wednesday/wed; mittwoch/mi; mercredi/mer; miércoles/mié; 수요일/수; 星期三/周三/礼拜三
thursday/thu/thurs; donnerstag/do; jeudi/jeu; jueves/jue; 목요일/목; 星期四/周四/礼拜四
friday/fri; freitag/fr; vendredi/ven; viernes/vie; 금요일/금; 星期五/周五/礼拜五
saturday/sat; samstag/sonnabend/sa; samedi/sam; sábado/sáb; 토요일/토; 星期六/周六/礼拜六
sunday/sun; sonntag/so; dimanche/dim; domingo/dom; 일요일/일; 星期日/星期天/周日/礼拜天
"""
_SEASONS: Final = """
spring; frühling/frühjahr; printemps; primavera; 봄; 春季/春天/春
summer; sommer; en été/l'été/cet été/l’été; verano; 여름; 夏季/夏天/夏
autumn; herbst; automne; otoño; 가을; 秋季/秋天/秋
winter; winter; hiver; invierno; 겨울; 冬季/冬天/冬
"""
_TIMES_OF_DAY: Final = """
morning; vormittag/morgen/früh; matin/matinée; mañana; 아침/오전; 早上/上午/早晨
noon/midday; mittag; midi; mediodía; 점심/정오; 中午/正午
afternoon; nachmittag; après-midi; tarde; 오후; 下午
evening; abend; soir/soirée; tarde; 저녁; 傍晚/晚上
evening; abend; soir/soirée; noche; 저녁; 傍晚/晚上
night; nacht; nuit; noche; 밤; 夜里/夜晚/夜间/晚上
"""
_QUARTERS: Final = """
q1/first quarter/1st quarter; erstes quartal/ersten quartal/erste quartal/1. quartal; \
premier trimestre/1er trimestre/t1; \
primer trimestre/1.er trimestre/t1; 1분기; 第一季度/一季度
q2/second quarter/2nd quarter; zweites quartal/zweiten quartal/zweite quartal/2. quartal; \
deuxième trimestre/second trimestre/2e trimestre/t2; segundo trimestre/2.º trimestre/t2; 2분기; 第二季度/二季度
q3/third quarter/3rd quarter; drittes quartal/dritten quartal/dritte quartal/3. quartal; \
troisième trimestre/3e trimestre/t3; \
tercer trimestre/3.er trimestre/t3; 3분기; 第三季度/三季度
q4/fourth quarter/4th quarter; viertes quartal/vierten quartal/vierte quartal/4. quartal; \
quatrième trimestre/4e trimestre/t4; cuarto trimestre/4.º trimestre/t4; 4분기; 第四季度/四季度
"""
_DIRECTIONS: Final = """
north; norden/nord; nord; norte; 북쪽/북부; 北方/北部
south; süden/süd; sud; sur; 남쪽/남부; 南方/南部
east; osten/ost; l'est/l’est; el este; 동쪽/동부; 东方/东部
west; westen/west; ouest; oeste; 서쪽/서부; 西方/西部
"""
_PLACES: Final = """
brazil; brasilien; brésil; brasil; 브라질; 巴西
colombia; kolumbien; colombie; colombia; 콜롬비아; 哥伦比亚
ethiopia; äthiopien; éthiopie; etiopía; 에티오피아; 埃塞俄比亚
kenya; kenia; kenya; kenia; 케냐; 肯尼亚
guatemala; guatemala; guatemala; guatemala; 과테말라; 危地马拉
indonesia; indonesien; indonésie; indonesia; 인도네시아; 印度尼西亚
vietnam; vietnam; viêt nam/vietnam; vietnam; 베트남; 越南
mexico; mexiko; mexique; méxico; 멕시코; 墨西哥
peru; peru; pérou; perú; 페루; 秘鲁
germany; deutschland/deutsche/deutschen; allemagne/allemand/allemande; alemania/alemán/alemana; 독일; 德国
france; frankreich/französische/französischen; france/français/française; francia/francés/francesa; 프랑스; 法国
spain; spanien/spanische; espagne/espagnol/espagnole; españa/español/española; 스페인; 西班牙
italy; italien/italienische; italie/italien/italienne; italia/italiano/italiana; 이탈리아; 意大利
austria; österreich; autriche; austria; 오스트리아; 奥地利
switzerland; schweiz; suisse; suiza; 스위스; 瑞士
norway; norwegen; norvège; noruega; 노르웨이; 挪威
sweden; schweden; suède; suecia; 스웨덴; 瑞典
poland; polen; pologne; polonia; 폴란드; 波兰
japan; japan; japon; japón; 일본; 日本
china; china; chine; china; 중국; 中国
korea/south korea; korea/südkorea; corée; corea; 한국; 韩国
india; indien; inde; india; 인도; 印度
usa/united states; usa/vereinigte staaten; états-unis; estados unidos; 미국; 美国
uk/united kingdom; großbritannien; royaume-uni; reino unido; 영국; 英国
europe; europa; europe; europa; 유럽; 欧洲
asia; asien; asie; asia; 아시아; 亚洲
africa; afrika; afrique; áfrica; 아프리카; 非洲
berlin; berlin; berlin; berlín; 베를린; 柏林
hamburg; hamburg; hambourg; hamburgo; 함부르크; 汉堡
munich; münchen; munich; múnich; 뮌헨; 慕尼黑
paris; paris; paris; parís; 파리; 巴黎
rome; rom; rome; roma; 로마; 罗马
london; london; londres; londres; 런던; 伦敦
madrid; madrid; madrid; madrid; 마드리드; 马德里
cologne; köln; cologne; colonia; 쾰른; 科隆
frankfurt; frankfurt; francfort; fráncfort; 프랑크푸르트; 法兰克福
stuttgart; stuttgart; stuttgart; stuttgart; 슈투트가르트; 斯图加特
lyon; lyon; lyon; lyon; 리옹; 里昂
marseille; marseille; marseille; marsella; 마르세유; 马赛
barcelona; barcelona; barcelone; barcelona; 바르셀로나; 巴塞罗那
zurich/zürich; zürich; zurich; zúrich; 취리히; 苏黎世
geneva; genf; genève; ginebra; 제네바; 日内瓦
brussels; brüssel; bruxelles; bruselas; 브뤼셀; 布鲁塞尔
amsterdam; amsterdam; amsterdam; ámsterdam; 암스테르담; 阿姆斯特丹
prague; prag; prague; praga; 프라하; 布拉格
warsaw; warschau; varsovie; varsovia; 바르샤바; 华沙
athens; athen; athènes; atenas; 아테네; 雅典
stockholm; stockholm; stockholm; estocolmo; 스톡홀름; 斯德哥尔摩
copenhagen; kopenhagen; copenhague; copenhague; 코펜하겐; 哥本哈根
shanghai; shanghai; shanghai; shanghái; 상하이; 上海
lisbon; lissabon; lisbonne; lisboa; 리스본; 里斯本
milan; mailand; milan; milán; 밀라노; 米兰
new york; new york; new york; nueva york; 뉴욕; 纽约
oslo; oslo; oslo; oslo; 오슬로; 奥斯陆
vienna; wien; vienne; viena; 비엔나; 维也纳
seoul; seoul; séoul; seúl; 서울; 首尔
busan; busan; busan; busan; 부산; 釜山
beijing; peking; pékin; pekín; 베이징; 北京
tokyo; tokio; tokyo; tokio; 도쿄; 东京
"""
_THINGS: Final = """
coal; kohle; charbon; carbón; 석탄; 煤炭/煤
wind; wind; vent/éolien; viento/eólica; 풍력/바람; 风能/风电/风力/风
solar; solar/sonne; solaire; solar; 태양광/태양; 太阳能/光伏
gas; gas; gaz; gas; 가스; 天然气/燃气
natural gas; erdgas; gaz naturel; gas natural; 천연가스; 天然气
oil; öl/erdöl; pétrole; petróleo; 석유; 石油
nuclear; kernkraft/atomkraft; nucléaire; nuclear; 원자력; 核能/核电
hydro; wasserkraft; hydraulique; hidráulica; 수력; 水电/水力
water; wasser; eau; agua; 물; 水
rent; miete; loyer; alquiler; 임대료/월세/집세; 房租/租金
food; essen/lebensmittel; nourriture/alimentation; comida/alimentación; 음식/식비; 食品/食物/伙食
travel; reisen/reise; voyages/voyage; viajes/viaje; 여행; 旅行/旅游
leisure; freizeit; loisirs; ocio; 여가; 休闲/娱乐
transport; verkehr; transports/transport; transporte; 교통/교통비; 交通
health; gesundheit; santé; salud; 건강; 健康/医疗
clothes/clothing; kleidung; vêtements; ropa; 의류/옷; 衣服/服装
savings; ersparnisse; épargne; ahorro/ahorros; 저축; 储蓄/存款
housing; wohnen; logement; vivienda; 주거; 住房
education; bildung; éducation; educación; 교육; 教育
other/others; sonstige/sonstiges/andere; autres/autre; otros/otras/otro; 기타; 其他
training/train; training; entraînement/apprentissage; entrenamiento; 훈련/학습; 训练
validation; validierung; validation; validación; 검증; 验证
test; test; test; prueba; 테스트; 测试
memory; speicher/arbeitsspeicher; mémoire; memoria; 메모리; 内存
cpu; cpu/prozessor; processeur; procesador; 프로세서; 处理器
very satisfied; sehr zufrieden; très satisfait/très satisfaits; muy satisfecho/muy satisfechos; 매우 만족; 非常满意
satisfied; zufrieden/zufriedene; satisfait/satisfaits; satisfecho/satisfechos; 만족; 满意
dissatisfied; unzufrieden/unzufriedene; insatisfait/insatisfaits/mécontents; insatisfecho/insatisfechos; 불만족; 不满意
neutral; neutral/unentschieden; neutre/neutres; neutral; 보통/중립; 中立/一般
yes; ja; oui; sí; 예/그렇다; 是
agree; stimme zu; d'accord; de acuerdo; 동의; 同意
first class; erste klasse; première classe; primera clase; 일등석; 头等舱
survived; überlebt/überlebende; survécu/survivants; sobrevivió/supervivientes; 생존; 幸存
died; gestorben/verstorben; morts; murió/muertos; 사망; 死亡
juice; saft; jus; zumo/jugo; 주스; 果汁
baseline; basislinie; référence; línea base; 기준선/베이스라인; 基线
accuracy; genauigkeit; précision/exactitude; precisión/exactitud; 정확도; 准确率
loss; verlust; perte; pérdida; 손실; 损失
online; online; en ligne; en línea; 온라인; 线上/网上
shop/store/stores; laden/geschäft/läden; magasin/magasins/boutique; tienda/tiendas; 매장/가게; 门店/商店
age; alter; âge; edad; 나이/연령; 年龄
height; größe/körpergröße; taille; altura/estatura; 키/신장; 身高
weight/mass/body mass; gewicht; poids; peso; 몸무게/체중; 体重
debt/debts; schulden; dettes/dette; deuda/deudas; 부채/빚; 债务/负债
trading volume/volume; handelsvolumen; volume d'échanges; volumen; 거래량; 成交量
closing price/close; schlusskurs; cours de clôture; precio de cierre; 종가; 收盘价
price/prices; preis/preise/kurs; prix/cours; precio/precios/acción; 가격/주가; 价格/股价
speed; geschwindigkeit; vitesse; velocidad; 속도; 速度
sample; probe; échantillon; muestra; 시료/샘플; 样品/样本
control; kontrolle/kontrollgruppe; témoin/contrôle; control; 대조군/대조; 对照
drug; medikament; médicament; fármaco; 약물/약; 药物/药
model; modell; modèle; modelo; 모델; 模型
tourism; tourismus; tourisme; turismo; 관광; 旅游业/旅游
agriculture; landwirtschaft; agriculture; agricultura; 농업; 农业
industry; industrie; industrie; industria; 산업/공업; 工业
services; dienstleistungen; services; servicios; 서비스; 服务业
placebo; placebo; placebo; placebo; 위약; 安慰剂
treatment; behandlung; traitement; tratamiento; 처리/처치; 处理/治疗
men/male/males; männer/männlich/männliche; hommes/mâle/mâles; hombres/macho; 남성/남자/남학생/수컷; 男性/雄性/男
women/female/females; frauen/weiblich/weibliche; femmes/femelle; mujeres/hembra; 여성/여자/여학생/암컷; 女性/雌性/女
training time; trainingszeit; temps d'entraînement; tiempo de entrenamiento; 훈련 시간/학습 시간; 训练时间
mathematics/maths/math; mathematik/mathe; mathématiques/maths; matemáticas/mates; 수학; 数学
physics; physik; physique; física; 물리학/물리; 物理
chemistry; chemie; chimie; química; 화학; 化学
biology; biologie/bio; biologie; biología; 생물학/생물; 生物
english; englisch; anglais; inglés; 영어; 英语
history; geschichte; histoire; historia; 역사; 历史
geography; geographie/erdkunde; géographie; geografía; 지리; 地理
music; musik; musique; música; 음악; 音乐
football/soccer; fußball; football/foot; fútbol; 축구; 足球
basketball; basketball; basket/basketball; baloncesto; 농구; 篮球
tennis; tennis; tennis; tenis; 테니스; 网球
swimming; schwimmen; natation; natación; 수영; 游泳
running; laufen/joggen; course/course à pied; correr/carrera; 달리기; 跑步
pears; birnen; poires; peras; 배; 梨
cherries; kirschen; cerises; cerezas; 체리; 樱桃
strawberries; erdbeeren; fraises; fresas; 딸기; 草莓
grapes; trauben; raisins; uvas; 포도; 葡萄
dogs/dog; hunde/hund; chiens/chien; perros/perro; 강아지/개; 狗
cats/cat; katzen/katze; chats/chat; gatos/gato; 고양이; 猫
fish; fische/fisch; poissons/poisson; peces/pez/pescado; 물고기/생선; 鱼
birds/bird; vögel/vogel; oiseaux/oiseau; pájaros/pájaro/aves; 새; 鸟
bread; brot; pain; pan; 빵; 面包
coffee; kaffee; café; café; 커피; 咖啡
tea; tee; thé; té; 홍차/녹차; 茶
milk; milch; lait; leche; 우유; 牛奶
beer; bier; bière; cerveza; 맥주; 啤酒
wine; wein; vin; vino; 와인/포도주; 葡萄酒/红酒
office; büro; bureau; oficina; 사무실/회사; 办公室
home; zuhause/zu hause/daheim; maison/chez soi; casa/hogar; 집/가정; 家里/在家
work; arbeit; travail; trabajo; 직장; 工作
school; schule; école; escuela/colegio; 학교; 学校
car/cars; auto/autos; voiture/voitures; coche/coches/auto; 자동차/승용차; 汽车/小汽车
bus/buses; bus/busse; bus; autobús/bus; 버스; 公交/公交车/巴士
train/trains/rail; zug/züge/bahn; train/trains; tren/trenes; 기차/열차; 火车/列车
bike/bikes/bicycle; fahrrad/fahrräder/rad; vélo/vélos; bicicleta/bici; 자전거; 自行车/单车
walking/on foot/walkers/pedestrians; zu fuß/fußgänger; à pied/marche/piétons; a pie/andando/peatones; \
도보/걷기/보행자; 步行/走路/行人
plane/flight; flugzeug/flug; avion; avión; 비행기; 飞机
books; bücher; livres; libros; 책/도서; 书/图书
bananas; bananen; bananes; plátanos/bananas; 바나나; 香蕉
oranges; orangen; oranges; naranjas; 오렌지; 橙子
apples; äpfel; pommes; manzanas; 사과; 苹果
pears; birnen; poires; peras; 배; 梨
plums; pflaumen; prunes; ciruelas; 자두; 李子
cherries; kirschen; cerises; cerezas; 체리; 樱桃
oranges; orangen; oranges; naranjas; 오렌지; 橙子
bananas; bananen; bananes; plátanos; 바나나; 香蕉
tea; tee; thé; té; 차; 茶
coffee; kaffee; café; café; 커피; 咖啡
milk; milch; lait; leche; 우유; 牛奶
salad/salads; salat/salate; salade; ensalada; 샐러드; 沙拉
bread; brot; pain; pan; 빵; 面包
cars/car; autos/auto; voitures/voiture; coches/coche; 자동차; 汽车
bus; bus; bus; autobús; 버스; 公交/公交车
train; zug/bahn; train; tren; 기차; 火车
bike/bikes/bicycle/bicycles; fahrrad/fahrräder; vélo/vélos; bicicleta/bicicletas/bici/bicis; 자전거; 自行车
walking/walk/foot; zu fuß; à pied; a pie/caminar; 도보; 步行
income; einkommen/einnahmen; revenus/revenu; ingresos; 소득/수입; 收入
costs/cost; kosten; coûts/coût; costes/costos; 비용; 成本/费用
sales; umsatz/verkäufe; ventes; ventas; 매출/판매; 销售/销量
profit; gewinn; bénéfice; beneficio; 이익; 利润
employees/employee/headcount/staff; mitarbeiter/mitarbeitende/mitarbeitenden/mitarbeitern/beschäftigte/angestellte; \
employés/salariés/effectif; empleados/trabajadores/plantilla; 직원/임직원/직원 수; 员工/员工数/雇员
suppliers/supplier; lieferanten/lieferant/zulieferer; fournisseurs/fournisseur; proveedores/proveedor; \
공급업체/공급사; 供应商
customers/customer/clients; kunden/kunde/kundinnen; clients/client/clientes; clientes/cliente; 고객/손님; 客户/顾客
users/user; nutzer/benutzer/nutzerinnen; utilisateurs/utilisateur; usuarios/usuario; 사용자/이용자; 用户/使用者
visitors/visitor; besucher/besucherinnen/gäste; visiteurs/visiteur; visitantes/visitante; 방문자/방문객/관객; \
访客/参观者/游客/参观人数/参观
orders/order; bestellungen/bestellung/aufträge; commandes/commande; pedidos/pedido; 주문/주문량/주문 수; \
订单/订单数/订单量
visits/visit/visited/visited site/sessions; besuche/besuch/besucht/seitenbesuch; visites/visite; visitas/visita; \
방문/방문 수; 访问/访问量/访问数
viewed/views/viewed product; angesehen/ansicht/aufrufe; consulté/vues/vue; vieron/vistas; 조회/조회수/재생/재생 수; \
浏览/浏览量/播放/播放量/播放次数/观看
cart/added to cart/basket; warenkorb/einkaufswagen; panier; carrito/cesta; 장바구니; 购物车
checkout/started checkout; kasse; caisse; caja; 결제 시작; 结账/结算
payment/paid/pay; zahlung/bezahlung/bezahlt/bezahlten/gezahlt; paiement/payé/payant/paient; \
pago/pagado/pagaron/pagados; 결제/지불; 支付/付款/付费
paid/paid ads/paid search; bezahlte werbung/bezahlte anzeigen; annonces payantes/publicité payante; \
anuncios pagados/publicidad pagada/anuncios de pago; 유료 광고; 付费广告
ad spend/advertising/ads; werbeausgaben/werbung/werbekosten; dépenses publicitaires/publicité; \
gasto en publicidad/gasto publicitario/publicidad; 광고비/광고 지출; 广告支出/广告费/广告
support/customer service; support/kundendienst/kundenservice; support/assistance/service client; \
soporte/atención al cliente; 고객 지원/지원; 客服/支持/售后
returns/return; retouren/rücksendungen; retours/retour; devoluciones/devolución; 반품; 退货
competitor/competitors; konkurrenz/wettbewerber/mitbewerber; concurrent/concurrents/concurrence; \
competencia/competidor/competidores; 경쟁사; 竞争对手
feature/features; funktion/funktionen; fonctionnalité/fonctionnalités; función/funcionalidad/funciones; 기능; 功能
billing/invoice; abrechnung/rechnung; facturation/facture; facturación/factura; 청구/청구서; 账单
search; suche; recherche; búsqueda; 검색; 搜索
delivery; lieferung/lieferzeit/zustellung; livraison; entrega/envío; 배송/배달; 配送/送货
consumption; verbrauch/verbraucht/verbrauchten; consommation; consumo; 소비/소비량/사용량; 消耗/消费/用量
electricity/power; strom/elektrizität; électricité/courant; electricidad/luz; 전기/전력/발전량; 电/电力/发电
energy; energie; énergie; energía; 에너지; 能源
unemployment; arbeitslosigkeit/arbeitslosenquote/arbeitslose; chômage; desempleo/paro; 실업률/실업; 失业率/失业
inflation; inflation/teuerung; inflation; inflación; 물가/물가상승률/인플레이션; 通胀/通货膨胀
population/inhabitants/people; bevölkerung/einwohner; population/habitants; población/habitantes; 인구; 人口
gasoline/petrol/fuel; benzin/sprit; essence/carburant; gasolina; 휘발유/기름; 汽油
students/student/pupils; schüler/studierende/studenten/schülerinnen; élèves/étudiants; estudiantes/alumnos/estudian; \
학생/학생 수; 学生
expenses/spending/expenditure/budget; ausgaben/haushalt; dépenses/dépense; gastos/gasto/presupuesto; \
지출/생활비/예산; 支出/花费/预算
revenue/turnover; umsatz/umsätze/erlös; chiffre d'affaires/recettes/revenu; facturación/ingresos/ventas; \
매출/매출액; 营收/收入/销售额
cost/costs; kosten; coût/coûts; coste/costes/costo/costos; 비용/원가; 成本/费用
profit; gewinn; bénéfice/profit; beneficio/ganancia; 이익/순이익; 利润/盈利
water; wasser; eau; agua; 물; 水
tickets/ticket; tickets/anfragen; tickets/demandes; tickets/incidencias; 티켓/문의; 工单
responses/answers/response; antworten/antwort/nennungen; réponses; respuestas; 응답; 回答/回复
rent; miete; loyer; alquiler; 월세/임대료; 房租/租金
kg/kilos/kilograms; kg/kilo/kilogramm; kg/kilos/kilo; kg/kilos/kilo; 킬로; 公斤/千克
mm/millimetres; mm/millimeter; mm/millimètres; mm/milímetros; 밀리미터; 毫米
km/kilometres; km/kilometer; km/kilomètres; km/kilómetros; 킬로미터; 公里/千米
delay/delays; verspätung/verspätungen/pünktlichste/pünktlich; retard/retards/ponctuelle/ponctuel; \
retraso/retrasos/puntual; 지연/지각; 延误/晚点
training; training; entraînement; entrenamiento; 훈련/학습; 训练
dose; dosis; dose; dosis; 용량/투여량; 剂量
android; android; android; android; 안드로이드; 安卓
social/social media; social media/soziale medien; réseaux sociaux; redes sociales; 소셜/소셜 미디어/소셜미디어; \
社交/社交媒体
email/e-mail; e-mail/mail; courriel/e-mail; correo/correo electrónico; 이메일; 邮件/电子邮件
organic; organisch; organique; orgánico; 오가닉/자연 유입; 自然流量/自然
slow; langsam/langsame/langsamer; lent/lente; lento/lenta/lentos/lentas; 느린/지연; 慢
refund; rückerstattung/erstattung; remboursement; reembolso; 환불; 退款
login; anmeldung/login; connexion; inicio de sesión; 로그인; 登录
request; anfrage/anfragen; demande/demandes; solicitud/solicitudes; 요청; 请求
problem; problem/probleme; problème/problèmes; problema/problemas; 문제; 问题
wrong; falsch/falsche/falscher/falsches; mauvais/erroné; equivocado/incorrecto; 잘못된; 错误
item/product; artikel/produkt; article/produit; artículo/producto; 상품/제품; 商品/产品
salary/salaries/wage/wages; gehalt/gehälter/verdient/verdienen/lohn/löhne; salaire/salaires/gagne; \
salario/sueldo/gana/ganan; 급여/연봉/월급/임금; 工资/薪资
rain/rainfall/precipitation; regen/regnet/regnete/niederschlag; pluie/pleut; lluvia/llovió/llueve/lluvioso; 강수량; \
降雨/降雨量
signups/sign-ups/registrations; anmeldungen/registrierungen; inscriptions; inscripciones/registros; 가입자/가입; 注册
score/scores/grade/grades; note/noten/punktzahl; note/notes; nota/notas/puntuación; 점수/성적; 成绩/分数
satisfaction; zufriedenheit/zufrieden/zufriedensten; satisfaction/satisfaits/satisfait; satisfacción/satisfechos; \
만족도/만족; 满意度/满意
sleep; schlaf/schlafen; sommeil/dorment; sueño/duermen; 수면; 睡眠
engineering; technik/entwicklung; ingénierie; ingeniería; 엔지니어링/개발; 工程/研发
new; neue/neuen/neuer/neues; nouveaux/nouveau/nouvelle/nouvelles; nuevos/nuevo/nuevas/nueva; 신규/새로운; 新增
cups/cup; tassen/tasse; tasses/tasse; tazas/taza; 잔; 杯
cells/cell; zellen/zelle; cellules/cellule; células/célula; 세포; 细胞
level/water level; pegel/wasserstand/wasser; niveau/niveau d'eau; nivel/nivel del agua; 수위; 水位
passengers/passenger; fahrgäste/passagiere/bus; passagers/voyageurs/affluence; pasajeros/viajeros; 승객; 乘客/客流
flipper length/flipper; flossenlänge/flosse; nageoire/longueur des nageoires; aletas/aleta; 지느러미; 鳍
area; fläche; surface/superficie; superficie/área; 면적; 面积
temperature; temperatur; température; temperatura; 기온/온도; 气温/温度
humidity; luftfeuchtigkeit/feuchte; humidité; humedad; 습도; 湿度
rain/rainfall; regen/niederschlag; pluie; lluvia; 강수량/비; 降雨/降雨量
"""


_GLOSSARIES: Final = Path(__file__).with_name("glossaries")
_THEMES: Final = ("home", "nature", "work", "tables")
"""Rows of words in six languages: at home and in the city, in nature, at work and school, and of rows of tables."""


def _rows(lines: str) -> tuple[dict[Language, tuple[str, ...]], ...]:
    rows = (line.split(";") for line in lines.strip().splitlines())
    return tuple(dict(zip(LANGUAGES, (tuple(part.strip().split("/")) for part in row), strict=True)) for row in rows)


_KINDS: Final = {
    "day": _rows(_DAYS),
    "season": _rows(_SEASONS),
    "time of day": _rows(_TIMES_OF_DAY),
    "quarter": _rows(_QUARTERS),
}
CITIES_AND_COUNTRIES: Final = _rows(_PLACES)
EVERYDAY_NAMES: Final = (
    *(row for rows in _KINDS.values() for row in rows),
    *_rows(_DIRECTIONS),
    *CITIES_AND_COUNTRIES,
    *_rows(_THINGS),
    *_rows(THINGS),
    *(row for theme in _THEMES for row in _rows((_GLOSSARIES / f"{theme}.txt").read_text("utf-8"))),
    *GLOSSARY,
    *EUROPEAN_GLOSSARY,
)
"""For each name, its words in each language."""


@cache
def _by_word() -> dict[str, list[dict[Language, tuple[str, ...]]]]:
    """Return the rows in which a word stands, in whatever language."""
    found: dict[str, list[dict[Language, tuple[str, ...]]]] = {}
    for row in EVERYDAY_NAMES:
        forms = {form for language, words in row.items() for word in words for form in _numbers_of(word, language)}
        for form in forms:
            found.setdefault(form, []).append(row)
    return found


def _rows_of(name: str) -> list[dict[Language, tuple[str, ...]]]:
    """Return the rows in which a name stands, or else those of its singular: "violins" for "violin"."""
    found = _by_word().get(name)
    ends = ((end, new) for end, new in _OF_PLURALS if name.endswith(end) and len(name) > len(end) + 2)
    others = (_by_word().get(f"{name.removesuffix(end)}{new}") for end, new in ends if name.isascii())
    return found or next((rows for rows in others if rows), [])


_OF_PLURALS: Final = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ves", "f"),
    ("s", ""),
)
"""Endings of English plurals, and what stands for them in the singular."""


def _numbers_of(word: str, language: Language) -> Iterator[str]:
    """Yield a word and, of a regular plural, its singular: "apples" and "apple"."""
    yield word
    if language in ("en", "fr", "es") and _PLURAL.fullmatch(word):
        yield word[:-1]


_PLURAL: Final = re.compile(r"[^\W\d_]{4,}(?<![siu])s")


@lru_cache(maxsize=8192)  # each question asks hundreds of times for the words of the same few names
def translated(name: str, language: Language, *, short: bool = False) -> tuple[str, ...]:
    """Return the words for a name in a language; of two letters, such as "Mo", only where `short`: they are clear."""
    return tuple(_translations(name, language, short=short))


def _translations(name: str, language: Language, *, short: bool) -> Iterator[str]:
    for row in _by_word().get(name.strip(), ()) if name.isupper() else ():  # "AT" is a country, and "at" is not
        yield from (word for word in row[language] if not word.isupper())
    if not short and len(name.strip().rstrip(".")) < 3 and name.isascii() and name.strip().rstrip(".").isalpha():
        return
    east = language in ("ko", "zh") and len(name.strip()) > 1
    for row in _rows_of(name.casefold().strip().rstrip(".")):
        if east and name.strip() in row[language]:  # green tea is called so, and black tea is another
            continue
        yield from (form for word in row[language] if _is_word(word) for form in _numbers_of(word, language))
    yield from _same_in_east(name.strip()) if east else ()
    month = re.fullmatch(r"(1[0-2]|[1-9])(?:月|월)", name.strip())
    if month is not None:
        yield MONTHS[language][int(month[1]) - 1]
    plain = re.fullmatch(r"([^()]{3,}?) \([^()]*\)", name)
    if plain is not None:  # "Valley (900 m)"
        yield from translated(plain[1], language)
    numbered = re.fullmatch(r"(?P<noun>[^\W\d_]{3,}) (?P<number>[A-Z]|\d{1,2})", name) or re.fullmatch(
        r"(?P<number>[A-Z]|\d{1,2}) ?(?P<noun>[\uac00-\ud7a3\u4e00-\u9fff]+)", name
    )
    if numbered is not None:  # "drug B" is "Medikament B"; "B线" is "line B"
        for word in translated(numbered["noun"], language):
            yield f"{word} {numbered['number']}"
            if language in ("ko", "zh"):
                yield from (f"{word}{numbered['number']}", f"{numbered['number']}{word}")


@lru_cache(maxsize=2048)
def in_any_language(word: str) -> tuple[str, ...]:
    """Return the words that mean the same as a word, in all languages."""
    plain = folded(word)
    forms = (plain, *(plain[: -len(end)] for end in ("s", "es") if plain.endswith(end) and len(plain) > 5))
    rows = next((rows for form in forms if (rows := _by_folded().get(form))), ())
    words = (one for row in rows for words in row.values() for one in words)
    return tuple(one for one in words if not one.isupper() or not one.isascii())


def _is_word(word: str) -> bool:
    """Return whether a word is none of two letters, and no code of a country, which are parts of other words."""
    return not word.isascii() or (len(word) > 2 and not word.isupper())


@cache
def _by_folded() -> dict[str, list[dict[Language, tuple[str, ...]]]]:
    """Return the rows in which a word without its accents stands."""
    found: dict[str, list[dict[Language, tuple[str, ...]]]] = {}
    for word, rows in _by_word().items():
        found.setdefault(folded(word), []).extend(rows)
    return found


@lru_cache(maxsize=2048)
def day_of(name: str) -> int:
    """Return the number of a day of the week in any language, 0 for Monday; -1 for another name."""
    short = name.casefold().strip().rstrip(".")
    rows = (number for number, row in enumerate(_KINDS["day"]) if any(short in words for words in row.values()))
    return next(rows, -1)


def days_in(language: Language) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the days of the week, 0 for Monday, with their names in a language."""
    for number, row in enumerate(_KINDS["day"]):
        yield number, tuple(word for word in row[language] if len(word) > 2)


@cache
def _words_of_kinds() -> dict[str, set[str]]:
    return {kind: {word for row in rows for words in row.values() for word in words} for kind, rows in _KINDS.items()}


def kind_of_names(names: Sequence[str]) -> str:
    """Return "day", "season", "time of day" or "quarter" if all names are of this kind; else nothing."""
    for kind, known in _words_of_kinds().items():
        if len(names) > 1 and all(name.casefold().rstrip(".") in known for name in names):
            return kind
    return ""


def are_names_of_times(names: Sequence[str]) -> bool:
    """Return whether all names are of months, days, quarters or other times of one kind, or are dates."""
    return bool(period_of(names) or kind_of_names(names)) or all(map(is_date, names))


_SAME_IN_EAST: Final = (
    "어린이 아이 아동 꼬마",
    "어른 성인",
    "노인 어르신 고령자",
    "남자 남성",
    "여자 여성",
    "남학생 남자아이",
    "여학생 여자아이",
    "자가용 승용차 자동차",
    "휴대폰 핸드폰 휴대전화",
    "도보 걷기 걸어서",
    "강아지 반려견 멍멍이",
    "儿童 孩子 小孩 小朋友",
    "成人 大人 成年人",
    "老人 老年人 长者",
    "男性 男人 男士",
    "女性 女人 女士",
    "男生 男孩",
    "女生 女孩",
    "西红柿 番茄",
    "土豆 马铃薯",
    "红薯 地瓜",
    "自行车 单车 脚踏车",
    "公交车 公交 巴士 公共汽车",
    "出租车 的士",
    "私家车 小汽车 汽车 轿车",
    "步行 走路",
    "小狗 狗 狗狗",
    "小猫 猫 猫咪",
    "电脑 计算机",
)
"""Korean and Chinese words for just the same thing, by which a chart and a question in one language may call it."""


def _same_in_east(name: str) -> Iterator[str]:
    """Yield the other words of the same language for just the same."""
    for same in _SAME_IN_EAST:
        words = same.split()
        yield from (word for word in words if name in words and word != name)


_SAME: Final = (
    "use usage consumption consume consumed consumes demand",
    "rain rainfall precipitation",
    "salary salaries wage wages pay earnings",
    "car cars drive drives driving drove automobile",
    "visitors visits visited attendance attended",
    "score scores grade grades mark marks points result results scored",
    "sale sales sold sell selling sells revenue",
    "trip trips journey journeys ride rides",
    "people population inhabitants residents",
    "kid kids child children",
    "city cities town towns",
    "kilometre kilometer kilometres kilometers km",
    "shop shops store stores",
    "employee employees staff workers",
    "movie movies film films",
    "price prices cost costs priced expensive cheap",
    "spending expenses spend spent expenditure cost costs budget",
    "temperature warm hot cold degrees",
    "export exports exported",
    "flat flats apartment apartments rent",
    "team teams club clubs",
    "noise noisy loud loudness",
    "walk walks walking foot walkers pedestrians",
    "bus buses coach",
    "bike bikes bicycle bicycles cycle cycles cycling",
    "power electricity energy generation production output generated produced",
    "weight weigh heavy",
    "test exam exams tests quiz",
    "employee employees headcount",
    "churn churned left leave leaves cancelled",
    "turnover revenue sales",
    "cell cells bacteria bacterium",
    "power powerful strong stronger horsepower",
    "volume trading traded",
    "dose doses dosage concentration concentrations",
    "cyclist cyclists rider riders biker bikers",
    "passenger passengers rider riders traveller travellers commuter commuters",
    "viewer viewers audience spectator spectators",
    "customer customers client clients shopper shoppers buyer buyers",
    "parcel parcels package packages shipment shipments",
    "case cases infection infections",
    "pupil pupils student students",
    "goal goals net nets netted",
)
"""Words for the same."""


@lru_cache(maxsize=2048)
def words_for_the_same(word: str) -> tuple[str, ...]:
    """Return English words for the same as a word, and its forms as a verb: "drive" for "car", "opened" for "open"."""
    return tuple(_words_for_the_same(word))


def _words_for_the_same(word: str) -> Iterator[str]:
    word = word.lower()
    for same in _SAME:
        words = same.split()
        if word in words:
            yield from (other for other in words if other != word)
    if word.isalpha() and len(word) > 3:
        stem = re.sub(r"e?d$", "", word) if word.endswith("ed") else word
        yield from (
            form for form in (stem, f"{stem}e", f"{stem}es", f"{stem}ed", f"{stem}d", f"{stem}ing") if form != word
        )


def distinct_words(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each name of several words with the word that no other name has: "B" of "Sample B", "Rome" of "in Rome"."""
    words = {name: re.findall(r"[^\W_]+", name) for name in dict.fromkeys(names)}
    if len(words) < 2 or len(words) > 200:
        return
    counts: dict[str, int] = {}
    for known in words.values():
        for word in {word.casefold() for word in known}:
            counts[word] = counts.get(word, 0) + 1
    shared = any(count == len(words) for count in counts.values())
    for name, known in words.items():
        own = [word for word in known if counts[word.casefold()] == 1]
        if shared and len(known) > 1 and len(own) == 1:
            yield name, own[0]
        elif not shared and len(known) == 2 and len(own) == 1 and own[0].isupper() and len(own[0]) == 1:
            yield name, own[0]  # "A" of "Heap A" and "Heap B" beside "Outdoor air"
        elif not shared and len(known) > 1:
            yield from ((name, word) for word in own[-1:] if len(word) > 2 and not word.isdigit())


_ALIKE: Final = 0.84


def is_like(word: str, name: str, language: Language) -> bool:
    """Return whether a word is a name in another spelling: “Hambourg” and “Hamburg”, “París” and “Paris”."""
    a, b = folded(word), folded(name)
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or a[0] != b[0] or not (a + b).isalpha() or is_another(word, name, language):
        return False
    return SequenceMatcher(None, a, b).ratio() >= _ALIKE


_OF_PERSONS: Final = ("a", "o", "in", "innen", "ine", "ette")
"""Endings that make a word another one: of a woman, or of women."""


def is_another(word: str, name: str, language: Language) -> bool:
    """Return whether a word that is like a name is another one, and no spelling of it.

    A word with a meaning of its own is another: Australia is not Austria. So is one that ends otherwise, as names of
    people and words for them do: “Martina” and “Martin”, “grandpa” and “Grandma”.
    """
    a, b = folded(word), folded(name)
    if a in _by_folded():
        return b not in map(folded, in_any_language(a))
    short, long = sorted((a, b), key=len)
    if long.startswith(short):
        end = long[len(short) :]
        return end in _OF_PERSONS or (end == "e" and word[0].isupper() and language != "de")
    changed = [number for number, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) != len(b) or len(changed) != 1:
        return False
    at = changed[0] - len(a)  # "résiduel" is "residual"
    return at == -1 or (at == -2 and not {a[at], b[at]} & set("aeiouy"))
