// Changes that a worker makes, as entries: only ever added, and only of the classes that changed.

import type { Member } from '#shared/casework/entry-person.ts';
import type { CodedNeed, PersonRecord } from '#shared/casework/record.ts';
import type { Told } from '#shared/casework/told.ts';
import type { FactCatalogue } from '#shared/intake/catalogue.ts';
import type { Facts, FactValue } from '#shared/intake/facts.ts';
import { classOfNeed, type FieldClass } from '#shared/intake/field-class.ts';
import type { NewEntry } from './server.ts';

export type ListedNeed = Omit<CodedNeed, 'rank'>;

/**
 * The needs as they stand now, in the person's order, as entries: a list for each class in which something is different. Whoever
 * may not see a class never rewrites its list, so ranks of what is unseen are kept by leaving room between what is seen.
 */
export function needEntries(before: readonly CodedNeed[], after: readonly ListedNeed[]): NewEntry[] {
  const ranks = ranksFor(before, after.length);
  const ranked = after.map((need, i): CodedNeed => ({ ...need, rank: ranks[i]! }));
  const classes = new Set([...before, ...ranked].map((need) => need.class));
  const listOf = (needs: readonly CodedNeed[], fieldClass: FieldClass) =>
    needs.filter((need) => need.class === fieldClass).map(({ class: _, ...need }) => need);
  return [...classes]
    .filter((fieldClass) => JSON.stringify(listOf(before, fieldClass)) !== JSON.stringify(listOf(ranked, fieldClass)))
    .map((fieldClass) => ({ payload: { kind: 'needs', needs: listOf(ranked, fieldClass) }, class: fieldClass }));
}

/** The ranks that the list had, in order, and further ones behind them. */
function ranksFor(before: readonly CodedNeed[], count: number): number[] {
  const ranks = [...new Set(before.map(({ rank }) => rank))].sort((a, b) => a - b);
  while (ranks.length < count) ranks.push((ranks.at(-1) ?? 0) + 1);
  return ranks;
}

/** A list with one item at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  const item = list[from];
  return item === undefined ? [...list] : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** The household as a list for each class: each is told whole. */
export function householdsOf({ timeline }: Pick<PersonRecord, 'timeline'>): Map<FieldClass, readonly Member[]> {
  return new Map(
    timeline.flatMap(({ payload, entry }) => (payload?.kind === 'household' ? [[entry.class, payload.members] as const] : [])),
  );
}

/** What a Find session knows that may be kept of a person. */
export interface FindKnowledge {
  needs: readonly string[];
  facts: Facts;
  /** Asked, and not known. */
  notKnown: readonly string[];
  languages: readonly string[];
}

export interface KeptFact {
  fact: string;
  told: Told<FactValue>;
}

/** The facts of a search as a record tells them: declined and unknown are kept as such, positions of places are not. */
export function toldFacts({ facts, notKnown }: Pick<FindKnowledge, 'facts' | 'notKnown'>): KeptFact[] {
  const told = Object.entries(facts).map(([fact, value]): KeptFact => ({ fact, told: isDeclined(value) ? 'declined' : { value } }));
  return [...told, ...notKnown.map((fact): KeptFact => ({ fact, told: 'unknown' }))];
}

/** Entries for what was found out in a search, as the person said it on a day. */
export function findEntries(
  { needs, languages }: Pick<FindKnowledge, 'needs' | 'languages'>,
  facts: readonly KeptFact[],
  { record, day, findTerm }: { record: PersonRecord | null; day: string; findTerm: Parameters<typeof classOfNeed>[1] },
): NewEntry[] {
  const known = record?.needs ?? [];
  const added = needs
    .filter((need) => !known.some((other) => other.need === need))
    .map((need): ListedNeed => ({ need, state: 'open', urgent: false, class: classOfNeed(need, findTerm) }));
  const [language] = languages;
  const speaks = record?.contact.language;
  return [
    ...needEntries(known, [...known, ...added]),
    ...(language && typeof speaks !== 'object' ? [{ payload: { kind: 'contact', language: { value: language } } } as const] : []),
    ...facts.map(({ fact, told }): NewEntry => ({ payload: { kind: 'fact', fact, told, source: 'said', asOf: day } })),
  ];
}

function isDeclined(value: FactValue): boolean {
  return typeof value === 'object' && !Array.isArray(value) && 'declined' in value;
}

/** What a page of the person asks for and nobody has told: apart by why. */
export interface OpenPoint {
  /** A field of the identity or the contact, or a fact. */
  of: 'identity' | 'contact' | 'fact';
  field: string;
  why: 'not_asked' | 'unknown' | 'declined';
}

const IDENTITY_FIELDS = ['nameUsed', 'pronouns', 'birthDate'] as const;
const HOUSEHOLD = 'household.members';
const CONTACT_FIELDS = ['language', 'interpreter'] as const;

/** What is still open of a person: the few things of themselves, then each fact that some form or rule asks for. */
export function openPoints(record: PersonRecord, asked: readonly string[], catalogue: FactCatalogue): OpenPoint[] {
  const points: OpenPoint[] = [];
  for (const field of IDENTITY_FIELDS) {
    const value = record.identity[field];
    if (typeof value === 'string') points.push({ of: 'identity', field, why: value });
  }
  for (const field of CONTACT_FIELDS) {
    const value = record.contact[field];
    if (typeof value === 'string') points.push({ of: 'contact', field, why: value });
  }
  for (const fact of new Set([...asked, ...Object.keys(record.facts)])) {
    const told = record.facts[fact]?.told ?? 'not_asked';
    // Who the household is stands in a list of its own.
    if (fact === HOUSEHOLD && record.household.length > 0) continue;
    if (typeof told === 'string' && catalogue.find(fact)) points.push({ of: 'fact', field: fact, why: told });
  }
  return points;
}
