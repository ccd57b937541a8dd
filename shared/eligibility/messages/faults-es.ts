// Las mismas frases en español; las claves y los valores se explican en faults-en.ts.

import type { FaultId } from '../faults.ts';

const TYPE =
  '{type, select, boolean {sí o no} number {un número} age {una edad} money {una cantidad de dinero} date {una fecha} choice {una palabra entre varias} choices {una lista de palabras} place {un lugar} members {los miembros de un hogar} other {{type}}}';
const KIND =
  '{kind, select, string {un texto} number {un número} int {un número entero} boolean {true o false} array {una lista [ … ]} object {claves con valores} record {claves con valores} tuple {una lista de dos} other {{kind}}}';
const NAME = '{path, select, none {Esto} other {«{path}»}}';
const FOUND = '{found, select, missing {nada} list {una lista} keys {un grupo de claves} other {{found}}}';

export const FAULTS_ES: Readonly<Record<FaultId, string>> = {
  'fault.rule_shape': 'Una regla es una lista de "clave: valor" que empieza con "rule: agencia/nombre".',
  'fault.no_conditions': 'Falta "eligible_when": ahí van las condiciones.',
  'fault.too_large': 'Esta regla tiene {count} condiciones; el máximo es {most}. Repártala en varios servicios o reglas.',
  'fault.too_large_to_read': 'Hasta aquí hay {count} condiciones; el máximo es {most}. Repártalas en varios servicios o reglas.',
  'fault.too_many_marks': 'Hasta aquí hay {most} listas, palabras y signos, más de los que tiene una regla.',
  'fault.too_many_oddities':
    'Hasta aquí hay {most} anclas, directivas, escapes desconocidos y corchetes que nada abrió. Escriba la regla sin ellos.',
  'fault.two_rules': 'Aquí hay una regla y detrás otra. Ponga cada una en su propio texto.',
  'fault.too_deep': 'Esto está a {depth} niveles de profundidad; el máximo es {most}. Suba grupos o únalos.',
  'fault.condition_shape': 'Una condición se escribe como {test} o {group}.',
  'fault.no_kind': 'Una condición necesita una de estas palabras: {words}.',
  'fault.two_kinds': 'Aquí solo puede estar "{first}" o "{second}". Ponga cada una en su propia lista.',
  'fault.never_enough': 'Al menos {count} de {length} no puede cumplirse nunca.',
  'fault.empty_group': '"{key}" contiene una lista de condiciones, al menos una.',
  'fault.nested_where': '"{kind} … where" no puede estar dentro de otro "where".',
  'fault.members_needed': '"{key}" nombra un dato que contiene miembros, como household.members.',
  'fault.no_members': '"{fact}" no contiene miembros. Use household.members.',
  'fault.where_missing': '"{kind}" necesita "where": una condición sobre cada miembro, como {example}.',
  'fault.fact_missing': '"fact" es el identificador de un dato, como person.age.',
  'fault.one_comparison': 'Una condición tiene exactamente una comparación; esta tiene {count}. Para "{fact}": {allowed}.',
  'fault.wrong_comparison': '"{fact}" no se puede comparar con "{comparison}". Para este dato: {allowed}.',
  'fault.service_area_elsewhere': '"service_area" solo se puede preguntar de household.place, y no dentro de "where".',
  'fault.service_area_beside': '"service_area" va sola. Ponga otras zonas en una condición propia, bajo "any".',
  'fault.unknown_table': 'No hay ninguna tabla "{table}". Tablas: {tables}.',
  'fault.unknown_table_near': 'No hay ninguna tabla "{table}". ¿Quiso decir {near}?',
  'fault.table_period':
    '"{table}" contiene cantidades por {per, select, day {día} week {semana} month {mes} other {año}}: compare con ella un dato de dinero, que también tiene un período.',
  'fault.fact_name': '"{fact}" no es el nombre de un dato: letras minúsculas, cifras y "_", como en person.age.',
  'fault.unknown_fact': 'No hay ningún dato "{fact}".',
  'fault.unknown_fact_near': 'No hay ningún dato "{fact}". ¿Quiso decir {near}?',
  'fault.inferred_fact': `No hay ningún dato "{fact}". Se toma por ${TYPE}, como se usa aquí. Declárelo: {example}.`,
  'fault.inferred_fact_near': `No hay ningún dato "{fact}". ¿Quiso decir {near}? Se toma por ${TYPE}, como se usa aquí. Declárelo: {example}.`,
  'fault.fact_of_member': '"{fact}" nombra un dato de un miembro, que solo existe en un "where". ¿Quiso decir {near}?',
  'fault.unknown_word': '"{word}" no es una palabra de las reglas aquí. Se permite: {allowed}.',
  'fault.unknown_word_near': '"{word}" no es una palabra de las reglas aquí. ¿Quiso decir {near}?',

  'fault.day_needed': '"{fact}" es una fecha: escriba un día como 2026-05-01.',
  'fault.period_needed': 'Una cantidad de dinero necesita su período: {example}.',
  'fault.no_money': '"{fact}" no es una cantidad de dinero: escriba un número.',
  'fault.no_day': '"{found}" no es un día. Escríbalo como 2026-05-01.',
  'fault.not_comparable': `"{fact}" es ${TYPE}: "{found}" no se puede comparar con ello.`,
  'fault.wrong_kind': `"{fact}" es ${TYPE}: aquí va {wanted, select, boolean {true o false} number {un número} other {una palabra}}, no {found}.`,

  'fault.schema_key': '"{key}" no es una palabra que pueda estar aquí.',
  'fault.schema_key_near': '"{key}" no es una palabra que pueda estar aquí. ¿Quiso decir {near}?',
  'fault.schema_missing': `Falta ${NAME}: ${KIND}.`,
  'fault.schema_kind': `${NAME} es ${FOUND}; aquí va ${KIND}.`,
  'fault.schema_missing_value': `Falta ${NAME}. Se permite: {allowed}.`,
  'fault.schema_value': `${NAME} es ${FOUND}. Se permite: {allowed}.`,
  'fault.schema_value_near': `${NAME} es ${FOUND}. Se permite: {allowed}. ¿Quiso decir {near}?`,
  'fault.schema_format': `${NAME} es ${FOUND}. Escriba {format, select, date {un día como 2026-05-01} other {{format}}}.`,
  'fault.schema_union': `${NAME} es ${FOUND}, que no puede estar aquí.`,
  'fault.schema_other': `${NAME}: {message}.`,

  'fault.repeated': 'La misma condición está aquí dos veces.',
  'fault.bounds_crossed': 'El límite inferior está por encima del superior, así que no hay nada entre ellos.',
  'fault.nobody_passes':
    'Esto {outcome, select, always {se cumple siempre} other {no se cumple nunca}}{beside, select, yes { junto a las condiciones que lo rodean} other {}}, así que nadie lo pasa.',
  'fault.everybody_passes': 'Esto y sus alternativas juntas se cumplen para todos, así que el grupo no decide nada.',
  'fault.settled': 'Las condiciones que la rodean ya lo deciden, así que esta no decide nada.',
  'fault.missing_translation': 'Este texto falta en: {languages}.',
  'fault.unknown_option': '"{word}" no es un valor de "{fact}". Sus valores: {allowed}.',
  'fault.unknown_option_near': '"{word}" no es un valor de "{fact}". ¿Quiso decir {near}?',
  'fault.duplicate_id': 'El identificador "{id}" se usa dos veces: los motivos no podrían distinguirlos.',
  'fault.unknown_condition': 'Ninguna condición tiene el identificador "{id}".',
  'fault.unknown_condition_near': 'Ninguna condición tiene el identificador "{id}". ¿Quiso decir {near}?',
  'fault.other_figure': 'La frase dice {figures}, que no es lo que pide la condición. Escríbala de nuevo o quítela.',
  'fault.typed_amount':
    'Esta cantidad es el {percent} % de "{table}" para {entry} desde {from}: escrita a mano, será incorrecta tras la próxima actualización. Remita a la tabla.',
  'fault.protected_attribute':
    '"{fact}" es una característica protegida, y esto excluye a personas por ella. Indique la ley o norma que lo permite: legal_basis: "…".',

  'fault.rule_untested': 'Esta regla no tiene pruebas. Añada algunas bajo "tests": cada una con datos y el resultado que deben dar.',
  'fault.branch_untested':
    'Ninguna prueba tiene un caso {outcome, select, met {en que se cumple} failed {en que no se cumple} other {que dependa de ello}} ({condition}).',
  'fault.test_verdict': 'Resulta "{got}", no "{expected}".',
  'fault.test_reason': '"{id}" no está entre los motivos: {reasons, select, none {ninguno} other {{reasons}}}.',
  'fault.test_unwanted_reason': '"{id}" está entre los motivos, y la prueba dice que no debe estar.',
  'fault.test_open': '"{fact}" no está entre los datos por preguntar: {open, select, none {ninguno} other {{open}}}.',

  'fix.write': 'Escribir "{word}"',
  'fix.write_value': 'Escribir {value}',
  'fix.write_percent': 'Escribir {percent} % de {table}',
  'fix.monthly': 'Escribirlo como cantidad al mes',
  'fix.remove_repetition': 'Quitar la repetición',
  'fix.remove_condition': 'Quitar esta condición',
  'fix.swap_bounds': 'Intercambiar los límites',
  'fix.add_languages': 'Añadir los idiomas, para completarlos',
  'fix.drop_sentence': 'Quitar la frase: se forma una a partir de la condición',
  'fix.add_legal_basis': 'Añadir una base legal, para completarla',
};
