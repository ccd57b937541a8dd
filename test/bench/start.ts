// From a database with 100,000 services to an index that answers, and to a search that does.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { openApp } from '#server/app.ts';
import { getTextSearch } from '#server/directory/text-search.ts';
import { fillDirectory } from '../directory/fill.ts';
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
        await fillDirectory(app.db, syntheticResources(SERVICES));
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
