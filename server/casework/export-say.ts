// What is in an entry, said to the person whom it is about: fields and closed words in the language of the page, days and moments
// written out, facts and needs by their labels, and what refers to another entry by what that one says.

import type { RecordEntry } from '#shared/casework/entry.ts';
import type { Taxonomy } from '#shared/plugin-api/points.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { localize } from '#shared/platform/localized.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { FIELD_WORDS } from './export-fields.ts';
import { DONE_WORDS, RIGHT_WORDS, VALUE_WORDS } from './export-values.ts';
import { PAGE_LANGUAGES, type PageLanguage, type Term } from './export-words.ts';

/** Numbers of rows and of forms: they say nothing to a person, and what they refer to is said instead where it is known. */
const REFERENCES: ReadonlySet<string> = new Set([
  'id',
  'personId',
  'serviceId',
  'locationId',
  'referralId',
  'document',
  'form',
  'sitting',
  'cell',
  'recipient',
  'of',
  'consent',
  'appointment',
  'task',
  'referral',
  'closing',
]);
const INSTANT = /^\d{4}-\d\d-\d\dT/;
const DAY = /^\d{4}-\d\d-\d\d$/;

export interface EntrySayer {
  /** How a field is called; a key of a list of answers or goals by what it stands for. */
  field(key: string): string;
  /** A value that is no list and no object; undefined: it says nothing to a person. */
  value(key: string, value: string | number | boolean): string | undefined;
  moment(at: string): string;
  done(action: string): string;
  right(why: string): string;
}

export function createEntrySayer(
  entries: readonly RecordEntry[],
  { language, registry }: { language: PageLanguage; registry: ContributionRegistry },
): EntrySayer {
  const index = PAGE_LANGUAGES.indexOf(language);
  const word = (term: Term | undefined) => term?.[index];
  const locale = `${language}-u-nu-latn`;
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const languages = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  const facts = new Map(registry.getPoint<FactDefinition>('facts').all().map(({ value }) => [value.id, value])); // prettier-ignore
  const terms = new Map(
    registry
      .getPoint<Taxonomy>('taxonomies')
      .all()
      .flatMap(({ value }) => value.terms.map((term) => [term.id, term.label] as const)),
  );
  const named = nameReferences(entries);
  const labelOf = (id: string) => {
    const label = facts.get(id)?.label ?? terms.get(id);
    return label === undefined ? undefined : localize(label, language);
  };
  const options = new Map(
    [...facts.values()].flatMap(({ options: given = [] }) => given.map(({ value, label }) => [value, localize(label, language)] as const)),
  );

  function sayText(key: string, value: string): string | undefined {
    if (REFERENCES.has(key)) return named.get(value);
    if (INSTANT.test(value)) return moments.format(new Date(value));
    if (DAY.test(value)) return days.format(new Date(value));
    if (key === 'language') return word(VALUE_WORDS[value]) ?? languages.of(value) ?? value;
    // What somebody wrote is said as it is, also where it is one of our words.
    if (WRITTEN.has(key)) return value;
    return word(VALUE_WORDS[`${key}.${value}`]) ?? word(VALUE_WORDS[value]) ?? labelOf(value) ?? options.get(value) ?? value;
  }

  return {
    field: (key) => word(FIELD_WORDS[key]) ?? labelOf(key) ?? named.get(key) ?? key,
    value: (key, value) => {
      if (typeof value === 'number') return String(value);
      return typeof value === 'boolean' ? word(VALUE_WORDS[String(value)]) : sayText(key, value);
    },
    moment: (at) => moments.format(new Date(at)),
    done: (action) => {
      const [object, act = ''] = action.split('.');
      return word(object === 'referral' ? DONE_WORDS['referral'] : (object === 'person' && DONE_WORDS[act]) || DONE_WORDS['list']) ?? '';
    },
    right: (why) => word(RIGHT_WORDS[why]) ?? word(VALUE_WORDS[`purpose.${why}`]) ?? word(VALUE_WORDS[why.split(' ')[0] ?? '']) ?? '',
  };
}

/** Fields that hold what somebody wrote. */
const WRITTEN: ReadonlySet<string> = new Set([
  'text',
  'label',
  'whose',
  'note',
  'notes',
  'customs',
  'measure',
  'baseline',
  'target',
  'current',
  'said',
  'what',
  'summary',
  'changed',
  'statement',
  'recipientName',
  'barriers',
  'resources',
  'openReferrals',
  'to',
]);

/** What an id in one entry stands for, by the words of the entry that made it. */
function nameReferences(entries: readonly RecordEntry[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const { payload } of entries) {
    if (payload.kind === 'plan') {
      for (const goal of payload.plan.goals) {
        named.set(goal.id, goal.text);
        for (const step of goal.steps) named.set(step.id, step.text);
      }
    }
    if (payload.kind === 'appointment') named.set(payload.appointment, payload.what);
    if (payload.kind === 'task') named.set(payload.task, payload.what);
    if (payload.kind === 'consent') named.set(payload.consent, payload.recipientName);
    if (payload.kind === 'referral_said') named.set(payload.referral, payload.service.name);
  }
  return named;
}
