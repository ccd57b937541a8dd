// The server's side of Find: what the registry contributes, compiled once and again when it changes; the directory index;
// streets; areas. The matching itself is shared with the browser.

import { createAreas, type Area, type AreaLookup } from '#shared/eligibility/areas.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { match, resolveNeeds } from '#shared/matching/match.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import type { FindAnswer, FindRequest } from '#shared/matching/request.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { ForAgency } from '#server/plugins/queries.ts';
import { contributedTo } from './contributed.ts';
import { replaceEstimates } from './contributed-ways.ts';
import { getPosition } from './place.ts';
import { listAreas } from './queries.ts';

export interface Finder {
  /** `agency`: for whom, where plugins hold for some agencies only. */
  find(request: FindRequest, agency?: ForAgency): Promise<FindAnswer>;
  /** Extents of the areas that services publish, for the browser's own matching; `named`: those that rules ask for. */
  areas(): Promise<{ list: readonly Area[]; named: ReadonlySet<string> }>;
}

export function createFinder(deps: ServerDeps): Finder {
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
    areas: async () => ({ list: (await readAreas()).list, named: contributedTo(deps).namedAreas }),
    async find(request, agency) {
      const contributed = contributedTo(deps, agency);
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
      const travel = travelToRows(index, travelTimes, placed, wanted.length > 0 ? index.rowsWithAnyNeed(wanted) : undefined);
      await replaceEstimates(deps, index, travel, placed);
      return match(context, placed, travel);
    },
  };
}
