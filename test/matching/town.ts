// A small directory around one place, and Find over it, as the server puts it together.

import { DirectoryIndex } from '#shared/directory/index.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import type { Timetable } from '#shared/directory/timetable.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { match } from '#shared/matching/match.ts';
import { createNeedTerms } from '#shared/matching/need-terms.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import type { FindAnswer } from '#shared/matching/request.ts';
import { createMessages } from '#shared/platform/messages.ts';
import { contributed } from '../support/contributed.ts';

export const CENTER = { lon: -122.27, lat: 37.8 };
/** A Friday, 10:00 in the zone of the directory. */
export const AT = '2026-05-01T10:00:00-07:00';

const METERS_A_DEGREE = 111_195;

/** A position so many metres east and north of the centre. */
export function offset(east: number, north = 0): { lon: number; lat: number } {
  return { lon: CENTER.lon + east / (METERS_A_DEGREE * Math.cos((CENTER.lat * Math.PI) / 180)), lat: CENTER.lat + north / METERS_A_DEGREE };
}

/** Every weekday from `opens` to `closes`, hours. */
export function weekdays(opens: number, closes: number): Timetable {
  return {
    zone: 'America/Los_Angeles',
    lines: [{ freq: 'WEEKLY', byday: ['MO', 'TU', 'WE', 'TH', 'FR'], opens: opens * 60, closes: closes * 60 }],
  };
}

export function resource(id: string, change: Partial<ResourceInput> = {}): ResourceInput {
  const east = Number(/\d+/.exec(id)?.[0] ?? 0);
  return {
    id,
    service: { id: `svc-${id}`, name: `Service ${id}` },
    organization: { id: 'org', name: 'Harbor Help' },
    location: { id: `loc-${id}`, name: `Place ${id}` },
    ...offset(east),
    hidden: false,
    cell: null,
    address: '1 Mill Street',
    phone: null,
    type: 'pantry',
    needs: ['food.groceries'],
    languages: ['en'],
    rule: null,
    eligibilityText: null,
    summary: null,
    bring: [],
    timetable: weekdays(8, 18),
    capacity: null,
    verified: '2026-04-20',
    areas: [],
    fields: [],
    ...change,
  };
}

const rule = (yaml: string): Rule => {
  const parsed = parseRule(yaml);
  if (!parsed.ok) throw new Error(parsed.issues.map((issue) => issue.message).join('\n'));
  return parsed.value;
};

export const RULES: Rule[] = [
  rule('rule: test/adults\nversion: 1\neligible_when: { id: adult, fact: person.age, at_least: 18 }'),
  rule(
    'rule: test/low-income\nversion: 1\neligible_when: { id: income, fact: household.income, at_most: { percent: 200, of: us_fpl, by: household.size } }',
  ),
  rule('rule: test/veterans\nversion: 1\neligible_when: { id: veteran, fact: person.veteran, is: true }'),
  rule('rule: test/neighbors\nversion: 1\neligible_when: { id: area, fact: household.place, within: service_area }'),
  rule(
    'rule: test/benefits\nversion: 1\neligible_when: { id: benefits, say: { en: "Gets SNAP or WIC" }, any: [{ id: snap, fact: household.benefits, includes: snap }, { id: wic, fact: household.benefits, includes: wic }] }',
  ),
  rule('rule: test/interview\nversion: 1\neligible_when: { id: interview, staff_decides: { en: "Staff ask at the door" } }'),
];

export function contextOf(index: DirectoryIndex, change: Partial<MatchContext> = {}): MatchContext {
  return {
    index,
    ruleSet: compileRules({ rules: RULES, facts: contributed('facts'), tables: contributed('ruleTables') }),
    terms: createNeedTerms(contributed('taxonomies'), contributed('synonyms')),
    questions: contributed('intakeQuestions'),
    messages: createMessages({ language: 'en', bundles: ELIGIBILITY_MESSAGES }),
    now: Date.parse(AT),
    ...change,
  };
}

export const REQUEST: PlacedRequest = { near: CENTER, travel: { mode: 'walk', minutes: 30 }, needs: [{ term: 'food' }], at: AT };

/** The answer by straight-line estimate. */
export function find(
  resources: readonly ResourceInput[],
  request: Partial<PlacedRequest> = {},
  change: Partial<MatchContext> = {},
): FindAnswer {
  const index = DirectoryIndex.build(resources);
  const whole = { ...REQUEST, ...request };
  return match(contextOf(index, change), whole, travelToRows(index, createTravelTimes(), whole));
}
