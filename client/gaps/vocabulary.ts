// What plugins brought that the Gaps screen is spoken in: needs, kinds of resource, facts and the questions for them.

import { getContributions, type Contributions } from '#client/api.ts';
import { createFactCatalogue, type FactCatalogue } from '#shared/intake/catalogue.ts';
import { NeedSearch } from '#shared/intake/need-search.ts';
import type { IntakeQuestion } from '#shared/intake/questions.ts';
import { localize } from '#shared/platform/localized.ts';

export interface Need {
  id: string;
  label: string;
  icon: string;
  /** Place among the tiles; null: no tile. */
  tile: number | null;
}

export class GapVocabulary {
  readonly language: string;
  readonly needs: ReadonlyMap<string, Need>;
  readonly tiles: readonly Need[];
  readonly needSearch: NeedSearch;
  readonly types: readonly { id: string; label: string }[];
  readonly facts: FactCatalogue;
  /** One for each fact, the first to be asked first. */
  readonly questions: readonly IntakeQuestion[];

  constructor({ taxonomies, synonyms, resourceTypes, facts, intakeQuestions }: Contributions, language: string) {
    this.language = language;
    const terms = taxonomies.flatMap(({ value }) => value.terms);
    this.needs = new Map(
      terms.map(({ id, label, icon, tile }) => [id, { id, label: localize(label, language), icon: icon ?? 'circle', tile: tile ?? null }]),
    );
    this.tiles = [...this.needs.values()].filter(({ tile }) => tile !== null).sort((a, b) => (a.tile ?? 0) - (b.tile ?? 0));
    this.needSearch = new NeedSearch(
      terms.map(({ id, label, icon }) => ({
        term: id,
        label: localize(label, language),
        icon: icon ?? null,
        words: [...(typeof label === 'string' ? [label] : Object.values(label)), ...synonyms.flatMap(({ value }) => value.terms[id] ?? [])],
      })),
    );
    this.types = resourceTypes
      .map(({ value }) => ({ id: value.id, label: localize(value.plural, language) }))
      .sort((a, b) => a.label.localeCompare(b.label, language));
    this.facts = createFactCatalogue(facts.map(({ value }) => value));
    const asked = new Map<string, IntakeQuestion>();
    for (const { value } of intakeQuestions.toSorted((a, b) => b.value.order - a.value.order)) asked.set(value.fact, value);
    this.questions = [...asked.values()].sort((a, b) => a.order - b.order);
  }

  static async load(language: string): Promise<GapVocabulary> {
    return new GapVocabulary(await getContributions(language), language);
  }

  needLabel(id: string): string {
    return this.needs.get(id)?.label ?? id;
  }
}
