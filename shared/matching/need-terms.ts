// What people need, by every word for it: ids, labels and synonyms of all contributed taxonomies, in every language.

import { localize, type Localized } from '../platform/localized.ts';
import { foldText, suggestWords } from '../platform/suggest.ts';

/** A taxonomy as contributed (see plugin-api); only what matching needs of it. */
export interface NeedTaxonomy {
  terms: readonly { id: string; parent?: string | undefined; label: Localized }[];
}

export interface NeedSynonyms {
  language: string;
  terms: Readonly<Record<string, readonly string[]>>;
}

export interface NeedTerms {
  has(id: string): boolean;
  /** The term that a text names: its id, a label or a synonym in any language; undefined where none does. */
  find(text: string): string | undefined;
  /** Words that name a term and are spelt like this one. */
  suggest(text: string): string[];
  /** The term and everything below it. */
  withChildren(id: string): ReadonlySet<string>;
  label(id: string, language: string): string;
  /** Terms that stand under no other. */
  readonly heads: readonly string[];
}

export function createNeedTerms(taxonomies: Iterable<NeedTaxonomy>, synonyms: Iterable<NeedSynonyms> = []): NeedTerms {
  const labels = new Map<string, Localized>();
  const children = new Map<string, string[]>();
  /** Folded word → term. The first who claims a word has it: ids before labels before synonyms. */
  const byWord = new Map<string, string>();
  const words = new Map<string, string>();
  const claim = (word: string, id: string): void => {
    const folded = foldText(word);
    if (folded === '' || byWord.has(folded)) return;
    byWord.set(folded, id);
    words.set(folded, word);
  };

  const terms = [...taxonomies].flatMap((taxonomy) => taxonomy.terms);
  for (const { id, parent, label } of terms) {
    labels.set(id, label);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  for (const { id } of terms) claim(id, id);
  for (const { id, label } of terms) for (const text of typeof label === 'string' ? [label] : Object.values(label)) claim(text, id);
  for (const set of synonyms)
    for (const [id, list] of Object.entries(set.terms)) if (labels.has(id)) for (const word of list) claim(word, id);

  const below = new Map<string, ReadonlySet<string>>();
  const collect = (id: string, found: Set<string>): Set<string> => {
    if (found.has(id)) return found;
    found.add(id);
    for (const child of children.get(id) ?? []) collect(child, found);
    return found;
  };
  return {
    has: (id) => labels.has(id),
    find: (text) => (labels.has(text) ? text : byWord.get(foldText(text))),
    suggest: (text) => suggestWords(text, words.values(), 5),
    withChildren(id) {
      let found = below.get(id);
      if (!found) below.set(id, (found = collect(id, new Set())));
      return found;
    },
    label: (id, language) => localize(labels.get(id) ?? id, language),
    heads: terms.filter((term) => term.parent === undefined).map((term) => term.id),
  };
}
