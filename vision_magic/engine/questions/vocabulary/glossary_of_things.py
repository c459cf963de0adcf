"""Everyday things of which charts tell, in six languages: sports, crops, food, what a household pays for, transport.

"Groceries" is asked for as "Lebensmittel", "배드민턴" as "badminton", "Woodland" as "Wald". A word with
several meanings, such as a colour that is a fruit too, is left out.
"""

from __future__ import annotations

from typing import Final

__all__ = ["THINGS"]

# English; German; French; Spanish; Korean; Chinese. Other ways to say it stand behind a slash.
THINGS: Final = """
badminton; badminton/federball; badminton; bádminton; 배드민턴; 羽毛球
table tennis/ping-pong; tischtennis; tennis de table/ping-pong; tenis de mesa/ping-pong; 탁구; 乒乓球
volleyball; volleyball; volley/volley-ball/volleyball; voleibol/vóley; 배구; 排球
handball; handball; handball; balonmano; 핸드볼; 手球
baseball; baseball; baseball; béisbol; 야구; 棒球
hockey; hockey; hockey; hockey; 하키; 曲棍球
ice hockey; eishockey; hockey sur glace; hockey sobre hielo; 아이스하키; 冰球
rugby; rugby; rugby; rugby; 럭비; 橄榄球
golf; golf; golf; golf; 골프; 高尔夫
cycling; radfahren/radsport; cyclisme; ciclismo; 사이클링/자전거 타기; 骑行/自行车运动
hiking; wandern; randonnée; senderismo; 등산/하이킹; 徒步/远足
skiing; skifahren/ski; ski; esquí; 스키; 滑雪
gymnastics; turnen/gymnastik; gymnastique/gym; gimnasia; 체조; 体操
athletics; leichtathletik; athlétisme; atletismo; 육상; 田径
judo; judo; judo; judo; 유도; 柔道
taekwondo; taekwondo; taekwondo; taekwondo; 태권도; 跆拳道
yoga; yoga; yoga; yoga; 요가; 瑜伽
dance/dancing; tanzen/tanz; danse; baile/danza; 댄스/무용; 舞蹈
lap; runde/runden; tour de piste/tour de circuit; vuelta/vueltas; 바퀴/랩; 圈
split; zwischenzeit/teilstück/abschnitt; tronçon/temps intermédiaire; tramo/tramos/parcial/parciales; 구간; 分段/赛段
chess; schach; échecs; ajedrez; 체스; 国际象棋
choir; chor; chorale/chœur; coro; 합창/합창단; 合唱/合唱团
theatre/theater/drama; theater; théâtre; teatro; 연극; 戏剧
decaf/decaffeinated; entkoffeiniert/koffeinfrei; décaféiné/déca; descafeinado; 디카페인; 低因咖啡/无咖啡因
house blend; hausmischung; mélange maison/mélange de la maison; mezcla de la casa; 하우스 블렌드; 招牌拼配
groceries/grocery; lebensmittel/essen; courses alimentaires/alimentation/nourriture; \
comestibles/alimentación/comida/alimentos; 식료품/식비/장보기; 食品杂货/食品/伙食
eating out/restaurants/restaurant; restaurant/restaurants/auswärts essen/gastronomie; restaurants/restaurant; \
restaurantes/restaurante; 외식; 餐饮/外出就餐
electricity bill; stromrechnung; facture d'électricité; factura de la luz; 전기 요금/전기료; 电费
heating; heizung/heizen; chauffage; calefacción; 난방/난방비; 暖气/供暖
phone/telephone; telefon/handy; téléphone; teléfono; 통신비/전화; 电话/通讯
internet; internet; internet; internet; 인터넷; 互联网
taxes/tax; steuern/steuer; impôts/taxes; impuestos; 세금; 税费
gifts; geschenke; cadeaux; regalos; 선물; 礼物
pets; haustiere; animaux de compagnie; mascotas; 반려동물; 宠物
childcare; kinderbetreuung; garde d'enfants; guardería/cuidado infantil; 보육/육아; 托儿
holidays/vacation/vacations; urlaub/ferien; vacances; vacaciones; 휴가/방학; 度假/假期
furniture; möbel; meubles; muebles; 가구류; 家具
repairs/maintenance; reparaturen/wartung/instandhaltung; réparations/entretien; reparaciones/mantenimiento; \
수리/수리비/유지 보수; 维修
shower/showering; dusche/duschen; douche/douches; ducha/duchas; 샤워; 淋浴/洗澡
bath; badewanne; baignoire; bañera; 목욕; 泡澡
toilet/toilets; toilette/wc/klo/toilettenspülung; toilettes/wc; inodoro/váter/wc; 화장실/변기; 马桶/厕所
laundry/washing; wäsche/waschmaschine; lessive/linge/lave-linge; lavadora/colada/lavado; 빨래/세탁; 洗衣
dishes/dishwasher; abwasch/spülmaschine/geschirr; vaisselle/lave-vaisselle; lavavajillas/vajilla; 설거지/식기세척기; \
洗碗/洗碗机
kitchen/cooking; küche/kochen; cuisine; cocina; 부엌/주방/요리; 厨房/做饭
garden; garten; jardin; jardín; 정원/텃밭; 花园/菜园
lighting; beleuchtung/licht; éclairage; iluminación; 조명; 照明
fridge/refrigerator; kühlschrank; réfrigérateur/frigo; nevera/frigorífico; 냉장고; 冰箱
washing machine; waschmaschine; machine à laver/lave-linge; lavadora; 세탁기; 洗衣机
television/tv; fernseher/fernsehen; télévision/télé; televisión/tele; 텔레비전; 电视
computer/computers; computer/rechner; ordinateur/ordinateurs; ordenador/ordenadores; 컴퓨터; 电脑
mug/ceramic mug; becher/keramikbecher; tasse/mug; taza; 머그컵/머그잔/머그; 马克杯
paper cup; pappbecher; gobelet en carton/gobelet; vaso de papel; 종이컵; 纸杯
thermos; thermoskanne/thermosflasche; thermos; termo; 보온병; 保温杯/保温瓶
peppers/chili/chillies; paprika/chili; piments/poivrons; pimientos/chiles; 고추; 辣椒
garlic; knoblauch; ail; ajo; 마늘; 大蒜
cabbage; kohl/weißkohl/chinakohl; chou/choux; repollo; 배추/양배추; 白菜/卷心菜
potatoes/potato; kartoffeln/kartoffel; pommes de terre; patatas/papas; 감자; 土豆/马铃薯
sweet potatoes; süßkartoffeln; patates douces; batatas/boniatos; 고구마; 红薯
carrots/carrot; karotten/möhren/karotte; carottes; zanahorias; 당근; 胡萝卜
onions/onion; zwiebeln/zwiebel; oignons; cebollas; 양파; 洋葱
tomatoes/tomato; tomaten/tomate; tomates; tomates; 토마토; 西红柿/番茄
pumpkins/pumpkin; kürbisse/kürbis; potirons/citrouilles/courges; calabazas; 호박; 南瓜
beans/bean; bohnen; haricots; judías/frijoles/alubias; 콩; 豆子/豆类
soybeans/soya/soy; sojabohnen/soja; soja; soja; 대두; 大豆
peas; erbsen; petits pois; guisantes; 완두콩; 豌豆
sesame; sesam; sésame; sésamo; 참깨; 芝麻
cucumbers; gurken; concombres; pepinos; 오이; 黄瓜
lettuce; kopfsalat/salat; laitue; lechuga; 상추; 生菜
spinach; spinat; épinards; espinacas; 시금치; 菠菜
courgettes/zucchini; zucchini; courgettes; calabacines; 애호박; 西葫芦
wheat; weizen; blé; trigo; 밀가루; 小麦
barley; gerste; orge; cebada; 보리; 大麦
maize/corn; mais; maïs; maíz; 옥수수; 玉米
rice; reis; riz; arroz; 쌀; 大米/水稻
oats; hafer; avoine; avena; 귀리; 燕麦
grain/cereals/arable; getreide/ackerland; céréales/grains; cereales/grano; 곡물/곡식; 谷物/粮食
rapeseed; raps; colza; colza; 유채; 油菜
sunflowers; sonnenblumen; tournesols/tournesol; girasoles/girasol; 해바라기; 向日葵
vegetables; gemüse; légumes; verduras/hortalizas; 채소/야채; 蔬菜
fruit; obst; fruits; fruta/frutas; 과일; 水果
orchard/orchards; obstgarten/obstgärten/obstwiese; verger/vergers; frutales; 과수원; 果园
pasture/grassland/meadow; weide/weiden/grünland/wiese/wiesen; pâturage/pâturages/prairie/prairies; pasto/pastos/\
pradera/prado; 목초지/초지; 牧场/草地
woodland/forest/woods; wald/wälder; forêt/forêts/bois; bosque/bosques; 숲/산림/임야; 林地/森林
buildings; gebäude; bâtiments/bâtiment; edificios; 건물; 建筑
fallow; brache; jachère; barbecho; 휴경지; 休耕地
feed/fodder; futter/futtermittel; aliments pour animaux/fourrage/alimentation animale; pienso; 사료; 饲料
seed/seeds; saatgut/samen; semences/graines; semillas; 종자/씨앗; 种子
fertiliser/fertilizer; dünger; engrais; fertilizante/abono; 비료; 肥料
vet/veterinary; tierarzt/tierarztkosten; vétérinaire; veterinario; 수의사/동물병원; 兽医
fuel; kraftstoff/treibstoff/sprit; carburant; combustible; 연료; 燃料
diesel; diesel; gazole/diesel; diésel/gasóleo; 경유; 柴油
screen; bildschirm; écran; pantalla; 화면; 屏幕
weekday/weekdays; werktag/werktage; jour de semaine; día laborable; 평일; 工作日/平日
water/water use/water consumption; wasser/wasserverbrauch; eau; agua; 물 사용량/용수; 用水/用水量
refrigerated/chilled; gekühlt; réfrigéré; refrigerado; 냉장; 冷藏
line; linie/linien; ligne; línea; 라인; 线
space; speicherplatz/platz; espace; espacio; 공간; 空间
girls/girl; mädchen; filles; chicas/niñas; 여학생/여자; 女生/女孩
boys/boy; jungen/jungs; garçons; chicos/niños; 남학생/남자; 男生/男孩
harvest/harvested; ernte/geerntet; récolte/récoltes; cosecha; 수확량/수확; 收成/收获量/产量
farm; bauernhof/hof; ferme; granja/finca; 농장; 农场
honey; honig; miel; miel; 벌꿀; 蜂蜜
honeybee/honeybees/bees; honigbiene/honigbienen/bienen; abeille/abeilles; abeja/abejas; 꿀벌; 蜜蜂
mites/mite; milben/milbe; acariens/acarien; ácaros/ácaro; 진드기; 螨虫
bumblebee/bumblebees; hummel/hummeln; bourdon/bourdons; abejorro/abejorros; 호박벌/뒤영벌; 熊蜂
hoverfly/hoverflies; schwebfliege/schwebfliegen; syrphe/syrphes; sírfido/sírfidos; 꽃등에; 食蚜蝇
butterfly/butterflies; schmetterling/schmetterlinge; papillon/papillons; mariposa/mariposas; 나비; 蝴蝶
cows/cow/cattle; kühe/kuh/rinder; vaches/vache/bovins; vacas/vaca; 젖소/한우; 奶牛
pigs/pig; schweine/schwein; cochons/porcs; cerdos/cerdo; 돼지; 猪
sheep; schafe/schaf; moutons/mouton; ovejas/oveja; 양떼; 绵羊
goats/goat; ziegen/ziege; chèvres/chèvre; cabras/cabra; 염소; 山羊
chickens/hens; hühner/hennen; poules/poulets; gallinas/pollos; 닭고기; 母鸡
horses/horse; pferde/pferd; chevaux/cheval; caballos/caballo; 말들; 马匹
meat; fleisch; viande; carne; 고기/육류; 肉类
cheese; käse; fromage; queso; 치즈; 奶酪
yoghurt/yogurt; joghurt; yaourt; yogur; 요구르트/요거트; 酸奶
butter; butter; beurre; mantequilla; 버터; 黄油
eggs/egg; eier/ei; œufs/œuf; huevos/huevo; 달걀/계란; 鸡蛋
sugar; zucker; sucre; azúcar; 설탕; 食糖
chocolate; schokolade; chocolat; chocolate; 초콜릿; 巧克力
ice cream; eiscreme/speiseeis; glace/crème glacée; helado/helados; 아이스크림; 冰淇淋
pizza; pizza; pizza; pizza; 피자; 披萨
pasta/noodles; nudeln; pâtes; pasta; 파스타/국수; 面条
soup; suppe/suppen; soupe/soupes; sopa; 수프; 汤类
cake/cakes; kuchen; gâteau/gâteaux; pastel/tarta; 케이크; 蛋糕
tram/trams; straßenbahn/tram; tramway/tram; tranvía; 트램/전차; 有轨电车
underground/subway/metro; u-bahn; métro; metro; 지하철; 地铁
taxi/taxis; taxi/taxis; taxi/taxis; taxi/taxis; 택시; 出租车
motorbike/motorcycle/motorcycles; motorrad/motorräder; moto/motos; moto/motos/motocicletas; 오토바이; 摩托车
ship/ferry; schiff/fähre; bateau/ferry; barco/ferry; 배편/여객선; 轮船/渡轮
scooter/scooters; roller/scooter; trottinette/trottinettes; patinete/patinetes; 킥보드; 滑板车
biomass; biomasse; biomasse; biomasa; 바이오매스; 生物质能
geothermal; erdwärme/geothermie; géothermie; geotérmica; 지열; 地热
renewables/renewable; erneuerbare/erneuerbaren; renouvelables; renovables; 재생에너지; 可再生能源
generation/produced/production; erzeugung/produktion/erzeugt/erzeugte/erzeugten/produziert; production; \
generación/producción; 발전량/생산량; 发电量/产量
waste/rubbish/garbage; müll/abfall; déchets; basura/residuos; 쓰레기; 垃圾
cash; bargeld; espèces; efectivo; 현금; 现金
enzymes/enzyme; enzyme/enzym; enzymes/enzyme; enzimas/enzima; 효소; 酶
paper; papier; papier; papel; 종이; 纸张
plastic; plastik/kunststoff; plastique; plástico; 플라스틱; 塑料
glass; glas; verre; vidrio; 유리; 玻璃
metal; metall; métal; metal; 금속; 金属
circuits; stromkreise/schaltungen; circuits; circuitos; 회로; 电路
optics; optik; optique; óptica; 광학; 光学
kinematics; kinematik; cinématique; cinemática; 운동학; 运动学
forces; kräfte; forces; fuerzas; 힘과 운동; 力学
silence; stille/ruhe; silence; silencio; 침묵/조용함; 安静
call/calls; anruf/anrufe/notruf/notrufe; appel/appels; llamada/llamadas; 전화/통화/신고; 电话/来电
phone call; telefonat/telefongespräch/telefonieren; appel téléphonique; llamada telefónica/llamada; 전화 통화; 打电话
tired; müde/müdigkeit; fatigué/fatigue; cansado/cansancio; 피곤; 疲劳
surgery; chirurgie; chirurgie; cirugía; 외과; 外科
cardiology; kardiologie; cardiologie; cardiología; 심장내과; 心内科
geriatrics; geriatrie/altersmedizin; gériatrie; geriatría; 노인과; 老年科
paediatrics/pediatrics; kinderheilkunde/pädiatrie/kinderstation; pédiatrie; pediatría; 소아과; 儿科
storage; speicherung/speicherplatz; stockage; almacenamiento; 저장/스토리지; 存储
databases/database; datenbanken/datenbank; bases de données/base de données; bases de datos; 데이터베이스; 数据库
network; netzwerk; réseau; red informática; 네트워크; 网络
administration/admin; verwaltung; administration; administración; 행정/관리부; 行政
admissions/admission; aufnahmen/aufnahme/einweisungen; admissions/entrées/hospitalisations; ingresos/admisiones; \
입원/입원 환자; 入院/入院人数
discharges; entlassungen/entlassung; sorties; altas médicas/altas hospitalarias; 퇴원/퇴원 환자; 出院/出院人数
flights/flight/planes/plane/aircraft; flüge/flug/flugzeuge/flugzeug/maschinen/flieger; vols/avions; vuelos/aviones; \
항공편/비행기; 航班/飞机
catch/catches/landings; fang/fänge/fangmenge/fisch; pêche/prises/captures/poisson; capturas/captura/pesca/pescado; \
어획량/어획/생선; 渔获量/捕捞量/鱼
harvest/harvested; ernte/geerntet/gelesen/lese/weinlese; vendange/vendanges/vendangé/vendangées/vendangés/récolté/\
récoltés/récoltées; vendimia/vendimiado/cosechado/cosecharon/recogido/recogieron; 수확/수확량; 采收/收成
loans/loan/borrowed/lent; ausleihen/ausgeliehen/entliehen/verliehen; emprunts/emprunté/empruntés/empruntée/empruntées/\
prêts/prêté/prêtés/prêtée/prêtées; préstamos/prestado/prestados/prestada/prestadas; 대출/대여; 借阅/外借/借出
final/finals; finale/endlauf; finale/finales; final/finales; 결승/결승전; 决赛
heat/heats; vorlauf/vorläufe; série qualificative/éliminatoires; eliminatoria/eliminatorias; 예선; 预赛
semi-final/semi-finals; halbfinale; demi-finale/demi-finales; semifinal/semifinales; 준결승; 半决赛
"""
"""For each thing, its words in all languages."""
