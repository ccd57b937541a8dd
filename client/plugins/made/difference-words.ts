// What the fields of a made plugin are called where two versions of it are compared: as in their forms.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import { languageName } from '#client/ui/language-names.ts';
import { findText } from '#client/workbench/words.ts';
import type { FieldDifference, PartDifference } from '#shared/plugin-api/made/compare-drafts.ts';

/** Where the messages of a field are, by the list that it stands in; the innermost comes first. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  about: ['made.about'],
  types: ['made.type', 'made.pin'],
  questions: ['made.question', 'made'],
  tables: ['made.table'],
  checks: ['made.check'],
  fields: ['made.field'],
  answers: ['made.button'],
  versions: ['made.table'],
};
/** Fields whose message has another name. */
const NAMED: Readonly<Record<string, string>> = {
  'questions.per': 'made.table.per',
  'versions.from': 'made.table.fromDay',
  'versions.to': 'made.table.toDay',
  'versions.regions': 'made.difference.column',
  'versions.rows': 'made.difference.figure',
  'fields.open': 'made.field.isOpen',
  'fields.required': 'made.field.isRequired',
  'checks.missing': 'made.check.what',
};
/** Messages of the words that a field can hold. */
const VALUES: Readonly<Record<string, string>> = {
  type: 'made.answer',
  sensitivity: 'made.sensitivity',
  about: 'made.question',
  severity: 'made.severity',
  kind: 'made.kind',
  shape: 'made.shape',
  icon: 'made.glyph',
  per: 'made.per',
  how: 'made.how',
  missing: 'made.check.missing',
};
const LANGUAGE = /^[a-z]{2,3}(-|$)/;

/**
 * "What it is called (Spanish)".
 * @param first language of the plugin, which is not named
 */
export function sayField(workbench: WorkbenchApi, { list }: PartDifference, { at, first }: FieldDifference & { first: string }): string {
  const last = at.at(-1) ?? '';
  const spoken = at.length > 1 && LANGUAGE.test(last) && at.at(-2) !== 'versions' && !(last in VALUES) ? last : null;
  const names = spoken === null ? at : at.slice(0, -1);
  const other = spoken === first ? null : spoken;
  const home = names.length > 1 ? names[0]! : list;
  const name = names.at(-1) ?? '';
  if (home === 'choices' || names.includes('choices')) return withLanguage(workbench, workbench.t('made.choices'), other);
  const ids = [NAMED[`${home}.${name}`], ...(PREFIXES[home] ?? []).map((prefix) => `${prefix}.${name}`)];
  const said = ids.flatMap((id) => (id === undefined ? [] : [findText(workbench, id)])).find((text) => text !== undefined) ?? name;
  return withLanguage(workbench, said, other);
}

function withLanguage(workbench: WorkbenchApi, text: string, language: string | null): string {
  return language === null ? text : `${text} (${languageName(language, workbench)})`;
}

/** What stood or stands in a field; null: nothing. */
export function sayValue(workbench: WorkbenchApi, { at }: FieldDifference, value: string | boolean | undefined): string | null {
  if (typeof value === 'boolean') return workbench.t(value ? 'made.when.true' : 'made.when.false');
  if (value === undefined || value === '') return null;
  const prefix = VALUES[at.at(-1) ?? ''];
  const known = prefix === undefined ? undefined : findText(workbench, `${prefix}.${value}`);
  if (known !== undefined) return known;
  if (at.at(-1) === 'languages') return languageName(value, workbench);
  return value.startsWith('--c-') ? (findText(workbench, `made.colour.${value.slice(4)}`) ?? value) : value;
}
