// The server's side of Find: what the registry contributes, compiled once and again when it changes; the directory index;
// streets; areas. The matching itself is shared with the browser.

import { createAreas, type Area, type AreaLookup } from '#shared/eligibility/areas.ts';
import { withComputedFacts } from '#shared/eligibility/compute-facts.ts';
import { toContext } from '#shared/eligibility/evaluate.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { Judgements } from '#shared/intake/judged.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { match, resolveNeeds, toDay } from '#shared/matching/match.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import type { FindAnswer, FindRequest } from '#shared/matching/request.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { ForAgency } from '#server/plugins/queries.ts';
import { contributedTo } from './contributed.ts';
import { replaceEstimates } from './contributed-ways.ts';
import { judgePerson } from './judge.ts';
import { getPosition } from './place.ts';
import { listAreas } from './queries.ts';

export interface Finder {
  /** `agency`: for whom, where plugins hold for some agencies only. */
  find(request: FindRequest, agency?: ForAgency): Promise<FindAnswer>;
  /** What functions of plugins say of judged facts of somebody of whom this was told. Throws a Problem where it cannot be read. */
  judge(asked: { judge: readonly string[]; facts: Facts; day: string }, agency?: ForAgency): Promise<Judgements>;
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

  async function judge({ judge: wanted, facts, day }: Parameters<Finder['judge']>[0], agency: ForAgency): Promise<Judgements> {
    const { ruleSet } = contributedTo(deps, agency);
    const read = readFacts(facts, { catalogue: ruleSet.catalogue, on: day });
    if (!read.ok) throw new Problem('bad_request', read.issues.map(({ message }) => message).join(' '));
    const known = withComputedFacts(ruleSet.computed, read.value, toContext(ruleSet, { on: day, areas: (await readAreas()).lookup }));
    return judgePerson(deps, wanted, known, { on: day, agency, ruleSet });
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
      const answer = match(context, placed, travel);
      // Only an answer that hangs on what a function says waits for it.
      const { waiting = [] } = answer;
      if (waiting.length === 0) return answer;
      const day = toDay(placed.at === undefined ? deps.clock() : Date.parse(placed.at), placed.at);
      const judgements = await judge({ judge: waiting, facts: request.facts ?? {}, day }, agency);
      return match({ ...context, judgements }, placed, travel);
    },
    judge,
  };
}
