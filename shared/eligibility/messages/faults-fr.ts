// Les mêmes phrases en français ; les clés et les valeurs sont expliquées dans faults-en.ts.

import type { FaultId } from '../faults.ts';

const TYPE =
  '{type, select, boolean {oui ou non} number {un nombre} age {un âge} money {un montant} date {une date} choice {un mot parmi plusieurs} choices {une liste de mots} place {un lieu} members {les membres d’un foyer} other {{type}}}';
const KIND =
  '{kind, select, string {un texte} number {un nombre} int {un nombre entier} boolean {true ou false} array {une liste [ … ]} object {des clés avec des valeurs} record {des clés avec des valeurs} tuple {une liste de deux} other {{kind}}}';
const NAME = '{path, select, none {Ceci} other {« {path} »}}';
const FOUND = '{found, select, missing {absent} list {une liste} keys {un groupe de clés} other {{found}}}';

export const FAULTS_FR: Readonly<Record<FaultId, string>> = {
  'fault.rule_shape': 'Une règle est une liste de « clé: valeur » qui commence par « rule: organisme/nom ».',
  'fault.no_conditions': '« eligible_when » manque : c’est là que sont les conditions.',
  'fault.too_large': 'Cette règle a {count} conditions ; {most} au plus. Répartissez-la en plusieurs services ou règles.',
  'fault.too_large_to_read': 'Il y a {count} conditions jusqu’ici ; {most} au plus. Répartissez-les en plusieurs services ou règles.',
  'fault.too_many_marks': 'Il y a jusqu’ici {most} listes, mots et signes, plus que n’en a une règle.',
  'fault.too_many_oddities':
    'Il y a jusqu’ici {most} ancres, directives, échappements inconnus et crochets que rien n’ouvre. Écrivez la règle sans eux.',
  'fault.two_rules': 'Une règle se trouve ici, et une autre à sa suite. Mettez chacune dans son propre texte.',
  'fault.too_deep': 'Ceci est à {depth} niveaux de profondeur ; {most} au plus. Remontez des groupes ou réunissez-les.',
  'fault.condition_shape': 'Une condition s’écrit comme {test} ou {group}.',
  'fault.no_kind': 'Une condition a besoin d’un de ces mots : {words}.',
  'fault.two_kinds': '« {first} » et « {second} » ne peuvent pas se trouver ici ensemble. Mettez chacun dans sa propre liste.',
  'fault.never_enough': 'Au moins {count} sur {length} ne peut jamais être rempli.',
  'fault.empty_group': '« {key} » contient une liste de conditions, une au moins.',
  'fault.nested_where': '« {kind} … where » ne peut pas se trouver dans un autre « where ».',
  'fault.members_needed': '« {key} » nomme une donnée qui contient des membres, comme household.members.',
  'fault.no_members': '« {fact} » ne contient pas de membres. Utilisez household.members.',
  'fault.where_missing': '« {kind} » a besoin de « where » : une condition sur chaque membre, comme {example}.',
  'fault.fact_missing': '« fact » est l’identifiant d’une donnée, comme person.age.',
  'fault.one_comparison': 'Une condition a exactement une comparaison, celle-ci en a {count}. Pour « {fact} » : {allowed}.',
  'fault.wrong_comparison': '« {fact} » ne peut pas être comparé par « {comparison} ». Pour cette donnée : {allowed}.',
  'fault.service_area_elsewhere': '« service_area » ne se demande que de household.place, et pas dans un « where ».',
  'fault.service_area_beside': '« service_area » va seule. Mettez les autres zones dans une condition à part, sous « any ».',
  'fault.unknown_table': 'Il n’y a pas de table « {table} ». Tables : {tables}.',
  'fault.unknown_table_near': 'Il n’y a pas de table « {table} ». Vouliez-vous dire {near} ?',
  'fault.table_period':
    '« {table} » contient des montants par {per, select, day {jour} week {semaine} month {mois} other {an}} : comparez-la à une donnée de type montant, qui a aussi une période.',
  'fault.fact_name': '« {fact} » n’est pas un nom de donnée : lettres minuscules, chiffres et « _ », comme dans person.age.',
  'fault.unknown_fact': 'Il n’y a pas de donnée « {fact} ».',
  'fault.unknown_fact_near': 'Il n’y a pas de donnée « {fact} ». Vouliez-vous dire {near} ?',
  'fault.inferred_fact': `Il n’y a pas de donnée « {fact} ». Elle est prise pour ${TYPE}, d’après son emploi ici. Déclarez-la : {example}.`,
  'fault.inferred_fact_near': `Il n’y a pas de donnée « {fact} ». Vouliez-vous dire {near} ? Elle est prise pour ${TYPE}, d’après son emploi ici. Déclarez-la : {example}.`,
  'fault.fact_of_member': '« {fact} » nomme une donnée d’un membre, qui n’existe que dans un « where ». Vouliez-vous dire {near} ?',
  'fault.unknown_word': '« {word} » n’est pas un mot des règles à cet endroit. Permis : {allowed}.',
  'fault.unknown_word_near': '« {word} » n’est pas un mot des règles à cet endroit. Vouliez-vous dire {near} ?',

  'fault.day_needed': '« {fact} » est une date : écrivez un jour comme 2026-05-01.',
  'fault.period_needed': 'Un montant a besoin de sa période : {example}.',
  'fault.no_money': '« {fact} » n’est pas un montant : écrivez un nombre.',
  'fault.no_day': '« {found} » n’est pas un jour. Écrivez-le comme 2026-05-01.',
  'fault.not_comparable': `« {fact} » est ${TYPE} : « {found} » ne peut pas lui être comparé.`,
  'fault.wrong_kind': `« {fact} » est ${TYPE} : il faut ici {wanted, select, boolean {true ou false} number {un nombre} other {un mot}}, pas {found}.`,

  'fault.schema_key': '« {key} » n’est pas un mot qui peut se trouver ici.',
  'fault.schema_key_near': '« {key} » n’est pas un mot qui peut se trouver ici. Vouliez-vous dire {near} ?',
  'fault.schema_missing': `${NAME} manque : ${KIND}.`,
  'fault.schema_kind': `${NAME} est ${FOUND} ; il faut ici ${KIND}.`,
  'fault.schema_missing_value': `${NAME} manque. Permis : {allowed}.`,
  'fault.schema_value': `${NAME} est ${FOUND}. Permis : {allowed}.`,
  'fault.schema_value_near': `${NAME} est ${FOUND}. Permis : {allowed}. Vouliez-vous dire {near} ?`,
  'fault.schema_format': `${NAME} est ${FOUND}. Écrivez {format, select, date {un jour comme 2026-05-01} other {{format}}}.`,
  'fault.schema_union': `${NAME} est ${FOUND}, ce qui ne peut pas se trouver ici.`,
  'fault.schema_other': `${NAME} : {message}.`,

  'fault.repeated': 'La même condition se trouve ici deux fois.',
  'fault.bounds_crossed': 'La limite inférieure est au-dessus de la limite supérieure : rien ne se trouve entre elles.',
  'fault.nobody_passes':
    'Ceci {outcome, select, always {est toujours rempli} other {n’est jamais rempli}}{beside, select, yes { avec les conditions qui l’entourent} other {}} : personne ne passe.',
  'fault.everybody_passes': 'Ceci et ses alternatives valent ensemble pour tout le monde : le groupe ne décide rien.',
  'fault.settled': 'Les conditions qui l’entourent en décident déjà : celle-ci ne décide rien.',
  'fault.missing_translation': 'Ce texte manque en : {languages}.',
  'fault.unknown_option': '« {word} » n’est pas une valeur de « {fact} ». Ses valeurs : {allowed}.',
  'fault.unknown_option_near': '« {word} » n’est pas une valeur de « {fact} ». Vouliez-vous dire {near} ?',
  'fault.duplicate_id': 'L’identifiant « {id} » sert deux fois : les motifs ne pourraient pas les distinguer.',
  'fault.unknown_condition': 'Aucune condition n’a l’identifiant « {id} ».',
  'fault.unknown_condition_near': 'Aucune condition n’a l’identifiant « {id} ». Vouliez-vous dire {near} ?',
  'fault.other_figure': 'La phrase dit {figures}, ce que la condition ne demande pas. Récrivez-la ou retirez-la.',
  'fault.typed_amount':
    'Ce montant est {percent} % de « {table} » pour {entry} au {from} : écrit tel quel, il sera faux après la prochaine mise à jour. Renvoyez à la table.',
  'fault.protected_attribute':
    '« {fact} » est une caractéristique protégée, et ceci exclut des personnes à cause d’elle. Indiquez la loi ou la règle qui le permet : legal_basis: "…".',

  'fault.rule_untested': 'Cette règle n’a pas de tests. Ajoutez-en sous « tests » : chacun avec des données et le résultat attendu.',
  'fault.branch_untested':
    'Aucun test n’a de cas {outcome, select, met {où c’est rempli} failed {où ce n’est pas rempli} other {qui en dépend}} ({condition}).',
  'fault.test_verdict': 'Le résultat est « {got} », pas « {expected} ».',
  'fault.test_reason': '« {id} » n’est pas parmi les motifs : {reasons, select, none {aucun} other {{reasons}}}.',
  'fault.test_unwanted_reason': '« {id} » est parmi les motifs, alors que l’essai l’exclut.',
  'fault.test_open': '« {fact} » n’est pas parmi les données à demander : {open, select, none {aucune} other {{open}}}.',

  'fix.write': 'Écrire « {word} »',
  'fix.write_value': 'Écrire {value}',
  'fix.write_percent': 'Écrire {percent} % de {table}',
  'fix.monthly': 'L’écrire comme montant par mois',
  'fix.remove_repetition': 'Retirer la répétition',
  'fix.remove_condition': 'Retirer cette condition',
  'fix.swap_bounds': 'Échanger les limites',
  'fix.add_languages': 'Ajouter les langues, à remplir',
  'fix.drop_sentence': 'Retirer la phrase : elle se forme d’après la condition',
  'fix.add_legal_basis': 'Ajouter une base légale, à remplir',
};
