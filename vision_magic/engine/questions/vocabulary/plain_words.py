"""Words of questions that change nothing of what is asked, and words for what charts measure, in each language."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = [
    "CLASSES",
    "COSTS",
    "COUNTED",
    "COUNTS",
    "GLUE",
    "IN_A_ROW",
    "LOSSES",
    "MEASURES",
    "PEOPLE",
    "PER",
    "PER_LABEL",
    "PRICES",
    "PROFITS",
]

GLUE: Final[dict[Language, str]] = {
    "en": "",
    "de": "befragt befragten einzige einzigen einziger einziges "
    "führer führend führende führenden führt vorreiter marktführer abstand beiden stark gegangen wegen "
    "aufgrund entfallen entfällt gab gabs leben lebt wohnen verkaufte verkauften verkauft verkaufen dauert "
    "dauerte dauern teilgenommen stieg stiegen sank sanken lagen betrugen hieß heißt genau jede jeder jedes "
    "jeden pro weit entfernt darunter darüber gemessen gemessene gezählt vielen also alles allem allen aller andere "
    "anderen anderer anderes anfang beim bereits besonders besser bessere besseren "
    "besserer besseres bin bist bitte brachte brachten bringt bringen"
    "liefert lieferte lieferten liefern geliefert "
    "gebracht danach dann darin dabei dazu dieses dieser diesem diesen diese doch dort durch einem einen einer "
    "eines ende etwa fast ganz ganze ganzen gerade geht gehen ging gingen gegenüber verglichen vergleich groß "
    "habe haben hatte hält halten hoch hier ihr ihre ihren innerhalb jetzt jemals kann kein keinen keiner "
    "keines kommt kommen kamen kam kommst letzte letzten letzter letztes lange laufe lief liefen machen mache mal "
    "meine meiner meinen mein unser unsere unserer mögen muss nenn nennen sehr seine seinem sein ihm ihn sie "
    "sogar solche sonst tief überhaupt ungefähr circa voll vom vorn vorne war wäre waren werde werden wieder "
    "wir wird wirklich wofür worauf wog wiegt wohl zurück erreicht erreichte erreichten betrug beträgt "
    "betragen ergibt ergeben bekommt erzielt erzielte wert passiert passierte gesamten schnitt anstieg davon "
    "weg davor gezeigt dargestellt eingezeichnet abgebildet eingetragen sehen sieht stellt dar zeit zeitraum kurz "
    "mitgezählt zusammengezählt "
    "lang schwer leicht zwei drei vier "
    "fünf sechs sieben acht neun zehn erste ersten erster zweite zweiten zweiter dritte dritten eins euro cent "
    "prozentpunkte woche wochen tag tage tagen stunde stunden minute minuten sekunde monats jahres verlauf "
    "quote geschafft gemacht gegeben gelaufen geerntet geregnet getrunken geschlafen ausgegeben verliert "
    "verloren besteht entlädt kostet kosten mitgeschrieben leute land klasse fach wessen deren dessen "
    "insgesamt sagen sag gib bis zeilen spalten größe liste sortiere sortiert reihenfolge nach aktuell "
    "aktuelle stück mehrere kleiner größer zusammengerechnet beider einzelnen einzelne einzelner jeweils "
    "gleich gleichen oft wahr stimmt eigentlich denn womit worin woran bloß wieso welch eher lediglich bisher "
    "inzwischen "
    "ins ans vors fürs durchs umso desto gewöhnlich normalerweise typischerweise beispielsweise "
    "zusammengenommen übers ums aufs vergangenen folgenden zahlen angaben daten wert ehesten irgendwann wenn ja",
    "fr": "long longs longue longues donné donnés donnée données donne donnent "
    "venu venus venue venues viennent nombreux nombreuses souvent rarement "
    "faible faibles haut haute hauts hautes fort forte forts fortes lien leader marché numéro domine écart "
    "principaux principales rapporte apporte apporté ajouté tombée tombé tombe élevée élevé élevés élevées "
    "vite rapidement convergence mesure mesuré dure duré atteint dépassé parle rapport top abscisses ordonnées "
    "restent forme sous représentés représentées affichés affichées figurent "
    "afin ailleurs ainsi alors après aussi avait avaient avez ayant autre autres bas basse calme car celle "
    "celles celui ceux cet cela ces chers cher chiffre comme confondues coûtait coûte coûtent cours deuxième "
    "depuis dernier dernière derniers dernières donc donnez dont elles encore ensuite environ es fais faire "
    "fait fut eut euros euro fois fraîche fréquent fréquente gens grand grande grands grosse gros hors hui "
    "jusque jusqu leur leurs lent lente lors mais mieux moment moins monde niveau nombre notre nos nous vous "
    "votre vos même mêmes passe passé passée pendant durant personne personnes pèse pesait plaît peut petit petite "
    "peu plutôt populaire prend prennent pris presque produit puis quelque quelques rapide rapporté reste "
    "répondu sera serait si sien soit son sont suis surtout toujours total toute très trop trouve tranche un "
    "deux trois quatre cinq six sept huit neuf dix utilisent utilisé utilise utilisée utilisés utilisées ordre "
    "viennent vient vaut "
    "valait vendu vendue vendus vraiment était étaient été être eu avoir obtenu obtient obtenue selon vers "
    "voit voici semaine semaines jour jours heure heures minute minutes seconde an ans années premier première "
    "premiers premières second troisième quatrième arrive importante important importants importantes "
    "représentent nulle part dormi chacun chacune liste ensemble ligne lignes parmi aurait dit façon il ils "
    "fin début milieu période valeurs point évolué évolue évolution classer tient actuellement pic allongement "
    "difficile texte vrai chez entier entière entiers entières complet complète lui voit bout fois davantage "
    "seul seule "
    "seulement font fait-il général règle typique habitude lequel laquelle lesquels lesquelles quasiment exactement "
    "précisément juste peu loin dites dis moi oui",
    "es": "también suelen suele solían solía tener dio dieron quedó quedaron quedo salió salieron pasa pasan "
    "baja bajas bajos alta fuerte fuertes débil lleva llevan suman líder encabeza número mercado creció "
    "principales trajo aportó registraron mide miden varía varían dura duró midió duermo además ahí ahora al "
    "algo algún alguna algunas algunos alto altos ante antes así aquí aun aunque bajé bajo barata barato "
    "baratos bien cada casi caro cara caros cerca ciento como contra cosa cuya cuyo dan dado dar decir del "
    "dentro dice dos durante ella ellas ellos empezó entonces eran eres eso esos esta estos estas están estar "
    "estado estoy euros euro existe final forma fue fueran gran grande grandes había habían hace hacen hacía "
    "hacían hizo hicieron igual incluso llega llegan llegaron llegó lograron mal marcaron marcó metió medio mi mis "
    "mismo misma mucho mucha muchos muy nada ningún ninguna nos nuestra nuestro nunca obtuvo obtuvieron otra otras "
    "otro otros pagan pago paga parecido paro parte partir pasó pasa pasaron pero pesaba pesa poco poca pocos "
    "produce produjo pudo puede pues queda rápido segundo segunda según ser si sí sino sólo solo tal tan tanto "
    "tarda tardó tardan tardaron te tenía tenían tercera tercero tiene tienen toda todas todo tras tres "
    "cuatro cinco seis siete ocho "
    "nueve diez tuvo tuvieron un usa usan uso usado usada usados usadas utilizado utilizada utilizados utilizadas "
    "vale valía valen veces vez vemos ver vendió vendieron vienen "
    "vieron vino vista volvió ya yo primera primero primeros último última últimos últimas principio inicio "
    "mitad semana semanas día días hora horas minuto minutos segundos año años mes meses actual actualmente "
    "período periodo tiempo resulta respecto aproximadamente preguntó dormí durmió facturó persona personas "
    "gente registró alcanza alcanzó vertical horizontal tipo línea lista ordenar evolucionó evolución anual "
    "mensual tabla conjunto les le lo general suele suelen normal cierto verdad entero entera enteros enteras "
    "completo completa solamente exactamente "
    "dame deme aparecen aparece muestran representan figuran "
    "largo larga largos largas corto corta cortos cortas delante detrás contando contado "
    "oye bueno pues cuenta dime dígame quedan queda quedaron resultó fue oiga acaso jamás sí",
    "ko": "판매\\S{0,2} 들어\\S* 데려\\S* 선두\\S* 시장\\S* 업계\\S* 성장\\S* 가져\\S* 기여\\S* 차지\\S* 하고 "
    "하[며면]\\S* 이전\\S* 이후\\S* 디가 어디\\S* 좋\\S* 나쁜 나빴\\S* 정리\\S* 담[은긴았]\\S* 왔\\S* 온 타는 "
    "예요 번?째로? 가장 제일 감소 증가 같은 같[은아]\\S{0,3} 개인[가지]요? 걸[려린렸]\\S* 계속 그래프 그림 "
    "그래서 기간 길[어었]\\S* 짧[은았아]\\S* 까지 나온 나왔\\S* 나오\\S* 나요 날[은이]? 낮[은았아]\\S* "
    "높[은았아]\\S* 군데\\S* 넘[은는게을]\\S* 년에?서? 년도?[에의은는]? 눈금 늘[고었어]\\S* 달[은이의에]?\\S* "
    "때[는가]? 대[는비] 대비 더[운워웠]\\S* 추[운웠워]\\S* 되나요 된\\S* 되는 됩니까 동안 동점\\S* "
    "떨어[지졌진]\\S* 시작\\S* 로그 로는 마리\\S* 마[셔셨시]\\S* 마지막\\S* 많[아은이을았]\\S* "
    "적[은게어었]\\S* 며칠\\S* 명[을이은인]?\\S{0,3} 무슨 무엇\\S* 뭐\\S* 뭔\\S* 미만\\S* 배[야예인]\\S* "
    "번째로? 벌었\\S* 보다 부터 비[싼쌌싸]\\S* 싼 사람\\S{0,2} 사이\\S* 상위 순위 순서\\S* 시간대?[는은이]? "
    "심한 쓰는 쓴 아래\\S* 위\\S? 알려\\S* 보여\\S* 말해\\S* 어느 어떤 어떻게 언제\\S* 얼마\\S* 에서\\S? 에는 "
    "여[름]에? 연간 연평균 오[는르른]\\S* 올[랐라]\\S* 내[렸려린]\\S* 오[나]\\S* 요약\\S* 설명\\S* 요일[은이]? "
    "월이야 이긴 이[랑] 이보다 이상\\S* 이하\\S* 이용\\S* 인기 있\\S* 없\\S* 잘한 잘했\\S* 잡히\\S* 잤\\S* "
    "전체\\S* 전부\\S* 점[이수]\\S* 점이야 줄[고어었]\\S* 지점[은의이]? 차[는이]\\S? 차이\\S{0,2} 처음\\S* "
    "최고\\S* 최저\\S* 최다 최소\\S* 최대\\S* 추세\\S* 크게 큰 컸\\S* 크[다고]\\S* 작[은았아]\\S* 퍼센트\\S* "
    "팔[렸린려]\\S* 판 평균\\S{0,2} 표\\S{0,2} 하루 하면 한산\\S* 할수록 합계\\S? 합[치하쳐해]\\S* 합은 총 "
    "항목[은이]? 해[는이]? 했\\S* 한 하[나는]\\S* 수[는가]? 량[은이을]? 값[은이]? 비율[은이]? 하[였]\\S* 몇 "
    "얼[마] 모두 각각 누[가구]\\S* 무[엇] 중\\S? 에 도\\S{0,2} 그리고 그때 그날 언[제] 인가요 인가 입니까 인지 "
    "이[야에]\\S* 였\\S* 였[나]\\S* 이었\\S* 이고 정도\\S* 약 거의 또는 아니면 보[면]\\S* 볼\\S* 값 첫 둘\\S? "
    "셋 세 네 두 다섯 여섯 월\\S{0,2} 주\\S? 분기\\S{0,2} 일\\S{0,2} 개월\\S{0,2} 기록\\S* 가[졌진]\\S* "
    "비교\\S* 변화\\S* 변[했한]\\S* 관계\\S* 상관\\S* 사[이] 최근\\S* 지난 초반\\S* 후반\\S* 중반\\S* 결과\\S* "
    "세로축\\S* 가로축\\S* 축\\S* 단위\\S* 제목\\S* 범례\\S* 색\\S* 막대\\S* 선\\S{0,2} 시[는] 이[상] 만큼 씩 "
    "별로 등\\S? 곳\\S{0,2} 것\\S{0,2} 데이터\\S{0,2} 원\\S{0,2} 만 천 억 백",
    "zh": "相当于? 频繁 活跃 拥挤 繁忙 忙碌 热闹 密集 冷清 清闲 空闲 稀少 稳定 波动 分散 集中 市场 龙头 领头羊 老大 "
    "带来 贡献 前两名 训练 厉害 生意 "
    "突破 "
    "调查 接近 列成 做成 整理成 列成表 "
    "一共 "
    "总共 整体(?:来看|来说|上看?|而言)? 从整体上?看 "
    "什么时候 "
    "什么样 什么 怎么样 "
    "怎么 哪一年 哪一个 哪个月 哪个 哪些 哪几[天年个月周]? 哪年 哪月 哪天 哪一?[家种项组条年月天周位]? "
    "哪里 "
    "哪儿 哪 几[倍个点分周年天月]? 多少[个人次斤度分钟钱单元]? 多少 多[大高长重久] 是不是 有没有 是否 是 的 了 "
    "吗 呢 在 有 和 与 跟 及 以及 比 从 到 各[是个]? 每[天个月年人]? 都 还 还是 也 就 被 把 让 对 为 于 而 或 "
    "或者 其中 其他 这[张个幅]? 那[个年]? 一直 一样 相同 出现 首次 最后 最初 最早 最近 最 更 越来越 越 超过 "
    "低于 高于 降到 达到 以下 以上 以内 之间 期间 全[年部]? 两[家种地个者]? 三[个]? 四 五 六个? 七[天]? 八 九 "
    "十 个 单[位]? 接待 喜欢 受欢迎 增长 增加 减少 下降 上升 下跌 上涨 涨[了]? 跌[了]? 降[了]? 升[了]? 反弹 "
    "变化 趋势 差距 差 温差 占[总]? 百分之[几多少]? 百分点 比例 百分比 份额 平均[每]? 年均 总[和数量]? 合计 "
    "加起来 第[一二三四五几]?[名位个]? 排[名第]? 排 前[三两几]? 名 位 最[高低大小多少快慢长短] 高[出]? 低 大 "
    "小 多 少 贵 便宜 快 慢 长 短 好 热 冷 花[了得]? 卖[了得出]? 睡[了]? 考[了]? 买 用 需要 要 能 会 可以 "
    "图[表中里]? 说明 显示 表示 描述 总结 介绍 横轴 纵轴 轴 线性 对数 标题 颜色 图例 关系 相关 系数 值 "
    "数[据值量]? 次[数]? 人[次数]? 时候 时间 小时 分钟 秒 天 日 月[份]? 年[份]? 周 季度 夏天 冬天 春天 秋天 "
    "开始 结束 之后 之前 以来 以后 以前 后 前 里 中 内 上 下 除了 不算 不 没 没有 请 给 我 我们 你 列出 按 "
    "从高到低 从低到高 排一下 分别 同时 相比 比较 相差 谁 如何 多重 度 倍 元 万 千 百 亿 些 只 件 家 种 类 条 "
    "情况 结果 水平 均 得 着 过 来 去 看 出 起 至 由 以 向 又 再 仍 才 只有 分 份 斤 公斤 钱 口 瘦[了]? 胖 地 "
    "区 率 量 额 价 数 学",
}
"""Words of questions that were answered right, and their like; in Korean and Chinese, parts of words as patterns."""

MEASURES: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": "kostet|gekostet|teue?r|billig|rentab|profitab|gewinn(?!t)|verlust|marge|rendite|umsatz|umsatze|kosten|"
    r"ausgabe|"
    "einnahme|"
    "kunde|mitarbeit|beschaftigt|lieferant|besucher|einwohner|schuler|student|preis|gehalt|lohn|steuer|zins|"
    "wetter|temperatur|regen|wind",
    "fr": "chere?s?$|rentab|benefice|profit|perte|marge|chiffre d|cout|depense|recette|client|employe|salarie|"
    "fournisseur|visiteur|habitant|etudiant|prix|salaire|impot|temperature|pluie|vent$",
    "es": "cuest|car[oa]s?$|barat|rentab|beneficio|ganancia|perdida|margen|ventas|coste|costo|costar|gasto|ingreso|"
    r"client|"
    "empleado|proveedor|visitante|habitante|alumno|estudiante|precio|salario|sueldo|impuesto|temperatura|"
    "lluvia",
    "ko": "요금|월급|연봉|소득|생산량|비싸|비싼|비쌌|저렴|(?<!비)싼 |이익|순이익|손실|수익|마진|비용|직원|고객|임직원|"
    "수위|기압|풍속|습도|환율|금리",
    "zh": "票价|工资|收入|销售额|营收|贵|便宜|赚钱|赚|利润|盈利|亏损|毛利|成本|员工|客户|顾客|"
    "水位|气压|风速|湿度|票房|油耗|汇率|利率",
}
"""Words for what charts measure: they are known only where a chart speaks of it, even if they mean a direction too."""

CLASSES: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"anbietern?|partei\w*|stadt|stadte\w*|land|lander\w*|region\w*|produkte?n?s?|marken?|firm\w+|"
    r"unternehmen\w*|abteilung\w*|kan[aä]l\w*|kanale\w*|verkehrsmittel|tiere?\w*|haustier\w*|sportart\w*|"
    r"sprachen?|fach|facher\w*|gericht\w*|getrank\w*|obst\w*|frucht\w*|modelle?\w*|gruppen?|klassen?|handys?|"
    r"wohnung\w*|haus|hauser\w*|kategorien?|filialen?|team\w*|mannschaft\w*|spieler\w*|energiequellen?|quellen?|"
    r"energietrager|sorten?|arten|typen|personen?|varianten?|grund|grunde\w*|posten|bereiche?\w*|tarife?\w*|linien?|"
    "strecken?",
    "fr": "operateurs?|partis?|villes?|pays|regions?|produits?|marques?|entreprises?|societes?|services?|canal|"
    "canaux|moyens?|transports?|animal|animaux|sports?|langues?|matieres?|plats?|boissons?|fruits?|modeles?|"
    r"groupes?|classes?|categories?|magasins?|equipes?|joueu\w+|sources?|types?|personnes?|variantes?|maisons?|"
    "energies?|appartements?|raisons?|postes?|eleves?|lignes?",
    "es": r"operador\w*|partidos?|ciudad\w*|pais\w*|region\w*|productos?|marcas?|empresas?|departamentos?|canal\w*|"
    r"medios?|transportes?|animal\w*|mascotas?|deportes?|idiomas?|lenguas?|asignaturas?|materias?|platos?|"
    r"bebidas?|frutas?|modelos?|grupos?|clases?|categorias?|tiendas?|supermercados?|equipos?|jugador\w*|"
    r"fuentes?|tipos?|partidas?|especies?|energias?|variantes?|razon\w*|motivos?|lineas?|casas?",
    "ko": "통신사|업체|회사|기업|정당|도시|나라|국가|지역|제품|상품|브랜드|부서|채널|교통수단|동물|종목|언어|과목|"
    "메뉴|음식|음료|과일|모델|그룹|반|카테고리|매장|지점|팀|선수|종류|항목|집|대학|학과|파트|악기|채소|야채|꽃|나무|새|곤충|물고기|"
    "간식|디저트|가구|가전|옷|장난감|직업|직종|진료과|동아리|모임|취미|장르|노선|정류장|역|나이대|연령대|조|부원|학년",
    "zh": "运营商|公司|企业|政党|城市|国家|地区|区域|产品|商品|品牌|部门|渠道|交通工具|方式|动物|宠物|运动|语言|科目|"
    "菜|饮料|水果|咖啡|模型|组|班|类别|类型|房型|车型|机型|门店|店|团队|球队|球员|来源|项目|生意|声部|乐器|"
    "蔬菜|花|树|树种|鸟|鸟类|昆虫|鱼|零食|甜点|食物|食品|家具|家电|家用电器|衣服|玩具|职业|工种|岗位|科室|社团|兴趣小组|爱好|"
    "线路|站点|车站|车辆|年龄段|年级|班级|小组|教室|房间|书|图书",
}
"""Words for kinds of things, which are known where a chart has names that are no times."""

COSTS: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"billig\w*|gunstig\w*|miete\w*|\w*preis\w*|kost\w*|preis\w*|teue?r\w*|ausgaben?|geld\w*|"
    r"ausgegeben",
    "fr": r"loyers?|cout\w*|cher\w*|prix|depens\w*|argent|consacr\w*|allou\w*",
    "es": r"barat\w*|alquiler\w*|cuesta\w*|cost\w*|car[oa]s?|precios?|gast\w*|dinero|(?:destin|dedic|asign)[ao]\w*",
    "ko": "비쌌|저렴|싼|집값|매매가|월세|비용|가격|비싸|비싼|돈",
    "zh": "便宜|房价|房租|股价|成本|费用|价格|贵|钱",
}
"""Words for what something costs, which are known where a chart has a unit of money."""

PEOPLE: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"kinder\w*|schuler\w*|leute\w*|befragte\w*|menschen|teilnehm\w*|stud\w+",
    "fr": r"enfants?|eleves?|gens|personnes?|participants?|sondes?|etudiants?|francais\w*",
    "es": "ninos?|alumnos?|personas?|encuestados?|participantes?|estudiantes?",
    "ko": "학생|사람|응답자|아이",
    "zh": "学生|孩子|受访者|人",
}
"""Words for people, which are known where a chart counts without saying what."""

IN_A_ROW: Final[dict[Language, str]] = {
    "en": r"\b(?:in a row|in succession|running|one after the other|consecutive|successive|adjacent|neighbou?ring|"
    r"back[- ]to[- ]back)\b",
    "de": r"\b(?:hintereinander|nacheinander|in folge|aufeinander ?folgend\w*|benachbart\w*|direkt folgend\w*)\b",
    "fr": r"\b(?:consécuti(?:f|ve)s?|successi(?:f|ve)s?|de suite|d['’]affilée|voisine?s?|qui se suivent)(?!\w)",
    "es": r"\b(?:consecutiv[oa]s?|seguid[oa]s?|sucesiv[oa]s?|contigu[oa]s?)\b",
    "ko": r"연속(?:으로|된|해서|하는|한)?|연이은|연달아|이웃한|인접한|잇따라",
    "zh": r"连续|相邻|接连|挨着",
}
"""What says of places that they follow each other."""
COUNTS: Final = r"anzahl|nombre|numero|cantidad|number|count|응답|人数|명|respuestas|reponses|antworten|responses"
"""Labels of axes that count."""

LOSSES: Final = r"verlust\w*|pert\w+|perdida\w*|손실|적자|亏损|赤字"
"""Words for a loss in all languages, which are known where a chart has profits."""

PROFITS: Final = r"profit|gewinn|benefi[ct]|ganancia|이익|손익|利润|盈利|盈亏"
"""Words for profits in all languages."""

PRICES: Final = (
    r"price|cost|rent|preis|miete|kosten|prix|loyer|cout|"
    r"precio|alquiler|coste|가격|매매가|월세|비용|价|费|"
    r"租|budget|presupuest|gasto|depens|ausgab|지출|예산|支出|预算"
)
"""Words of labels for what something costs, in all languages."""

PER: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"(?:pro|je) (?:mitarbeit\w+|kopf|person|kunde\w*|kundin|einwohner\w*|quadratmeter|haushalt|besuch\w*|stück)",
    "fr": r"par (?:employé|salarié|tête|personne|habitant|client|ménage|visiteur|mètre)\w*",
    "es": r"por (?:empleado|trabajador|cabeza|persona|habitante|cliente|hogar|visitante|metro)\w*",
    "ko": "(?:직원|인구|고객|방문자|가구|학생)? ?(?:1|한)? ?(?:인|명|가구)당|직원당|고객당",
    "zh": "人均|每(?:个|位|名)?(?:员工|人|客户|居民|户|平方米)",
}
"""What a mean for each of them would take."""

PER_LABEL: Final = r"\bpro\b|\bje\b|\bper\b|\bpar\b|\bpor\b|/|당|每|人均"
"""Labels of values for each of something."""

COUNTED: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"(?:wie viele|die meisten|die wenigsten|am meisten|mehr) (\w+)",
    "fr": r"(?:combien d[e']|le plus d[e']|le moins d[e']) ?(\w+)",
    "es": r"(?:cu[aá]nt[oa]s|m[aá]s|menos) (\w+)",
    "ko": "(?!)",
    "zh": "(?!)",
}
"""What is counted, so that the values must count it, whatever the title says besides."""
