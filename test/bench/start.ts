// From a database with 100,000 services to an index that answers, and to a search that does.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import pino from 'pino';
import { openApp } from '#server/app.ts';
import type { Database } from '#server/db/schema.ts';
import { getTextSearch } from '#server/directory/text-search.ts';
import { syntheticResources } from '../directory/resources.ts';
import { benchRow, quantile, type Bench } from './bench.ts';

const SERVICES = 100_000;
const WORDS = ['riverside food pantry', 'lighthouse', 'rivrside pantri', 'tanner str', '555-1234', 'night shelter hope'];

export const bench: Bench = {
  name: 'start',
  what: 'an index ready from a database of 100,000 services (SQLite, encrypted), and the first search',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'waypost-bench-'));
    const config = process.env['XDG_CONFIG_HOME'];
    process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
    const log = pino({ level: 'silent' });
    try {
      {
        await using app = await openApp({ dataFolder: folder, log });
        await fill(app.db);
      }
      const memory = process.memoryUsage().rss;
      const started = performance.now();
      await using app = await openApp({ dataFolder: folder, log });
      const opened = performance.now() - started;
      const longest = watchDelay();
      await app.directory.ready;
      const ready = performance.now() - started;
      const delay = longest();
      const rss = (process.memoryUsage().rss - memory) / 1e6;
      const search = await getTextSearch(app).current();
      const searchable = performance.now() - started;
      const times = WORDS.flatMap((text) => [0, 1, 2, 3].map(() => timeOf(() => search.find(text, { limit: 20 })))).sort((a, b) => a - b);
      return [
        benchRow({ id: 'start-opened', unit: 'ms until the server can listen', ours: opened }),
        benchRow({ id: 'start-ready', unit: 'ms until 100,000 services can be found', ours: ready }),
        benchRow({ id: 'start-longest-pause', unit: 'ms that a request may wait meanwhile', ours: delay }),
        benchRow({ id: 'start-memory', unit: 'MB more', ours: rss }),
        benchRow({ id: 'start-searchable', unit: 'ms until free text is searched', ours: searchable }),
        benchRow({ id: 'start-search-p50', unit: 'ms', ours: quantile(times, 0.5) }),
        benchRow({ id: 'start-search-p99', unit: 'ms', ours: quantile(times, 0.99) }),
      ];
    } finally {
      if (config === undefined) delete process.env['XDG_CONFIG_HOME'];
      else process.env['XDG_CONFIG_HOME'] = config;
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Straight into the tables: how rows come there is the bench `import`. */
async function fill(db: Kysely<Database>): Promise<void> {
  type Rows = Record<'service' | 'location' | 'service_at_location' | 'address' | 'phone' | 'schedule' | 'language' | 'organization', Record<string, unknown>[]>;
  const empty = (): Rows => ({ organization: [], service: [], location: [], service_at_location: [], address: [], phone: [], schedule: [], language: [] });
  const organizations = new Set<string>();
  let rows = empty();
  const flush = async () => {
    await db.transaction().execute(async (trx) => {
      for (const [table, values] of Object.entries(rows)) {
        for (let i = 0; i < values.length; i += 500) await trx.insertInto(table as 'service').values(values.slice(i, i + 500) as never).execute();
      }
    });
    rows = empty();
  };
  let i = 0;
  for (const one of syntheticResources(SERVICES)) {
    const [service, location] = [one.service.id, one.location!.id];
    if (one.organization && !organizations.has(one.organization.id)) {
      organizations.add(one.organization.id);
      rows.organization.push({ id: one.organization.id, name: one.organization.name, description: '' });
    }
    rows.service.push({ id: service, organization_id: one.organization?.id ?? null, name: one.service.name, description: one.summary, status: 'active', resource_type: one.type, eligibility_description: one.eligibilityText, assured_date: one.verified, rule: one.rule });
    rows.location.push({ id: location, name: one.location!.name, location_type: 'physical', longitude: one.lon, latitude: one.lat, hidden: 0, timezone: 'America/Chicago' });
    rows.service_at_location.push({ id: one.id, service_id: service, location_id: location });
    const [street, city] = one.address!.split(', ');
    rows.address.push({ id: `a${i}`, location_id: location, address_1: street, city, state_province: 'IL', postal_code: '60601', country: 'US', address_type: 'physical' });
    rows.phone.push({ id: `p${i}`, service_id: service, number: one.phone });
    for (const line of one.timetable?.lines ?? []) {
      rows.schedule.push({ id: `h${i}`, service_id: service, freq: 'WEEKLY', byday: line.byday!.join(','), opens_at: clock(line.opens!), closes_at: clock(line.closes!) });
    }
    for (const code of one.languages) rows.language.push({ id: `l${i}${code}`, service_id: service, code });
    if (++i % 5000 === 0) await flush();
  }
  await flush();
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Notes how late a timer comes; the function that it gives tells the longest delay and stops. */
function watchDelay(): () => number {
  let [longest, last] = [0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
