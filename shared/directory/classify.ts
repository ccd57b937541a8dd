// What kind of resource a service is, and which needs it meets, from what plugins say of types, terms and words.
// A stated type always holds; else taxonomy terms tell, then words in the names, then nothing does.

import type { Localized } from '../platform/localized.ts';
import type { EditField } from './edit.ts';
import { listListedFields, type KindWithFields } from './listed-fields.ts';
import { foldWords } from './words.ts';

/** What of the contributions of the same names tells kinds and needs. */
export interface ClassifierContributions {
  resourceTypes: readonly KindOfResource[];
  taxonomies: readonly {
    terms: readonly { id: string; parent?: string | undefined; label: Localized }[];
    crosswalks?: readonly { of: readonly string[]; terms: Readonly<Record<string, string>> }[] | undefined;
  }[];
  synonyms: readonly { terms: Readonly<Record<string, readonly string[]>> }[];
}

interface KindOfResource extends KindWithFields {
  id: string;
  label: Localized;
  plural: Localized;
  needs: readonly string[];
  words: Readonly<Record<string, readonly string[]>>;
}

/** What is known of one service. */
export interface Classifiable {
  /** Resource type stated in the data. */
  type: string | null;
  /** Ids, codes or names of the taxonomy terms linked to it. */
  terms: readonly string[];
  /** Needs stated in the data: ids, labels or synonyms. */
  needs: readonly string[];
  /** Names, the most telling first: service, alternate name, organization. */
  names: readonly string[];
}

export interface Classification {
  type: string | null;
  /** Ids of contributed taxonomy terms, sorted. */
  needs: string[];
}

export interface Classifier {
  classify(service: Classifiable): Classification;
  /** The id of a contributed term, given by id, label or synonym. */
  findTerm(text: string): string | undefined;
  /** Fields of a kind that lists show and filter by. */
  fieldsOf(type: string | null): readonly EditField[];
}

/** Words by which a type is known, folded; the longest phrase in a name wins. */
interface Phrase {
  words: string[];
  type: string;
}

export function createClassifier(contributions: ClassifierContributions): Classifier {
  const terms = collectTerms(contributions);
  const { resourceTypes, taxonomies } = contributions;
  const typesById = new Map(resourceTypes.map((type) => [type.id, type]));
  const fieldsByType = new Map(resourceTypes.map((type) => [type.id, listListedFields(type)]));
  const phrases = collectPhrases(resourceTypes);
  const typeByNeed = new Map(resourceTypes.flatMap((type) => type.needs.map((need) => [need, type.id] as const)).reverse());
  const parents = new Map(taxonomies.flatMap((taxonomy) => taxonomy.terms.map((term) => [term.id, term.parent] as const)));
  const byName = new Map<string, string | null>();

  const findTerm = (text: string): string | undefined => terms.get(foldWords(text));

  function typeOfNeed(need: string): string | undefined {
    for (let term: string | undefined = need; term !== undefined; term = parents.get(term)) {
      const type = typeByNeed.get(term);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  function typeOfName(name: string): string | null {
    let type = byName.get(name);
    if (type === undefined) {
      if (byName.size > 50_000) byName.clear();
      byName.set(name, (type = findType(phrases, name)));
    }
    return type;
  }

  function classify({ type: stated, terms: linked, needs: statedNeeds, names }: Classifiable): Classification {
    const needs = new Set<string>();
    for (const text of [...statedNeeds, ...linked]) {
      const term = findTerm(text);
      if (term !== undefined) needs.add(term);
    }
    let type = stated && (typesById.has(stated) ? stated : (findType(phrases, stated) ?? stated));
    for (const need of needs) type ||= typeOfNeed(need) ?? null;
    for (const term of linked) type ||= typeOfName(term);
    for (const name of names) type ||= typeOfName(name);
    if (type) for (const need of typesById.get(type)?.needs ?? []) needs.add(need);
    return { type: type || null, needs: [...needs].sort() };
  }

  return { classify, findTerm, fieldsOf: (type) => (type === null ? undefined : fieldsByType.get(type)) ?? [] };
}

/** A term of another taxonomy: its code says something only beside the taxonomy's name. */
export function nameOfTerm(taxonomy: string, code: string): string {
  return `${taxonomy} ${code}`;
}

function textsOf(text: Localized): string[] {
  return typeof text === 'string' ? [text] : Object.values(text);
}

/** Folded id, label or synonym → term; an id is stronger than a label, a label than a synonym. */
function collectTerms({ taxonomies, synonyms }: ClassifierContributions): Map<string, string> {
  const found = new Map<string, string>();
  const add = (text: string, term: string) => {
    const key = foldWords(text);
    if (key !== '' && !found.has(key)) found.set(key, term);
  };
  const terms = taxonomies.flatMap((taxonomy) => taxonomy.terms);
  for (const term of terms) add(term.id, term.id);
  for (const term of terms) for (const label of textsOf(term.label)) add(label, term.id);
  for (const set of synonyms) for (const [term, words] of Object.entries(set.terms)) for (const word of words) add(word, term);
  for (const { crosswalks = [] } of taxonomies)
    for (const { of, terms: theirs } of crosswalks)
      for (const [code, term] of Object.entries(theirs)) for (const name of of) add(nameOfTerm(name, code), term);
  return found;
}

/** By their first word. */
function collectPhrases(types: readonly KindOfResource[]): Map<string, Phrase[]> {
  const phrases = new Map<string, Phrase[]>();
  for (const type of types) {
    const texts = [...textsOf(type.label), ...textsOf(type.plural), ...Object.values(type.words).flat()];
    for (const text of texts) {
      const words = foldWords(text).split(' ').map(singular);
      if (words[0] === '') continue;
      const list = phrases.get(words[0]!) ?? [];
      list.push({ words, type: type.id });
      phrases.set(words[0]!, list);
    }
  }
  return phrases;
}

/** The type whose phrase is longest in the text; of equally long ones the first in the text. */
function findType(phrases: Map<string, Phrase[]>, text: string): string | null {
  const words = foldWords(text).split(' ').map(singular);
  let best: Phrase | null = null;
  let bestLength = 0;
  for (let at = 0; at < words.length; at++) {
    for (const phrase of phrases.get(words[at]!) ?? []) {
      const length = phrase.words.reduce((sum, word) => sum + word.length, phrase.words.length * 2);
      if (length <= bestLength || !phrase.words.every((word, i) => words[at + i] === word)) continue;
      best = phrase;
      bestLength = length;
    }
  }
  return best?.type ?? null;
}

/** So that "pantries" and "pantry", "meals" and "meal" meet; good enough for comparing, not a stem. */
function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
