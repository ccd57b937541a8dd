// Find over 100,000 resources that are all in reach, beside PostGIS putting the same rows in the same order with the
// verdicts stored in a column and the waiting times too.

import pg from 'pg';
import { Catalog } from '#client/find/catalog.ts';
import { openSlice } from '#client/find/matcher.ts';
import type { FindSlice } from '#client/find/server.ts';
import { createSlice } from '#server/matching/slice.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import { VERDICTS, type Rule } from '#shared/eligibility/rule.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { match } from '#shared/matching/match.ts';
import { createNeedTerms } from '#shared/matching/need-terms.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import type { FindAnswer } from '#shared/matching/request.ts';
import { createMessages } from '#shared/platform/messages.ts';
import type { ContributionPointId } from '#shared/plugin-api/points.ts';
import { contributed } from '../support/contributed.ts';
import { findPostgres, startPostgres } from '../support/postgres-server.ts';
import { AT, CITY, createCity, FACTS } from './_find-city.ts';
import { benchRow, quantile, times, type Bench, type BenchRow } from './bench.ts';

const RESOURCES = 100_000;
const RULES = 2_000;
const SHOWN = 50;
const MILLION = 1_000_000;
/** A frame at 60 Hz. */
const FRAME_MS = 16;

export const bench: Bench = {
  name: 'matching',
  what: `${RESOURCES.toLocaleString('en')} resources in reach, ${RULES.toLocaleString('en')} distinct rules: need, way, rule, opening, order and ${SHOWN} explained rows; beside PostGIS with verdicts stored`,
  async run() {
    const { index, rules } = createCity(RESOURCES, RULES);
    const compiled = times(3, () => compileRules({ rules, facts: contributed('facts'), tables: contributed('ruleTables') }));
    const context: MatchContext = {
      index,
      ruleSet: compileRules({ rules, facts: contributed('facts'), tables: contributed('ruleTables') }),
      terms: createNeedTerms(contributed('taxonomies'), contributed('synonyms')),
      questions: contributed('intakeQuestions'),
      messages: createMessages({ language: 'en', bundles: ELIGIBILITY_MESSAGES }),
      now: Date.parse(AT),
    };
    const travelTimes = createTravelTimes();
    const answer = (run: number, questions: MatchContext['questions'] = context.questions): FindAnswer => {
      const request = requestFrom(run);
      return match({ ...context, questions }, request, travelToRows(index, travelTimes, request));
    };
    const whole = times(30, (run) => answer(run));
    const unasked = times(30, (run) => answer(run, []));
    const peer = await measurePostgis(answer(0, []), context);
    const million = timeAmongMillion(context);
    const changes = timeChangesInBrowser();
    return [
      benchRow({
        id: 'matching.p50',
        unit: 'ms',
        ours: quantile(unasked, 0.5),
        ...(peer.p50 === undefined ? {} : { peer: peer.p50 }),
        peerName: peer.name,
        goal: { kind: 'ratioAtLeast', value: 20 },
      }),
      benchRow({ id: 'matching.p99', unit: 'ms', ours: quantile(unasked, 0.99) }),
      benchRow({ id: 'matching.with_questions.p50', unit: 'ms', ours: quantile(whole, 0.5) }),
      benchRow({
        id: 'matching.million.p50',
        unit: 'ms, as many in reach of a million',
        ours: quantile(million, 0.5),
        peer: quantile(unasked, 0.5),
        peerName: `the same of ${RESOURCES.toLocaleString('en')}`,
        // At most four times as long.
        goal: { kind: 'ratioAtLeast', value: 0.25 },
      }),
      ...Object.entries({ p50: 0.5, p99: 0.99 }).map(([name, q]) =>
        benchRow({
          id: `matching.browser.${name}`,
          unit: 'ms after a changed answer, 2,000 services, 500 explained',
          ours: quantile(changes, q),
          goal: { kind: 'oursAtMost', value: FRAME_MS },
        }),
      ),
      benchRow({ id: 'matching.compile', unit: 'ms', ours: compiled[0]! }),
    ] satisfies BenchRow[];
  },
};

/** The same places within reach, and nine times as many in another city. */
function timeAmongMillion(context: MatchContext): number[] {
  const { index } = createCity(RESOURCES, RULES, MILLION - RESOURCES);
  const travelTimes = createTravelTimes();
  return times(30, (run) => {
    const request = requestFrom(run);
    return match({ ...context, index, questions: [] }, request, travelToRows(index, travelTimes, request));
  });
}

/** Find as a browser does it: one answer more or another one, and the list is there anew. */
function timeChangesInBrowser(): number[] {
  const { index, rules } = createCity(2000, 400);
  const reach = { rings: [], estimated: true };
  const slice = {
    ...createSlice(index, travelToRows(index, createTravelTimes(), requestFrom(0)), requestFrom(0), { list: [], named: new Set() }),
    reach,
  };
  const matcher = openSlice(JSON.parse(JSON.stringify(slice)) as FindSlice, new Catalog(allContributed(rules), 'en'));
  const all = Object.entries(FACTS);
  return times(200, (run) => {
    // The facts come one by one, and then with other values.
    const told = all.slice(0, 1 + (run % all.length));
    const facts = { ...Object.fromEntries(told), 'person.age': 20 + (run % 50) };
    return matcher.answer({ ...requestFrom(0), facts, limit: 500 }, new Set());
  });
}

function allContributed(rules: readonly Rule[]): Catalog['contributions'] {
  const from = <P extends ContributionPointId>(point: P) => contributed(point).map((value) => ({ plugin: 'bench', value }));
  return {
    taxonomies: from('taxonomies'),
    synonyms: from('synonyms'),
    facts: from('facts'),
    intakeQuestions: from('intakeQuestions'),
    resourceTypes: from('resourceTypes'),
    eligibilityRules: rules.map((value) => ({ plugin: 'bench', value })),
    ruleTables: from('ruleTables'),
    markerStyles: from('markerStyles'),
    handoutTemplates: from('handoutTemplates'),
    languages: [],
  };
}

function requestFrom(run: number): PlacedRequest {
  const near = { lon: CITY.lon + ((run % 7) - 3) * 0.002, lat: CITY.lat + ((run % 5) - 2) * 0.002 };
  return {
    near,
    travel: { mode: 'drive', minutes: 120 },
    needs: [{ term: 'food' }],
    facts: FACTS,
    languages: ['es'],
    at: AT,
    limit: SHOWN,
  };
}

/** The same order in SQL: what a person's verdict and waiting time are is read from columns, the distance is computed. */
const PEER_QUERY = `
  select id, 100 * chance * (1 / (1 + (greatest(way, wait) + 0.25 * way) / 45)) * rest as total
  from (
    select id, chance, wait, rest, st_distance(place, st_point($1, $2)::geography, false) * 1.3 / (30 / 3.6) / 60 as way
    from resource
    where st_dwithin(place, st_point($1, $2)::geography, 60000, false) and needs && $3
  ) as reached
  order by verdict_folded(chance), total desc, id limit ${SHOWN}`.replace('verdict_folded(chance)', '(chance = 0)');

async function measurePostgis(first: FindAnswer, context: MatchContext): Promise<{ name: string; p50?: number }> {
  if (!findPostgres()) return { name: 'peer missing' };
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    const { rows: available } = await client.query(`select 1 from pg_available_extensions where name = 'postgis'`);
    if (available.length === 0) return { name: 'peer missing' };
    await fill(client, context);
    const near = (run: number) => [requestFrom(run).near.lon, requestFrom(run).near.lat, ['food.groceries']];
    const { rows } = await client.query<{ id: string }>(PEER_QUERY, near(0));
    const same = rows.filter((row, i) => row.id === first.matches[i]?.resource.id).length;
    if (same < SHOWN * 0.9) throw new Error(`PostGIS gives another order: ${same} of ${SHOWN} rows stand in the same place.`);
    const all: number[] = [];
    for (let run = 0; run < 10; run++) {
      const start = performance.now();
      await client.query(PEER_QUERY, near(run));
      all.push(performance.now() - start);
    }
    const { rows: version } = await client.query<{ name: string }>(`select 'PostGIS ' || postgis_lib_version() as name`);
    return {
      name: version[0]!.name,
      p50: quantile(
        all.sort((a, b) => a - b),
        0.5,
      ),
    };
  } finally {
    await client.end().catch(() => undefined);
    server.stop();
  }
}

/** One row for each resource with what Find worked out for this person. */
async function fill(client: pg.Client, context: MatchContext): Promise<void> {
  const request = { ...requestFrom(0), limit: RESOURCES };
  const { matches } = match({ ...context, questions: [] }, request, travelToRows(context.index, createTravelTimes(), request));
  await client.query(`create extension postgis`);
  await client.query(
    `create table resource (id text primary key, place geography(point), needs text[], chance float8, wait float8, rest float8)`,
  );
  for (let at = 0; at < matches.length; at += 5000) {
    const part = matches.slice(at, at + 5000).map(({ resource, verdict, score: { parts }, minutes }) => {
      const row = context.index.findRow(resource.id)!;
      const soon = 45 / parts.soon - 45 - 0.25 * (minutes ?? 0);
      return {
        id: resource.id,
        lon: context.index.lon(row),
        lat: context.index.lat(row),
        needs: context.index.needsOf(row),
        chance: VERDICTS.indexOf(verdict) === 4 ? 0 : parts.chance,
        wait: Math.max(0, soon),
        rest: 0.65 + 0.15 * parts.language + 0.15 * parts.capacity + 0.05 * parts.freshness,
      };
    });
    await client.query(
      `insert into resource select id, st_point(lon, lat)::geography, needs, chance, wait, rest
       from jsonb_to_recordset($1) as r(id text, lon float8, lat float8, needs text[], chance float8, wait float8, rest float8)`,
      [JSON.stringify(part)],
    );
  }
  await client.query(`create index on resource using gist (place)`);
  await client.query(`create index on resource using gin (needs)`);
  await client.query(`analyze resource`);
}
