// What is wrong with a rule, one sentence for each kind of fault, and what mends it. Loaded where rules are written, not where
// they only decide. `near` is the word that was probably meant; `type` is the type of a fact; words of the format stay as they are.

const TYPE =
  '{type, select, boolean {yes or no} number {a number} age {an age} money {an amount of money} date {a date} choice {one word of several} choices {a list of words} place {a place} members {the members of a household} other {{type}}}';
const KIND =
  '{kind, select, string {a text} number {a number} int {a whole number} boolean {true or false} array {a list [ … ]} object {keys with values} record {keys with values} tuple {a list of two} other {{kind}}}';
const NAME = '{path, select, none {This} other {"{path}"}}';
const FOUND = '{found, select, missing {missing} list {a list} keys {a group of keys} other {{found}}}';

export const FAULTS_EN = {
  'fault.rule_shape': 'A rule is a list of "key: value", beginning with "rule: agency/name".',
  'fault.no_conditions': '"eligible_when" is missing: it holds the conditions.',
  'fault.too_large': 'This rule has {count} conditions; {most} are the most. Split it into several services or rules.',
  'fault.too_large_to_read': 'Up to here stand {count} conditions; {most} are the most. Split it into several services or rules.',
  'fault.too_many_marks': 'Up to here stand {most} lists, words and marks, more than a rule has.',
  'fault.too_many_oddities':
    'Up to here stand {most} anchors, directives, unknown escapes and brackets that nothing opened. Write the rule without them.',
  'fault.two_rules': 'One rule stands here, and another one after it. Put each in a text of its own.',
  'fault.too_deep': 'This stands {depth} levels deep; {most} are the most. Move groups up, or join them.',
  'fault.condition_shape': 'A condition is written like {test} or {group}.',
  'fault.no_kind': 'A condition needs one of: {words}.',
  'fault.two_kinds': 'Only one of "{first}" and "{second}" can stand here. Put each in a list of its own.',
  'fault.never_enough': 'At least {count} of {length} can never hold.',
  'fault.empty_group': '"{key}" holds a list of conditions, at least one.',
  'fault.nested_where': '"{kind} … where" cannot stand inside another "where".',
  'fault.members_needed': '"{key}" names a fact that holds members, such as household.members.',
  'fault.no_members': '"{fact}" holds no members. Use household.members.',
  'fault.where_missing': '"{kind}" needs "where": a condition on each member, such as {example}.',
  'fault.fact_missing': '"fact" is the id of a fact, such as person.age.',
  'fault.one_comparison': 'A condition has exactly one comparison, this has {count}. For "{fact}": {allowed}.',
  'fault.wrong_comparison': '"{fact}" cannot be compared by "{comparison}". For it: {allowed}.',
  'fault.service_area_elsewhere': '"service_area" can be asked of household.place only, and not inside "where".',
  'fault.service_area_beside': '"service_area" stands alone. Put other areas in a condition of their own, under "any".',
  'fault.unknown_table': 'There is no table "{table}". Tables: {tables}.',
  'fault.unknown_table_near': 'There is no table "{table}". Did you mean {near}?',
  'fault.table_period':
    '"{table}" holds amounts a {per, select, day {day} week {week} month {month} other {year}}: compare a fact of type money with it, which has a period too.',
  'fault.fact_name': '"{fact}" is no name of a fact: lower-case letters, digits and "_", as in person.age.',
  'fault.unknown_fact': 'There is no fact "{fact}".',
  'fault.unknown_fact_near': 'There is no fact "{fact}". Did you mean {near}?',
  'fault.inferred_fact': `There is no fact "{fact}". It is taken for ${TYPE}, as it is used here. Declare it: {example}.`,
  'fault.inferred_fact_near': `There is no fact "{fact}". Did you mean {near}? It is taken for ${TYPE}, as it is used here. Declare it: {example}.`,
  'fault.fact_of_member': '"{fact}" names a fact of a member, which only a "where" has. Did you mean {near}?',
  'fault.unknown_word': '"{word}" is not a word of rules here. Allowed: {allowed}.',
  'fault.unknown_word_near': '"{word}" is not a word of rules here. Did you mean {near}?',

  'fault.day_needed': '"{fact}" is a date: write a day as 2026-05-01.',
  'fault.period_needed': 'An amount of money needs its period: {example}.',
  'fault.no_money': '"{fact}" is no amount of money: write a number.',
  'fault.no_day': '"{found}" is no day. Write it as 2026-05-01.',
  'fault.not_comparable': `"{fact}" is ${TYPE}: "{found}" cannot be compared with it.`,
  'fault.wrong_kind': `"{fact}" is ${TYPE}: {wanted, select, boolean {true or false} number {a number} other {a word}} stands here, not {found}.`,

  'fault.schema_key': '"{key}" is not a word that can stand here.',
  'fault.schema_key_near': '"{key}" is not a word that can stand here. Did you mean {near}?',
  'fault.schema_missing': `${NAME} is missing: ${KIND}.`,
  'fault.schema_kind': `${NAME} is ${FOUND}; ${KIND} stands here.`,
  'fault.schema_missing_value': `${NAME} is missing. Allowed: {allowed}.`,
  'fault.schema_value': `${NAME} is ${FOUND}. Allowed: {allowed}.`,
  'fault.schema_value_near': `${NAME} is ${FOUND}. Allowed: {allowed}. Did you mean {near}?`,
  'fault.schema_format': `${NAME} is ${FOUND}. Write {format, select, date {a day as 2026-05-01} other {{format}}}.`,
  'fault.schema_union': `${NAME} is ${FOUND}, which cannot stand here.`,
  'fault.schema_other': `${NAME}: {message}.`,

  'fault.repeated': 'The same condition stands here twice.',
  'fault.bounds_crossed': 'The lower bound stands above the upper one, so nothing lies between them.',
  'fault.nobody_passes':
    'This {outcome, select, always {always} other {never}} holds{beside, select, yes { beside the conditions around it} other {}}, so nobody gets past it.',
  'fault.everybody_passes': 'This and its alternatives together hold for everybody, so the group decides nothing.',
  'fault.settled': 'The conditions around this one settle it already, so it decides nothing.',
  'fault.missing_translation': 'This text is missing in: {languages}.',
  'fault.unknown_option': '"{word}" is no value of "{fact}". Its values: {allowed}.',
  'fault.unknown_option_near': '"{word}" is no value of "{fact}". Did you mean {near}?',
  'fault.duplicate_id': 'The id "{id}" is used twice: reasons could not tell the two apart.',
  'fault.unknown_condition': 'No condition has the id "{id}".',
  'fault.unknown_condition_near': 'No condition has the id "{id}". Did you mean {near}?',
  'fault.other_figure': 'The sentence says {figures}, which is not what the condition asks. Write it anew, or take it away.',
  'fault.typed_amount':
    'This amount is {percent}% of "{table}" for {entry} as of {from}: typed, it will be wrong after the next update. Refer to the table.',
  'fault.protected_attribute':
    '"{fact}" is a protected characteristic, and this excludes people by it. State the law or policy that allows it: legal_basis: "…".',

  'fault.rule_untested': 'This rule has no tests. Add some under "tests": each with facts and the verdict that they must give.',
  'fault.branch_untested':
    'No test has a case {outcome, select, met {in which it holds} failed {in which it fails} other {that comes down to it}} ({condition}).',
  'fault.test_verdict': 'It comes out as "{got}", not as "{expected}".',
  'fault.test_reason': '"{id}" is not among the reasons: {reasons, select, none {none} other {{reasons}}}.',
  'fault.test_unwanted_reason': '"{id}" is among the reasons, and the test says that it must not be.',
  'fault.test_open': '"{fact}" is not among the open facts: {open, select, none {none} other {{open}}}.',

  'fix.write': 'Write "{word}"',
  'fix.write_value': 'Write {value}',
  'fix.write_percent': 'Write {percent}% of {table}',
  'fix.monthly': 'Write it as an amount a month',
  'fix.remove_repetition': 'Remove the repetition',
  'fix.remove_condition': 'Remove this condition',
  'fix.swap_bounds': 'Swap the bounds',
  'fix.add_languages': 'Add the languages, to be filled in',
  'fix.drop_sentence': 'Take the sentence away: one is made from the condition',
  'fix.add_legal_basis': 'Add a legal basis, to be filled in',
} as const;
