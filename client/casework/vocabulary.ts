// What plugins brought that a person's record is spoken in: needs, facts and the questions for them, languages.

import { getContributions, type Contributions } from '#client/api.ts';
import type { BARRIERS } from '#shared/casework/plan.ts';
import { createFactCatalogue, type FactCatalogue } from '#shared/intake/catalogue.ts';
import { classOfNeed, type FieldClass } from '#shared/intake/field-class.ts';
import { NeedSearch } from '#shared/intake/need-search.ts';
import type { IntakeQuestion } from '#shared/intake/questions.ts';
import { localize } from '#shared/platform/localized.ts';

export interface Need {
  id: string;
  label: string;
  icon: string;
  class: FieldClass;
  /** What comes between somebody and help that goes with it. */
  eases: readonly Barrier[];
}

export type Barrier = (typeof BARRIERS)[number];

export class CaseVocabulary {
  readonly contributions: Contributions;
  readonly language: string;
  readonly needs: ReadonlyMap<string, Need>;
  readonly needSearch: NeedSearch;
  readonly facts: FactCatalogue;
  /** By fact; of several for one fact the first in order. */
  readonly questions: ReadonlyMap<string, IntakeQuestion>;

  constructor(contributions: Contributions, language: string) {
    this.contributions = contributions;
    this.language = language;
    const terms = new Map(contributions.taxonomies.flatMap(({ value }) => value.terms.map((term) => [term.id, term])));
    this.needs = new Map(
      [...terms.values()].map((term) => [
        term.id,
        {
          id: term.id,
          label: localize(term.label, language),
          icon: term.icon ?? 'circle',
          class: classOfNeed(term.id, (id) => terms.get(id)),
          eases: term.eases ?? [],
        },
      ]),
    );
    this.needSearch = new NeedSearch(
      [...terms.values()].map((term) => ({
        term: term.id,
        label: localize(term.label, language),
        icon: term.icon ?? null,
        words: [
          ...(typeof term.label === 'string' ? [term.label] : Object.values(term.label)),
          ...contributions.synonyms.flatMap(({ value }) => value.terms[term.id] ?? []),
        ],
      })),
    );
    this.facts = createFactCatalogue(contributions.facts.map(({ value }) => value));
    const questions = [...contributions.intakeQuestions].sort((a, b) => b.value.order - a.value.order);
    this.questions = new Map(questions.map(({ value }) => [value.fact, value]));
  }

  needLabel(id: string): string {
    return this.needs.get(id)?.label ?? id;
  }

  /** What there is to be found against something that comes between. */
  listEasing(barrier: Barrier): Need[] {
    return [...this.needs.values()].filter(({ eases }) => eases.includes(barrier));
  }

  factLabel(id: string): string {
    const definition = this.facts.find(id);
    return definition ? localize(definition.label, this.language) : id;
  }
}

let read: { contributions: Contributions; vocabulary: CaseVocabulary } | undefined;

export async function readVocabulary(language: string): Promise<CaseVocabulary> {
  const contributions = await getContributions(language);
  if (read?.contributions !== contributions) read = { contributions, vocabulary: new CaseVocabulary(contributions, language) };
  return read.vocabulary;
}
