// What plugins brought that the Find screen reads: needs with their words, facts, questions, kinds of resource.

import type { ContributionOf } from '#shared/plugin-api/index.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import type { IntakeQuestion } from '#shared/intake/questions.ts';
import type { KindWithFields } from '#shared/directory/listed-fields.ts';
import { localize } from '#shared/platform/localized.ts';
import { toMarks, type Mark } from './marks.ts';
import { NeedSearch, type NeedWords } from '#shared/intake/need-search.ts';

interface Contributed<T> {
  plugin: string;
  value: T;
}

/** The part of `plugins.contributions` that is read here. */
export interface FindContributions {
  taxonomies: readonly Contributed<ContributionOf<'taxonomies'>>[];
  synonyms: readonly Contributed<ContributionOf<'synonyms'>>[];
  facts: readonly Contributed<FactDefinition>[];
  intakeQuestions: readonly Contributed<IntakeQuestion>[];
  resourceTypes: readonly Contributed<ContributionOf<'resourceTypes'>>[];
  eligibilityRules: readonly Contributed<ContributionOf<'eligibilityRules'>>[];
  ruleTables: readonly Contributed<ContributionOf<'ruleTables'>>[];
  markerStyles: readonly Contributed<ContributionOf<'markerStyles'>>[];
  handoutTemplates: readonly Contributed<ContributionOf<'handoutTemplates'>>[];
  languages: readonly { language: string; label: string; direction: 'ltr' | 'rtl' }[];
}

export interface Need {
  id: string;
  parent: string | null;
  label: string;
  icon: string;
  /** Place among the tiles; null: no tile. */
  tile: number | null;
}

export type ResourceTypeLook = Pick<ContributionOf<'resourceTypes'>, 'id' | 'shape' | 'icon' | 'colour'> & {
  label: string;
  plural: string;
} & KindWithFields;

/** Drawn for a resource whose kind is not known. */
const PLAIN_TYPE: ResourceTypeLook = { id: '', shape: 'circle', icon: 'map-pin', colour: '--v-none-solid', label: '', plural: '' };

export class Catalog {
  readonly contributions: FindContributions;
  readonly language: string;
  readonly needs: ReadonlyMap<string, Need>;
  /** Needs that have a tile, in the order of the tiles. */
  readonly tiles: readonly Need[];
  readonly needSearch: NeedSearch;
  readonly facts: ReadonlyMap<string, FactDefinition>;
  /** Functions of plugins may be asked. */
  readonly hasJudged: boolean;
  /** Questions by fact. */
  readonly questions: ReadonlyMap<string, IntakeQuestion>;
  readonly types: ReadonlyMap<string, ResourceTypeLook>;
  /** Marks on pins, in the order in which they are asked. */
  readonly marks: readonly Mark[];
  /** Crisis lines of the first template that has some, for the crisis dialog. */
  readonly crisisLines: readonly { label: string; phone: string }[];

  constructor(contributions: FindContributions, language: string) {
    this.contributions = contributions;
    this.language = language;
    const terms = contributions.taxonomies.flatMap(({ value }) => value.terms);
    this.needs = new Map(
      terms.map((term) => [
        term.id,
        {
          id: term.id,
          parent: term.parent ?? null,
          label: localize(term.label, language),
          icon: term.icon ?? 'circle',
          tile: term.tile ?? null,
        },
      ]),
    );
    this.tiles = [...this.needs.values()].filter((need) => need.tile !== null).sort((a, b) => (a.tile ?? 0) - (b.tile ?? 0));
    this.needSearch = new NeedSearch(terms.map((term) => this.#words(term)));
    this.facts = new Map(contributions.facts.map(({ value }) => [value.id, value]));
    this.hasJudged = contributions.facts.some(({ value }) => value.judged !== undefined);
    const questions = [...contributions.intakeQuestions].sort((a, b) => b.value.order - a.value.order);
    this.questions = new Map(questions.map(({ value }) => [value.fact, value]));
    this.types = new Map(
      contributions.resourceTypes.map(({ value }) => [
        value.id,
        {
          id: value.id,
          shape: value.shape,
          icon: value.icon,
          colour: value.colour,
          label: localize(value.label, language),
          plural: localize(value.plural, language),
          schema: value.schema,
          publicFields: value.publicFields,
          cardFields: value.cardFields,
        },
      ]),
    );
    const template = contributions.handoutTemplates.find(({ value }) => value.crisisLines.length > 0)?.value;
    this.marks = toMarks(contributions.markerStyles, language);
    this.crisisLines = (template?.crisisLines ?? []).map((line) => ({ label: localize(line.label, language), phone: line.phone }));
  }

  static readonly EMPTY = new Catalog(
    {
      taxonomies: [],
      synonyms: [],
      facts: [],
      intakeQuestions: [],
      resourceTypes: [],
      eligibilityRules: [],
      ruleTables: [],
      markerStyles: [],
      handoutTemplates: [],
      languages: [],
    },
    'en',
  );

  #words(term: ContributionOf<'taxonomies'>['terms'][number]): NeedWords {
    const labels = typeof term.label === 'string' ? [term.label] : Object.values(term.label);
    const synonyms = this.contributions.synonyms.flatMap(({ value }) => value.terms[term.id] ?? []);
    return { term: term.id, label: localize(term.label, this.language), icon: term.icon ?? null, words: [...labels, ...synonyms] };
  }

  needLabel(term: string): string {
    return this.needs.get(term)?.label ?? term;
  }

  typeLook(type: string | null): ResourceTypeLook {
    return (type ? this.types.get(type) : undefined) ?? PLAIN_TYPE;
  }

  factLabel(fact: string): string {
    const definition = this.facts.get(fact);
    return definition ? localize(definition.label, this.language) : fact;
  }

  /** The question that an answer named by its words: of several for one fact which is asked hangs on what is known. */
  questionAsked({ fact, question }: { fact: string; question: string }): IntakeQuestion | undefined {
    const asked = this.contributions.intakeQuestions.find(
      ({ value }) => value.fact === fact && localize(value.ask, this.language) === question,
    );
    return asked?.value ?? this.questions.get(fact);
  }

  /** Words of a question, else the fact's label. */
  questionOf(fact: string, question = this.questions.get(fact)): { ask: string; why: string | null } {
    if (!question) return { ask: this.factLabel(fact), why: null };
    return { ask: localize(question.ask, this.language), why: question.why ? localize(question.why, this.language) : null };
  }
}
