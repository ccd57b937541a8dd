// Search over 100,000 services as it is asked while someone types, beside SQLite FTS5 over the same words.

import Database from 'better-sqlite3-multiple-ciphers';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { filterMatch } from '#shared/directory/search-filters.ts';
import { DirectorySearch } from '#shared/directory/search.ts';
import { seeded, syntheticResources } from '../directory/resources.ts';
import { benchRow, quantile, times, type Bench } from './bench.ts';

const SERVICES = 100_000;
const QUERIES = 400;
const LIMIT = 20;
/** A frame at 60 Hz. */
const FRAME_MS = 16;
const NEAR = { lon: -95, lat: 39 };

export const bench: Bench = {
  name: 'search',
  what: 'the first 20 of 100,000 services for whole words, begun words, mistyped words and phrases; beside FTS5 (bm25) on the same words',
  async run() {
    const index = DirectoryIndex.build(syntheticResources(SERVICES));
    const started = performance.now();
    const search = await DirectorySearch.build(index, { needs: [], pause: async () => {} });
    const built = performance.now() - started;
    const fts = createFts(index);
    const queries = makeQueries(index);
    const ours = (list: readonly string[]) => times(list.length, (i) => search.find(list[i]!, { limit: LIMIT, near: NEAR }));
    const theirs = (list: readonly string[]) => times(list.length, (i) => fts(list[i]!));
    const rows = [
      benchRow({ id: 'search-build', unit: 'ms until 100,000 services can be searched', ours: built }),
      benchRow({ id: 'search-bytes', unit: 'bytes a service beside the index', ours: search.byteLength / SERVICES }),
    ];
    const all = [...queries.whole, ...queries.begun];
    const [mine, peer] = [ours(all), theirs(all)];
    for (const [name, q] of Object.entries({ p50: 0.5, p99: 0.99 })) {
      const goal = name === 'p99' ? { goal: { kind: 'oursAtMost' as const, value: FRAME_MS } } : {};
      rows.push(
        benchRow({ id: `search-${name}`, unit: 'ms', ours: quantile(mine, q), peer: quantile(peer, q), peerName: fts.peerName, ...goal }),
      );
    }
    for (const kind of ['mistyped', 'phrase'] as const) {
      const sorted = ours(queries[kind]);
      rows.push(benchRow({ id: `search-${kind}-p50`, unit: 'ms', ours: quantile(sorted, 0.5) }));
      rows.push(
        benchRow({ id: `search-${kind}-p99`, unit: 'ms', ours: quantile(sorted, 0.99), goal: { kind: 'oursAtMost', value: FRAME_MS } }),
      );
    }
    const now = Date.UTC(2026, 10, 19, 17);
    const filtered = times(queries.whole.length, (i) => {
      const match = search.match(queries.whole[i]!);
      const { rows: filter } = filterMatch({ index, traits: search.traits, now }, match, { types: ['food'], open: true });
      search.listFirst(match, { limit: LIMIT, filter, near: NEAR });
    });
    rows.push(benchRow({ id: 'search-filtered-p50', unit: 'ms', ours: quantile(filtered, 0.5) }));
    rows.push(
      benchRow({ id: 'search-filtered-p99', unit: 'ms', ours: quantile(filtered, 0.99), goal: { kind: 'oursAtMost', value: FRAME_MS } }),
    );
    return rows;
  },
};

/** What people type: words of what there is, as they stand, begun only, or with one letter wrong. */
function makeQueries(index: DirectoryIndex) {
  const random = seeded(3);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = (make: (words: string[]) => string | null): string[] => {
    const queries: string[] = [];
    while (queries.length < QUERIES) {
      const row = Math.floor(random() * index.length);
      const text = pick([index.serviceName(row), index.organization(row)!.name, index.address(row)!, index.location(row)!.name]);
      const query = make(
        text
          .toLowerCase()
          .replace(/[^a-z0-9 ]/g, '')
          .split(' '),
      );
      if (query !== null) queries.push(query);
    }
    return queries;
  };
  const part = (words: string[]) => words.slice(0, 1 + Math.floor(random() * words.length));
  return {
    whole: some((words) => part(words).join(' ')),
    begun: some((words) => {
      const chosen = part(words);
      const last = chosen.pop()!;
      return [...chosen, last.slice(0, Math.max(1, Math.ceil(last.length * random())))].join(' ');
    }),
    mistyped: some((words) => {
      const long = words.findIndex((word) => /^[a-z]{5,}$/.test(word));
      if (long < 0) return null;
      const word = words[long]!;
      const at = 1 + Math.floor(random() * (word.length - 1));
      words[long] = word.slice(0, at) + word.slice(at + 1);
      return part(words).join(' ');
    }),
    phrase: some((words) => (words.length < 2 ? null : `"${words.slice(0, 2).join(' ')}"`)),
  };
}

/** FTS5 in memory over the same fields: every word, the last one begun, the best 20 by bm25 with the weights of ours. */
function createFts(index: DirectoryIndex) {
  const db = new Database(':memory:');
  db.exec(
    `create virtual table service using fts5 (name, organization, location, address, summary, phone, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')`,
  );
  const insert = db.prepare(
    'insert into service (rowid, name, organization, location, address, summary, phone) values (?, ?, ?, ?, ?, ?, ?)',
  );
  db.transaction(() => {
    for (let row = 0; row < index.length; row++)
      insert.run(
        row,
        index.serviceName(row),
        index.organization(row)?.name,
        index.location(row)?.name,
        index.address(row),
        index.summary(row),
        index.phone(row),
      );
  })();
  db.exec(`insert into service (service) values ('optimize')`);
  const best = db.prepare('select rowid from service where service match ? order by bm25(service, 15, 8, 6, 5, 3, 15) limit ?');
  const { version } = db.prepare('select sqlite_version() as version').get() as { version: string };
  const find = (text: string) =>
    best.all(
      `${text
        .split(' ')
        .map((word) => `"${word}"`)
        .join(' ')} *`,
      LIMIT,
    );
  return Object.assign(find, { peerName: `SQLite ${version} FTS5` });
}
