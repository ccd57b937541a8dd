// What differs between two drafts of a plugin, part by part and field by field, for people to read: which part, which of its
// fields, what stood there and what stands there now.

import type { MadeDraft, Words } from './draft.ts';

export const COMPARED_LISTS = ['types', 'questions', 'tables', 'checks'] as const;
export type ComparedList = (typeof COMPARED_LISTS)[number];

export interface FieldDifference {
  /** Names from the part on, keys of lists left out: ["choices", "label", "es"]. */
  at: string[];
  before: Leaf | undefined;
  after: Leaf | undefined;
}

type Leaf = string | boolean;

export interface PartDifference {
  /** "about" is what the plugin says of itself. */
  list: ComparedList | 'about' | 'rules';
  /** What the part is called, now or before; of a rule its id. */
  words: Words | string;
  what: 'new' | 'changed' | 'gone';
  fields: FieldDifference[];
}

/** Nothing that both have; ids, which nobody wrote, are left out. */
export function compareDrafts(before: MadeDraft, after: MadeDraft): PartDifference[] {
  const about = ({ title, description, license, languages }: MadeDraft) => ({ title, description, license, languages });
  const said = compareFields(about(before), about(after));
  return [
    ...(said.length > 0 ? [{ list: 'about', words: after.title, what: 'changed', fields: said } as const] : []),
    ...COMPARED_LISTS.flatMap((list) => compareLists(list, before[list], after[list])),
    ...after.rules.filter((id) => !before.rules.includes(id)).map((id) => toRule(id, 'new')),
    ...before.rules.filter((id) => !after.rules.includes(id)).map((id) => toRule(id, 'gone')),
  ];
}

const toRule = (words: string, what: 'new' | 'gone'): PartDifference => ({ list: 'rules', words, what, fields: [] });

type Part = MadeDraft[ComparedList][number];

function compareLists(list: ComparedList, before: readonly Part[], after: readonly Part[]): PartDifference[] {
  const words = (part: Part) => ('title' in part ? part.title : part.label);
  const was = new Map(before.map((part) => [part.key, part]));
  const is = new Set(after.map(({ key }) => key));
  return [
    ...after.flatMap((part): PartDifference[] => {
      const earlier = was.get(part.key);
      if (!earlier) return [{ list, words: words(part), what: 'new', fields: [] }];
      const fields = compareFields(earlier, part);
      return fields.length === 0 ? [] : [{ list, words: words(part), what: 'changed', fields }];
    }),
    ...before.flatMap((part): PartDifference[] => (is.has(part.key) ? [] : [{ list, words: words(part), what: 'gone', fields: [] }])),
  ];
}

/** Written down by publishing, or kept for a package: no form shows them. */
const UNSEEN = new Set(['key', 'id', 'fact', 'name', 'rest']);
/** That of a button is chosen in a form, that of a choice is its id. */
const isUnseen = (name: string, part: object): boolean => UNSEEN.has(name) || (name === 'value' && !('press' in part));

function compareFields(before: object, after: object): FieldDifference[] {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((place) => {
    const [a, b] = [was.get(place), is.get(place)];
    if ((a?.value ?? '') === (b?.value ?? '')) return [];
    return [{ at: (b ?? a)!.at, before: a?.value, after: b?.value }];
  });
}

/** By place, such as "choices/c1/label/en". */
function flatten(value: unknown, place: readonly string[] = [], at: readonly string[] = []): Map<string, { at: string[]; value: Leaf }> {
  const found = new Map<string, { at: string[]; value: Leaf }>();
  if (typeof value === 'string' || typeof value === 'boolean') return found.set(place.join('/'), { at: [...at], value });
  if (typeof value !== 'object' || value === null) return found;
  // Parts of a list are told apart by their key; words and figures by their place.
  const children = Array.isArray(value)
    ? value.map((child: unknown, i) => [keyOf(child) ?? String(i), child, at] as const)
    : Object.entries(value).flatMap(([name, child]) => (isUnseen(name, value) ? [] : [[name, child, [...at, name]] as const]));
  for (const [step, child, path] of children) for (const [where, leaf] of flatten(child, [...place, step], path)) found.set(where, leaf);
  return found;
}

function keyOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' ? value.key : undefined;
}
