// Our own unmet needs as counts: of people, with their consent, and of requests that found nothing usable. Only of quarters that
// are over; a quarter is cut up once (shared/gaps/counts/partition.ts), kept, and never worked out anew, so that neither asking
// again later nor somebody who came or left gives anybody away.

import { createHmac } from 'node:crypto';
import { isCell } from '#shared/geo/cells.ts';
import { answerCount, type CountAnswer, type CountFilter } from '#shared/gaps/counts/answer.ts';
import { partitionCases, type Atom, type CountedCase } from '#shared/gaps/counts/partition.ts';
import { resolveNeeds } from '#shared/matching/match.ts';
import { listCountedUnmet } from '#server/casework/queries.ts';
import { contributedTo } from '#server/matching/queries.ts';
import { getSecret } from '#server/db/secrets.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { Actor } from '#server/identity/actor.ts';

export type CountKind = 'people' | 'requests';

export interface UnmetFilter extends CountFilter {
  of: CountKind;
  /** First and last quarter, such as 2026-Q3; default: all that were counted. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Counts by quarter, reason, need and cell, as far as they can be told, with what is held back. */
export interface UnmetCounts extends CountAnswer {
  /** The quarters that were counted in this. */
  quarters: string[];
  byQuarter: (CountAnswer & { quarter: string })[];
  byWhy: (CountAnswer & { why: string })[];
  byNeed: (CountAnswer & { need: string })[];
  byCell: (CountAnswer & { cell: string })[];
}

interface Release {
  quarter: string;
  atoms: Atom[];
}

/** So far back, in quarters. */
const KEPT = 20;

/** "2026-Q4", in UTC. */
export function quarterOf(instant: number | string): string {
  const day = new Date(instant);
  return `${day.getUTCFullYear()}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`;
}

/** The quarters that are over, the latest first. */
function endedQuarters(now: number): string[] {
  const day = new Date(now);
  const first = (back: number): number => Date.UTC(day.getUTCFullYear(), 3 * (Math.floor(day.getUTCMonth() / 3) - back), 1);
  return Array.from({ length: KEPT }, (_, k) => quarterOf(first(k + 1)));
}

/** The same answer every time. Needs, reasons and cells are those of which a count is told: naming others would tell that there is something. */
export async function countUnmet(deps: ServerDeps, filter: UnmetFilter): Promise<UnmetCounts> {
  const { of, from, to, ...rest } = filter;
  const releases = (await listReleases(deps, of)).filter(({ quarter }) => (from ?? '') <= quarter && quarter <= (to ?? '9999'));
  const atoms = releases.flatMap((release) => release.atoms);
  const needs = new Set(atoms.flatMap(({ need }) => ('only' in need ? [need.only] : [])));
  const reasons = new Set(atoms.flatMap(({ why }) => ('only' in why ? [why.only] : [])));
  const cells = new Set(
    atoms.flatMap(({ area }) => (area.within !== null && area.except.length === 0 && isCell(area.within) ? [area.within] : [])),
  );
  return {
    ...answerCount(atoms, rest),
    quarters: releases.map(({ quarter }) => quarter),
    byQuarter: releases.map((release) => ({ quarter: release.quarter, ...answerCount(release.atoms, rest) })),
    byWhy: [...reasons].sort().map((why) => ({ why, ...answerCount(atoms, { ...rest, why }) })),
    byNeed: [...needs].sort().map((need) => ({ need, ...answerCount(atoms, { ...rest, need }) })),
    byCell: [...cells].sort().map((cell) => ({ cell, ...answerCount(atoms, { ...rest, cell }) })),
  };
}

/** Counts a request that found nothing usable, for which somebody said that it may be counted. No row of it alone is kept. */
export async function noteUnmetRequest(
  deps: ServerDeps,
  { agency }: Actor,
  { need, why, cell }: { need: string; why: string; cell: string | null },
): Promise<void> {
  resolveNeeds(contributedTo(deps, agency?.id ?? null).terms, [{ term: need }]);
  await deps.db
    .insertInto('unmet_request')
    .values({ quarter: quarterOf(deps.clock()), need, why, cell: cell ?? '', agency_id: agency?.id ?? '', requests: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['quarter', 'need', 'why', 'cell', 'agency_id'])
        .doUpdateSet((eb) => ({ requests: eb('unmet_request.requests', '+', 1) })),
    )
    .execute();
}

/** Every counted quarter, the earliest first; those that ended since are counted now. */
async function listReleases(deps: ServerDeps, kind: CountKind): Promise<Release[]> {
  const { db } = deps;
  const read = async (): Promise<Release[]> => {
    const rows = await db.selectFrom('unmet_release').select(['quarter', 'content']).where('kind', '=', kind).orderBy('quarter').execute();
    return rows.map(({ quarter, content }) => ({ quarter, atoms: JSON.parse(content) as Atom[] }));
  };
  const known = await read();
  const missing = endedQuarters(deps.clock()).filter((quarter) => !known.some((one) => one.quarter === quarter));
  if (missing.length === 0) return known;
  const cases = kind === 'people' ? await casesOfPeople(deps) : await casesOfRequests(deps);
  const limit = await deps.settings.get<number>('gaps.heldBackUpTo');
  const secret = await getSecret(db, 'gaps.counts');
  for (const quarter of missing) {
    const rank = (name: string): string => createHmac('sha256', secret).update(`${kind} ${quarter} ${name}`).digest('hex');
    const atoms = partitionCases(cases.get(quarter) ?? [], { limit, rank });
    // Another server may have been first: then its count is the one.
    await db
      .insertInto('unmet_release')
      .values({ kind, quarter, content: JSON.stringify(atoms), at: new Date(deps.clock()).toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return read();
}

/** Each person once for a need in a quarter: as it was told last. */
async function casesOfPeople(deps: ServerDeps): Promise<Map<string, CountedCase[]>> {
  const told = await listCountedUnmet(deps);
  const last = new Map<string, { quarter: string; one: CountedCase }>();
  for (const { person, agency, need, why, cell, at } of told.sort((a, b) => (a.at < b.at ? -1 : 1))) {
    const quarter = quarterOf(at);
    last.set(JSON.stringify([quarter, person, need]), { quarter, one: { who: person, owner: agency, need, why, cell } });
  }
  return byQuarter(last.values());
}

async function casesOfRequests({ db }: ServerDeps): Promise<Map<string, CountedCase[]>> {
  const rows = await db.selectFrom('unmet_request').selectAll().execute();
  return byQuarter(
    rows.flatMap(({ quarter, need, why, cell, agency_id, requests }, row) =>
      Array.from({ length: requests }, (_, k) => ({
        quarter,
        one: { who: `${row}.${k}`, owner: agency_id, need, why, cell: cell || null },
      })),
    ),
  );
}

function byQuarter(cases: Iterable<{ quarter: string; one: CountedCase }>): Map<string, CountedCase[]> {
  const found = new Map<string, CountedCase[]>();
  for (const { quarter, one } of cases) {
    const others = found.get(quarter);
    if (others) others.push(one);
    else found.set(quarter, [one]);
  }
  return found;
}
