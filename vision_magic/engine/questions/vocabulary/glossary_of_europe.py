"""What charts measure and compare, and their abbreviations, in English, German, French and Spanish.

"AT" is asked for as "Österreich", "Legal" as "Rechtsabteilung", "Verum" as "Wirkstoff", "Carrier" as "transporteur".
"""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import LANGUAGES, Language

__all__ = ["EUROPEAN_GLOSSARY"]

# English with codes and abbreviations; German; French; Spanish. Other ways to say it stand behind a slash.
_COUNTRIES: Final = """
germany/DE/GER/DEU/german/germans; deutschland/DE/BRD/deutsche/deutschen; allemagne/allemand/allemande/\
allemands; alemania/alemán/\
alemana
austria/AT/AUT/austrian/austrians; österreich/AT/österreichische/österreichischen; autriche/autrichien/\
autrichienne; austria/austriaca/\
austriaco
switzerland/CH/SUI/CHE/swiss; schweiz/CH/schweizer; suisse/helvétique; suiza/suizo
france/FR/FRA/french; frankreich/FR/französische; france/français/française; francia/francés/francesa
spain/ES/ESP/spanish/spaniard/spaniards; spanien/ES/spanische/spanischen; espagne/espagnol/espagnole; españa/\
español/española
italy/IT/ITA/italian/italians; italien/italienische/italienischen; italie/italien/italienne; italia/italiano/italiana
portugal/PT/POR/PRT/portuguese; portugal/portugiesische; portugal/portugais; portugal/portugués
netherlands/NL/NLD/NED/dutch/holland; niederlande/niederlanden/holland; pays-bas/hollande; países bajos/holanda
belgium/BE/BEL/belgian/belgians; belgien/belgische; belgique/belge; bélgica/belga
poland/PL/POL/polish/poles; polen/polnische; pologne/polonais; polonia/polaco
czechia/CZ/CZE/czech republic/czech/czechs; tschechien; tchéquie/république tchèque; chequia/república checa
denmark/DK/DEN/DNK/danish/danes; dänemark/dänische; danemark/danois; dinamarca/danés
sweden/SE/SWE/swedish/swede/swedes; schweden/schwedische; suède/suédois; suecia/sueco
norway/NO/NOR/norwegian/norwegians; norwegen/norwegische; norvège/norvégien; noruega/noruego
finland/FI/FIN/finnish/finns; finnland/finnische; finlande/finlandais; finlandia/finlandés
greece/GR/GRE/GRC/greek/greeks; griechenland/griechische; grèce/grec; grecia/griego
hungary/HU/HUN/hungarian/hungarians; ungarn/ungarische; hongrie/hongrois; hungría/húngaro
ireland/IE/IRL/irish; irland/irische; irlande/irlandais; irlanda/irlandés
romania/RO/ROU/romanian/romanians; rumänien; roumanie; rumanía
turkey/TR/TUR/turkish/turks; türkei; turquie; turquía
russia/RU/RUS/russian/russians; russland; russie; rusia
ukraine/UA/UKR/ukrainian/ukrainians; ukraine; ukraine; ucrania
united kingdom/UK/GB/GBR/great britain/britain/british/brits; großbritannien/\
vereinigtes königreich; royaume-uni/grande-bretagne; \
reino unido/gran bretaña
united states/US/USA/american/americans; usa/vereinigte staaten/amerika; états-unis/amérique; estados unidos/eeuu
canada/CA/CAN/canadian/canadians; kanada; canada; canadá
mexico/MX/MEX/mexican/mexicans; mexiko; mexique; méxico/mexicano
brazil/BR/BRA/brazilian/brazilians; brasilien; brésil; brasil/brasileño
argentina/AR/ARG/argentinian/argentine/argentinians; argentinien; argentine; argentina
chile/CL/CHL/chilean/chileans; chile; chili; chile/chileno
colombia/CO/COL/colombian/colombians; kolumbien; colombie; colombia
japan/JP/JPN/japanese; japan; japon; japón
china/CN/CHN/chinese; china; chine; china
south korea/KR/KOR/korean/koreans; südkorea; corée du sud; corea del sur
india/IN/IND/indian/indians; indien; inde; india
australia/AU/AUS/australian/australians; australien; australie; australia
egypt/EG/EGY/egyptian/egyptians; ägypten; égypte; egipto
morocco/MA/MAR/moroccan/moroccans; marokko; maroc; marruecos
nigeria/NG/NGA/nigerian/nigerians; nigeria; nigeria; nigeria
kenya/KE/KEN/kenyan/kenyans; kenia; kenya; kenia
south africa/ZA/RSA/south african/south africans; südafrika; afrique du sud; sudáfrica
"""
_CITIES: Final = """
basel; basel; bâle; basilea
bern; bern; berne; berna
geneva/genf; genf; genève; ginebra
lucerne/luzern; luzern; lucerne; lucerna
turin/torino; turin; turin; turín
florence/firenze; florenz; florence; florencia
naples/napoli; neapel; naples; nápoles
venice/venezia; venedig; venise; venecia
seville/sevilla; sevilla; séville; sevilla
nuremberg/nürnberg; nürnberg; nuremberg; núremberg
dresden; dresden; dresde; dresde
leipzig; leipzig; leipzig; leipzig
antwerp/antwerpen; antwerpen; anvers; amberes
moscow; moskau; moscou; moscú
budapest; budapest; budapest; budapest
dublin; dublin; dublin; dublín
"""
_TERMS: Final = """
legal/law; recht/rechts/rechtsabteilung/jura/juristen; juridique/service juridique/droit; jurídico/legal/\
departamento legal
marketing/mktg; marketing/marketingabteilung/werbung; marketing/service marketing; mercadotecnia/marketing
sales/sales department; vertrieb/vertriebsabteilung; ventes/commercial/service commercial; ventas/comercial
human resources/hr; personal/personalabteilung/personalwesen; ressources humaines/rh; recursos humanos/rrhh
operations/ops; betrieb/produktion; opérations/exploitation; operaciones
research/r&d/r\\&d/research and development; forschung/entwicklung/forschung und entwicklung; recherche/r et d; \
investigación/i+d/investigación y desarrollo
finance/accounting; finanzen/buchhaltung/finanzabteilung; finance/comptabilité; finanzas/contabilidad
actual/spent; ist/istwert/tatsächlich; réel/réalisé; real/ejecutado
plan/planned/budget/budgeted; plan/budget/geplant; prévu/budget; presupuesto/previsto
drug/active/verum/treatment/treated; wirkstoff/verum/medikament/medikaments/mittel/präparat; \
médicament/traitement/traités/traitées/principe actif; fármaco/medicamento/tratamiento/tratados/tratadas
placebo; placebo/scheinmedikament; placebo; placebo
control/untreated/baseline; kontrolle/kontrollgruppe/unbehandelt/unbehandelte/ungedüngt; témoin/témoins/contrôle/\
non traité; \
control/sin tratar/testigo
healthy; gesund/gesunde/gesunden; sain/sains/saine/saines/bonne santé; sano/sanos/sana/sanas
blight; fäule; mildiou; tizón
rust; rost; rouille; roya
mildew; mehltau; oïdium; mildiu/oídio
carrier/courier/shipper; paketdienst/paketdienste/kurier/zusteller/lieferdienst; transporteur/transporteurs/livreur; \
transportista/mensajería
salaries/wages/payroll/salaires; gehälter/löhne/personalkosten; salaires/paie/paye/rémunérations; salarios/sueldos/\
nóminas
travel/trips/transport costs; reisen/fahrten/reisekosten; déplacements/trajets/voyages; viajes/desplazamientos
premises/rent; räume/miete/raummiete; location/location de salles/loyers; alquiler/alquiler de locales
equipment/material; material/ausrüstung/geräte; matériel/équipement/matos; material/equipo
insurance; versicherung/versicherungen; assurance/assurances; seguro/seguros
photovoltaic/solar/pv; photovoltaik/solar/sonnenenergie/sonnenstrom; photovoltaïque/solaire; fotovoltaica/solar
wind/wind power; windkraft/windenergie/wind; éolien/éolienne/vent; eólica/viento
nuclear/nuclear power; kernkraft/atomkraft/kernenergie/atomenergie; nucléaire/centrales nucléaires; \
nuclear/centrales nucleares
hydro/hydropower; wasserkraft; hydraulique/hydroélectrique; hidráulica/hidroeléctrica
coal; kohle/kohlekraft/steinkohle; charbon; carbón
promotion/career; beförderung/aufstieg/karriere; promotion/avancement/carrière; promoción/ascenso/ascender/ascensos
working hours/schedule; arbeitszeit/arbeitszeiten/dienstplan; horaires/temps de travail; horario/jornada
pay/salary; gehalt/bezahlung/lohn; salaire/rémunération; salario/sueldo
atmosphere/climate; klima/stimmung/betriebsklima; ambiance/climat; ambiente/clima
training/education; weiterbildung/schulung/ausbildung; formation; formación/capacitación
canteen/cafeteria; kantine/mensa; cantine/cafétéria; comedor/cantina
blood pressure/bp/sbp/systolic; blutdruck/rr; tension/pression artérielle; presión/tensión/tensión arterial/tas
pulse/heart rate; puls/herzfrequenz; pouls/fréquence cardiaque; pulso/frecuencia cardíaca
bikes/cyclists/bicycles; fahrräder/radfahrer/räder; vélos/vélo/cyclistes/pédale/pédaler/bicyclette/bécane; \
bicicletas/ciclistas/bicis
cars/vehicles/kfz; autos/fahrzeuge/kfz/pkw; voitures/voiture/véhicules/automobiles/bagnole/bagnoles; \
coches/vehículos/autos/carros
trucks/lorries; lkw/lastwagen; camions/poids lourds; camiones
pedestrians; fußgänger; piétons; peatones
passengers/riders; fahrgäste/passagiere/reisende; passagers/voyageurs; pasajeros/viajeros
runners; läufer/läuferinnen; coureurs/coureuses; corredores/corredoras
flats/apartments/housing; wohnungen/wohnung; appartements/appartement/logements; pisos/piso/viviendas/apartamentos
district/neighbourhood; bezirk/stadtteil/viertel; quartier/arrondissement; barrio/distrito
goals; tore; buts; goles/tantos
points; punkte; points; puntos
table position/position/rank; tabellenplatz/platz/rang; rang/place/classement; puesto/posición
editions/books/prints; ausgaben/bücher/drucke; éditions/livres; ediciones/libros
inflation/cpi/consumer prices/vpi; inflation/teuerung/inflationsrate/preissteigerung/vpi; inflation/hausse des prix; \
inflación/ipc/subida de precios
unemployment; arbeitslosigkeit/arbeitslosenquote; chômage/taux de chômage; desempleo/paro
growth rate/growth; wachstum/wachstumsrate; croissance; crecimiento
precipitation/rainfall/rain; niederschlag/niederschläge/regen; précipitations/pluie/pluies; precipitación/\
precipitaciones/lluvia
temperature; temperatur/temperaturen; température/températures; temperatura/temperaturas
humidity; luftfeuchtigkeit/feuchtigkeit; humidité; humedad
harvest/yield/grain yield; ernte/ertrag/erträge/kornertrag; récolte/rendement/rendements; cosecha/rendimiento
wheat; weizen; blé; trigo
barley; gerste; orge; cebada
maize/corn; mais; maïs; maíz
rye; roggen; seigle; centeno
oats; hafer; avoine; avena
potatoes; kartoffeln; pommes de terre; patatas/papas
rice; reis; riz; arroz
beef; rindfleisch/rind; bœuf; vacuno/ternera
pork; schweinefleisch/schwein; porc; cerdo
chicken/poultry; hähnchen/geflügel/huhn; poulet/volaille; pollo/aves
cheese; käse; fromage; queso
eggs; eier; œufs; huevos
vegetables; gemüse; légumes; verduras/hortalizas
fruit/fruits; obst/früchte; fruits; frutas/fruta
sugar; zucker; sucre; azúcar
butter; butter; beurre; mantequilla
chocolate; schokolade/schoko; chocolat; chocolate
loss/train loss/training loss; trainingsverlust/verlust; perte d'entraînement/perte; pérdida
validation/val/validation loss; validierung/validierungsverlust; validation/perte de validation; validación/\
pérdida de validación
error rate; fehlerrate/fehlerquote; taux d'erreur; tasa de error
throughput; durchsatz; débit; rendimiento/caudal
latency; latenz/verzögerung; latence; latencia
speed; geschwindigkeit/tempo; vitesse; velocidad
distance; entfernung/strecke/distanz; distance; distancia
duration/time; dauer/zeit; durée/temps; duración/tiempo
weight/body mass; gewicht/körpergewicht; poids/masse; peso/masa
height; größe/körpergröße/höhe; taille/hauteur; altura/estatura
depth/snow depth; tiefe/schneehöhe; profondeur/épaisseur/hauteur; profundidad/espesor
width; breite; largeur; anchura
concentration; konzentration; concentration; concentración
pressure; druck; pression; presión
voltage; spannung; tension; tensión/voltaje
current; strom/stromstärke; courant; corriente
power; leistung; puissance; potencia
energy; energie; énergie; energía
frequency; frequenz/häufigkeit; fréquence; frecuencia
intensity; intensität/helligkeit; intensité; intensidad
reaction time; reaktionszeit; temps de réaction; tiempo de reacción
braking distance; bremsweg; distance de freinage; distancia de frenado
survival; überleben/überlebensrate; survie; supervivencia
deaths/mortality; todesfälle/tote/sterblichkeit; décès/mortalité/morts; muertes/mortalidad/fallecidos
births; geburten; naissances; nacimientos
cases/infections; fälle/infektionen/erkrankungen; cas/infections; casos/infecciones/contagios
flu/influenza/ili; grippe/influenza; grippe; gripe
hospital; krankenhaus/klinik; hôpital/clinique; hospital/clínica
patients; patienten/patientinnen; patients; pacientes
nurses; pflegekräfte/pfleger; infirmiers/infirmières; enfermeros/enfermeras
doctors; ärzte/ärztinnen; médecins; médicos
teachers; lehrer/lehrkräfte; enseignants/professeurs; profesores/docentes
girls; mädchen; filles; chicas/niñas
boys; jungen/jungs; garçons; chicos/niños
children; kinder; enfants; niños/hijos
adults; erwachsene; adultes; adultos
seniors/elderly; senioren/ältere; seniors/personnes âgées; mayores/ancianos
households; haushalte; ménages/foyers; hogares
tourists/visitors; touristen/besucher/gäste; touristes/visiteurs; turistas/visitantes
overnight stays/nights; übernachtungen; nuitées; pernoctaciones
morning shift/early; frühschicht/früh; équipe du matin/matin; turno de mañana/mañana
late shift/late; spätschicht/spät; équipe du soir/soir; turno de tarde/tarde
night shift/night; nachtschicht/nacht; équipe de nuit/nuit; turno de noche/noche
pieces/units/output; stück/stückzahl/teile; pièces/unités; piezas/unidades
summer tyres; sommerreifen; pneus été; neumáticos de verano
cycle/cycles/cycle number; zyklus/zyklen/ladezyklen; cycle/cycles; ciclo/ciclos
cell; zelle/zellen; cellule; celda
capacity; kapazität; capacité; capacidad
epoch; epoche/epochen; époque/époques/epoch; época/épocas
accuracy; genauigkeit/trefferquote; exactitude/précision; exactitud/precisión
gain; verstärkung; gain; ganancia
catalyst; katalysator/katalysatoren; catalyseur/catalyseurs; catalizador/catalizadores
volume; volumen/menge; volume; volumen
share/share price/stock; aktie/kurs; action/cours; acción/cotización
closing price/close; schlusskurs; clôture/cours de clôture; cierre/precio de cierre
station; station/haltestelle; station/gare; estación
model; modell; modèle; modelo
helium/He; helium; hélium; helio
hydrogen/H; wasserstoff; hydrogène; hidrógeno
systolic/tas/pas; systolisch; tension artérielle/pression; tensión arterial/presión
leaves; blätter; feuilles; hojas
winter tyres; winterreifen; pneus hiver; neumáticos de invierno
"""


def _rows() -> tuple[dict[Language, tuple[str, ...]], ...]:
    none: dict[Language, tuple[str, ...]] = dict.fromkeys(LANGUAGES, ())
    lines = (line.split(";") for line in f"{_COUNTRIES}{_CITIES}{_TERMS}".strip().splitlines() if line)
    said = ((part.strip().split("/") for part in line) for line in lines)
    return tuple(none | {"en": tuple(en), "de": tuple(de), "fr": tuple(fr), "es": tuple(es)} for en, de, fr, es in said)


EUROPEAN_GLOSSARY: Final = _rows()
"""For each term, its words in four languages; codes of countries are in capital letters."""
