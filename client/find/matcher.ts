// Answers from the slice of the directory that this browser holds: the same matching as the server's, at once.
// Loaded with the first search.

import { readSlice } from '#shared/directory/index-slice.ts';
import { DirectoryIndex } from '#shared/directory/index.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { compileRules, createAreas, createDecider, ELIGIBILITY_MESSAGES, inputsOfJudged } from '#shared/eligibility/index.ts';
import {
  createNeedTerms,
  DescribedConditions,
  match,
  SCORE_PARTS,
  type FindRequest,
  type MatchContext,
  type RowTravel,
} from '#shared/matching/index.ts';
import { createMessages } from '#shared/platform/messages.ts';
import type { Catalog } from './catalog.ts';
import type { ResultRow } from './result.ts';
import type { Answered, FindSlice, LocalMatcher } from './server.ts';

export function openSlice(slice: FindSlice, catalog: Catalog): LocalMatcher {
  const index = DirectoryIndex.fromSlice(slice.columns);
  const { contributions } = catalog;
  const values = <T>(list: readonly { value: T }[]) => list.map(({ value }) => value);
  const context: Omit<MatchContext, 'now' | 'parts'> = {
    index,
    ruleSet: compileRules({
      rules: values(contributions.eligibilityRules),
      tables: values(contributions.ruleTables),
      facts: values(contributions.facts),
    }),
    terms: createNeedTerms(values(contributions.taxonomies), values(contributions.synonyms)),
    questions: values(contributions.intakeQuestions),
    areas: createAreas(slice.areas),
    messages: createMessages({ language: catalog.language, bundles: ELIGIBILITY_MESSAGES }),
    // While answers come in only what hangs on the changed one is decided and said again.
    decide: createDecider(),
    described: new DescribedConditions(),
    resource: (row) => resourceOf(row),
  };
  const travel = toRowTravel(slice);
  const learned = new Map<string, ResourceInput>();
  /** Rows that were shown before are not read again. */
  const shown = new Map<number, ResourceInput>();
  const resourceOf = (row: number): ResourceInput => {
    let resource = shown.get(row);
    if (!resource) shown.set(row, (resource = index.resource(row)));
    return resource;
  };
  return {
    reach: slice.reach,
    complete: slice.complete,
    findResource(id) {
      const row = index.findRow(id);
      return row === undefined ? learned.get(id) : resourceOf(row);
    },
    learn(columns) {
      for (const resource of readSlice(columns)) learned.set(resource.id, resource);
    },
    answer(request, without, judgements = {}) {
      const begun = performance.now();
      const {
        total,
        matches,
        ask,
        facets,
        waiting = [],
      } = match(
        { ...context, judgements, now: Date.now(), parts: new Set(SCORE_PARTS.filter((part) => !without.has(part))) },
        { ...request, near: placeOf(request) },
        travel,
      );
      const rows = matches.map((found): ResultRow => {
        const { id } = found.resource;
        return { id, match: found, resource: resourceOf(index.findRow(id)!) };
      });
      return { rows, ask, total, facets, waiting, milliseconds: performance.now() - begun } satisfies Answered;
    },
    inputsOf(fact) {
      const { ruleSet } = context;
      // A date of birth tells the age.
      const inputs = inputsOfJudged(ruleSet, fact).flatMap((id) => [id, ruleSet.catalogue.find(id)?.derivedFrom ?? id]);
      return [...new Set(inputs)];
    },
  };
}

function placeOf({ near }: FindRequest): { lon: number; lat: number } {
  if ('place' in near) throw new Error('The place must be found before matching.');
  return near;
}

/** Rows to which a way is known; the others are in reach by their area alone. */
function toRowTravel({ meters, seconds, estimated }: FindSlice): RowTravel {
  const rows = Uint32Array.from([...seconds.keys()].filter((row) => seconds[row] !== null));
  return {
    rows,
    meters: Float32Array.from(rows, (row) => meters[row] ?? Infinity),
    seconds: Float32Array.from(rows, (row) => seconds[row] ?? Infinity),
    estimated: Uint8Array.from(rows, (row) => estimated[row] ?? 1),
  };
}
