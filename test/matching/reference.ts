// Matching once more, from the design's words and not from the code: each place looked at by itself, one after another, and all of
// them sorted. Slow, without an index, blocks, shared numbers or bounds.

import type { ResourceInput } from '#shared/directory/resource.ts';
import type { Verdict } from '#shared/eligibility/rule.ts';
import { metersBetween } from '#shared/geo/distance.ts';
import type { PlacedRequest } from '#shared/matching/context.ts';
import { SCORE_PARTS } from '#shared/matching/request.ts';

type Part = (typeof SCORE_PARTS)[number];

/** Hours of one weekday after another, Monday first, in local minutes of the day; the week begins anew behind Sunday. */
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY = 24 * 60;

export interface ReferenceMatch {
  id: string;
  verdict: Verdict;
  /** Minutes; null: nobody may know. */
  way: number | null;
  parts: Record<Part, number>;
  total: number;
}

export interface ReferenceWorld {
  request: PlacedRequest;
  /** Local time of the request: weekday counted from Monday, minute of the day; and the day itself. */
  local: { weekday: number; minute: number; day: string };
  parts: ReadonlySet<Part>;
  /** Terms that meet each need that is asked for. */
  meets: (term: string) => ReadonlySet<string>;
  verdictOf: (resource: ResourceInput) => Verdict;
}

/** All that is in reach and meets a need, best first. */
export function referenceMatches(resources: readonly ResourceInput[], world: ReferenceWorld): ReferenceMatch[] {
  return resources
    .flatMap((resource) => referenceMatch(resource, world) ?? [])
    .sort(
      (a, b) =>
        Number(a.verdict === 'ineligible') - Number(b.verdict === 'ineligible') || orderOf(b) - orderOf(a) || (a.id < b.id ? -1 : 1),
    );
}

/** The ineligible keep their order among themselves: what they would come to if they could be used. */
export function orderOf({ verdict, parts, total }: ReferenceMatch): number {
  return verdict === 'ineligible' ? toTotal({ ...parts, chance: 1 }) : total;
}

function referenceMatch(resource: ResourceInput, world: ReferenceWorld): ReferenceMatch | undefined {
  const { request } = world;
  const need = needMet(resource, world);
  if (need === 0) return undefined;
  let way: number | null = null;
  if (!resource.hidden) {
    // Walking 4.8 km/h on ways a third longer than the straight line, less a little.
    const meters = metersBetween(request.near, { lon: resource.lon!, lat: resource.lat! }) * 1.3;
    way = meters / (4800 / 60);
    if (way > request.travel.minutes!) return undefined;
  }
  const verdict = world.verdictOf(resource);
  const all: Record<Part, number> = {
    need,
    soon: soon(resource, way ?? 15, world),
    chance: { eligible: 1, likely: 0.8, not_stated: 0.6, unknown: 0.5, ineligible: 0 }[verdict],
    language: language(resource, request.languages ?? []),
    capacity: capacity(resource, request.at!),
    freshness: freshness(resource, world.local.day),
  };
  const parts = Object.fromEntries(SCORE_PARTS.map((part) => [part, world.parts.has(part) ? all[part] : 1])) as typeof all;
  if (verdict === 'ineligible') parts.chance = 0;
  return { id: resource.id, verdict, way, parts, total: toTotal(parts) };
}

function toTotal({ need, soon, chance, language, capacity, freshness }: Record<Part, number>): number {
  return 100 * need * soon * chance * (0.65 + 0.15 * language + 0.15 * capacity + 0.05 * freshness);
}

function needMet(resource: ResourceInput, { request, meets }: ReferenceWorld): number {
  let [met, all] = [0, 0];
  for (const { term, weight = 1 } of request.needs) {
    all += weight;
    if (resource.needs.some((one) => meets(term).has(one))) met += weight;
  }
  return all === 0 ? 1 : met / all;
}

/** Half at 45 minutes until they can be there while it is open, a quarter of the way on top. */
function soon(resource: ResourceInput, way: number, { local }: ReferenceWorld): number {
  const value = (wait: number): number => 1 / (1 + (wait + way / 4) / 45);
  if (resource.timetable === null) return value(way + 120);
  const now = local.weekday * DAY + local.minute;
  // Every hour of this week and the next one, as minutes from now.
  const hours = [0, 7, 14].flatMap((days) =>
    resource.timetable!.lines.flatMap((line) =>
      line.byday!.map((day) => {
        const midnight = (WEEKDAYS.indexOf(day) + days) * DAY - now;
        return { opens: midnight + line.opens!, closes: midnight + line.closes! };
      }),
    ),
  );
  const next = hours.sort((a, b) => a.opens - b.opens).find(({ closes }) => closes > way);
  if (!next) return 0;
  if (next.opens > 0) return value(Math.max(way, next.opens));
  // It is open and still will be: who comes in the last ten minutes may come in vain.
  const left = next.closes - way;
  return left < 10 ? value(way) * (0.5 + left / 20) : value(way);
}

function language({ languages }: ResourceInput, wanted: readonly string[]): number {
  if (wanted.length === 0) return 1;
  if (languages.length === 0) return 0.5;
  return languages.some((spoken) => wanted.includes(spoken)) ? 1 : 0;
}

function capacity({ capacity: told }: ResourceInput, at: string): number {
  const hours = told?.updated ? (Date.parse(at) - Date.parse(told.updated)) / 3_600_000 : Infinity;
  if (told?.available === undefined || hours > 36) return 0.5;
  return told.available > 0 ? 1 : 0;
}

function freshness({ verified }: ResourceInput, today: string): number {
  if (verified === null) return 0.5;
  const days = (Date.parse(today) - Date.parse(verified)) / 86_400_000;
  return Math.min(1, Math.max(0, 1 - (days - 90) / 640));
}
