// The server's side of Find: what the registry contributes, compiled once and again when it changes; the directory index;
// streets; areas. The matching itself is shared with the browser.

import { createAreas, type Area, type AreaLookup } from '#shared/eligibility/areas.ts';
import type { RuleSet } from '#shared/eligibility/rule-set.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import type { IntakeQuestion } from '#shared/intake/questions.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { match, resolveNeeds } from '#shared/matching/match.ts';
import { createNeedTerms, type NeedTerms } from '#shared/matching/need-terms.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import type { FindAnswer, FindRequest } from '#shared/matching/request.ts';
import type { SynonymSet, Taxonomy, TranslationContribution } from '#shared/plugin-api/points.ts';
import { createMessages, type Messages } from '#shared/platform/messages.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getPosition } from './place.ts';
import { compileContributedRules, listAreas } from './queries.ts';

export interface Finder {
  find(request: FindRequest): Promise<FindAnswer>;
  /** Extents of the areas that services publish, for the browser's own matching; `named`: those that rules ask for. */
  areas(): Promise<{ list: readonly Area[]; named: ReadonlySet<string> }>;
}

export function createFinder(deps: ServerDeps): Finder {
  const contributed = new Contributed(deps);
  let areas: { version: string; list: readonly Area[]; lookup: AreaLookup } | undefined;

  async function readAreas() {
    await deps.directory.ready;
    const { version } = deps.directory.current();
    if (areas?.version !== version) {
      const list = await listAreas(deps.db);
      areas = { version, list, lookup: createAreas(list) };
    }
    return areas;
  }

  return {
    areas: async () => ({ list: (await readAreas()).list, named: contributed.namedAreas }),
    async find(request) {
      const { terms, ruleSet, questions } = contributed;
      // Bad needs are refused before anything costly is read.
      resolveNeeds(terms, request.needs);
      const language = request.language ?? 'en';
      const placed: PlacedRequest = {
        ...request,
        near: 'place' in request.near ? await getPosition(deps, request.near.place, language) : request.near,
      };
      const { lookup } = await readAreas();
      const index = deps.directory.current();
      const context: MatchContext = {
        index,
        ruleSet,
        terms,
        questions,
        messages: contributed.messages(language),
        areas: lookup,
        now: deps.clock(),
      };
      const travelTimes = await deps.travelTimes();
      const wanted = request.needs.flatMap(({ term }) => [...terms.withChildren(terms.find(term)!)]);
      return match(
        context,
        placed,
        travelToRows(index, travelTimes, placed, wanted.length > 0 ? index.rowsWithAnyNeed(wanted) : undefined),
      );
    },
  };
}

/** What plugins contribute to matching, compiled when it is first asked for and after each change. */
class Contributed {
  readonly #deps: ServerDeps;
  #terms: NeedTerms | undefined;
  #ruleSet: RuleSet | undefined;
  #messages = new Map<string, Messages>();

  constructor(deps: ServerDeps) {
    this.#deps = deps;
    for (const id of ['taxonomies', 'synonyms']) deps.registry.getPoint(id).onDidChange(() => (this.#terms = undefined));
    for (const id of ['eligibilityRules', 'ruleTables', 'facts']) deps.registry.getPoint(id).onDidChange(() => (this.#ruleSet = undefined));
    deps.registry.getPoint('translations').onDidChange(() => this.#messages.clear());
  }

  get terms(): NeedTerms {
    return (this.#terms ??= createNeedTerms(this.#all<Taxonomy>('taxonomies'), this.#all<SynonymSet>('synonyms')));
  }

  get questions(): IntakeQuestion[] {
    return this.#all<IntakeQuestion>('intakeQuestions');
  }

  get ruleSet(): RuleSet {
    return (this.#ruleSet ??= compileContributedRules(this.#deps));
  }

  /** Names and ids of areas that conditions compare with. */
  get namedAreas(): ReadonlySet<string> {
    const { leaves } = this.ruleSet.graph;
    return new Set(
      leaves.flatMap((leaf) => (leaf.kind === 'test' && leaf.condition.comparison === 'within' ? leaf.condition.words.map(String) : [])),
    );
  }

  messages(language: string): Messages {
    let messages = this.#messages.get(language);
    if (!messages) {
      const translations = this.#all<TranslationContribution>('translations').map((t) => [t.language, t.messages] as const);
      messages = createMessages({ language, bundles: [...ELIGIBILITY_MESSAGES, ...translations] });
      this.#messages.set(language, messages);
    }
    return messages;
  }

  #all<T>(point: string): T[] {
    return this.#deps.registry
      .getPoint<T>(point)
      .all()
      .map((contribution) => contribution.value);
  }
}
