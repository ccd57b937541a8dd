// Made-up people who look for something in the demo town, each from another place and for other needs, always the same ones.

import { createAreas } from '#shared/eligibility/areas.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import { createPanel } from '#shared/eligibility/panel.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { createNeedTerms } from '#shared/matching/need-terms.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import { createMessages } from '#shared/platform/messages.ts';
import { listAreas } from '#server/matching/queries.ts';
import { seeded } from '../directory/resources.ts';
import { contributed } from '../support/contributed.ts';
import { testApp } from '../support/test-app.ts';
import type { Search } from './_question-orders.ts';

const AT = '2026-05-01T10:00:00-07:00';
const CENTER = { lon: -128.04, lat: 44 };
const COUNTY = 'wend-valley/port-alder-county';
const PLACES = [`${COUNTY}/port-alder/old-town`, `${COUNTY}/port-alder/quay`, `${COUNTY}/fernley`, 'wend-valley/north-county'];
/** One in three looks at everything; the others have up to three needs. */
const WITHOUT_NEEDS = 1 / 3;

/** The demo town and its rules. */
export async function openDemoTown(): Promise<MatchContext> {
  await using app = await testApp({ demo: true });
  await app.deps.directory.ready;
  return {
    index: app.deps.directory.current(),
    areas: createAreas(await listAreas(app.deps.db)),
    ruleSet: compileRules({ rules: contributed('eligibilityRules'), facts: contributed('facts'), tables: contributed('ruleTables') }),
    terms: createNeedTerms(contributed('taxonomies'), contributed('synonyms')),
    questions: contributed('intakeQuestions'),
    messages: createMessages({ language: 'en', bundles: ELIGIBILITY_MESSAGES }),
    now: Date.parse(AT),
  };
}

export interface Person {
  search: Search;
  /** All that there is to tell. */
  truth: Facts;
}

export function createPeople(context: MatchContext, count: number): Person[] {
  const random = seeded(7);
  return createPanel({ size: count, places: PLACES }).map(({ facts }) => {
    const row = Math.floor(random() * context.index.length);
    const near = context.index.hasPosition(row) ? { lon: context.index.lon(row), lat: context.index.lat(row) } : CENTER;
    const needs = Array.from({ length: random() < WITHOUT_NEEDS ? 0 : 1 + Math.floor(random() * 3) }, () => anyNeed(context, random));
    return { search: createSearch(context, { near, needs, best: 50 }), truth: facts };
  });
}

/** One need, seen from the middle of the town, with only the first few services to be decided. */
export function createSmallSearches(context: MatchContext, best: number): Search[] {
  return context.terms.heads.map((term) => createSearch(context, { near: CENTER, needs: [{ term }], best }));
}

function anyNeed({ terms }: MatchContext, random: () => number): { term: string } {
  return { term: terms.heads[Math.floor(random() * terms.heads.length)]! };
}

function createSearch(context: MatchContext, { near, needs, best }: Pick<PlacedRequest, 'near' | 'needs'> & { best: number }): Search {
  const request: PlacedRequest = { near, travel: { mode: 'drive', minutes: 60 }, needs, at: AT };
  return { context, request, travel: travelToRows(context.index, createTravelTimes(), request), best };
}
