// Plugins in their cage beside the same function in this process and in a plain thread: what a call costs, what a thousand rows
// cost, how soon a plugin is back after it had to be ended, and what fifty of them weigh.

import { readFileSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createRegistry } from '#server/plugins/load.ts';
import { createCagedFunction } from '#server/plugins/caged-functions.ts';
import type { ReadBatch } from '#shared/plugin-api/functions.ts';
import { caged, NOTHING, testCage, type TestCage } from '../plugins/caged.ts';
import { timeAttacked, timeFiftyOn, timeSwitchLarge } from './_plugins-server.ts';
import { benchRow, quantile, type Bench, type BenchRow } from './bench.ts';

const RUNS = 2000;
const ROWS = 1000;
const PLUGINS = 50;

const RULE = `const income = query.income ?? 0; return income <= 1255 + 448 * ((query.size ?? 1) - 1) ? 'eligible' : 'ineligible';`;
const query = (i: number) => ({ income: 900 + (i % 2000), size: 1 + (i % 6), language: 'en' });

export const bench: Bench = {
  name: 'plugins',
  what: 'a plugin in its cage: starts and kills in ms, calls in µs, memory in MB; beside the same call in this process and in a plain thread; the server with fifty on, switching one over 100,000 services, and under attack',
  async run() {
    return [
      ...(await timeStarts()),
      ...(await timeCalls()),
      ...(await timeRows()),
      ...(await timeKill()),
      ...(await weighFifty()),
      timeSwitch(),
      ...(await timeFiftyOn()),
      ...(await timeSwitchLarge()),
      ...(await timeAttacked()),
    ];
  },
};

async function timeStarts(): Promise<BenchRow[]> {
  const [host, plugin]: number[][] = [[], []];
  for (let i = 0; i < 8; i++) {
    using cage = testCage();
    host!.push(await time(() => cage.view(caged('first', RULE), query(0))));
    plugin!.push(await time(() => cage.view(caged('second', RULE), query(0))));
  }
  return [
    benchRow({ id: 'plugins.start.host_and_plugin', unit: 'ms', ours: quantile(host!, 0.5) }),
    benchRow({ id: 'plugins.start.plugin', unit: 'ms', ours: quantile(plugin!, 0.5) }),
  ];
}

async function timeCalls(): Promise<BenchRow[]> {
  using cage = testCage();
  const code = caged('rule', RULE);
  const here = new Function('query', `return (async () => { ${RULE} })();`) as (query: unknown) => Promise<unknown>; // eslint-disable-line no-new-func
  const thread = new Worker(
    `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (query) => parentPort.postMessage(run(query))); function run(query) { ${RULE} }`,
    { eval: true },
  );
  const inThread = (value: unknown) => new Promise((resolve) => (thread.once('message', resolve), thread.postMessage(value)));
  const kinds = {
    cage: (i: number) => cage.view(code, query(i)),
    process: (i: number) => here(query(i)),
    thread: (i: number) => inThread(query(i)),
  };
  const times: Record<string, number[]> = { cage: [], process: [], thread: [] };
  // One after the other in turns, so that a busy machine is unfair to all alike.
  for (let i = 0; i < RUNS; i++) for (const [kind, call] of Object.entries(kinds)) times[kind]!.push(1000 * (await time(() => call(i))));
  const together = await time(() => Promise.all(Array.from({ length: ROWS }, (_, i) => cage.view(code, query(i)))));
  await thread.terminate();
  return [
    ...Object.entries(times).map(([kind, all]) =>
      benchRow({ id: `plugins.call.${kind}`, unit: 'µs', ours: quantile(all.slice(200), 0.5) }),
    ),
    benchRow({ id: 'plugins.call.cage_1000_at_once', unit: 'µs a call', ours: (1000 * together) / ROWS }),
  ];
}

/** An importer that reads lines: a thousand rows, in one batch. */
async function timeRows(): Promise<BenchRow[]> {
  using cage = testCage();
  const read = `async function* lines(file) { const decoder = new TextDecoder(); let text = ''; for await (const piece of file.bytes) text += decoder.decode(piece, { stream: true }); const rows = text.split('\\n').map((line, i) => { const [name, phone, city, note] = line.split(';'); return { row: i + 1, values: { name, phone, city, note } }; }); yield { file: file.path, table: 'lines', columns: ['name', 'phone', 'city', 'note'], rows, issues: [] }; }`;
  const code = caged('lines', `${read} export default { importers: { lines } };`);
  const inCage = createCagedFunction({ cage, code, ...NOTHING }, 'importers', 'lines');
  const here = new Function(`${read} return lines;`)() as typeof inCage; // eslint-disable-line no-new-func
  const bytes = Buffer.from(
    Array.from({ length: ROWS }, (_, i) => `Place ${i};555 0${i};Alderport;Open on weekdays from nine to five`).join('\n'),
  );
  const all = async (importer: typeof inCage): Promise<number> => {
    let rows = 0;
    for await (const batch of importer({
      path: 'a',
      bytes: (async function* () {
        yield bytes;
      })(),
    }) as AsyncIterable<ReadBatch>)
      rows += batch.rows.length;
    return rows;
  };
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < 40; i++) {
    times[0].push(await time(() => all(inCage)));
    times[1].push(await time(() => all(here)));
  }
  return [
    benchRow({ id: 'plugins.rows_1000.cage', unit: 'ms', ours: quantile(times[0].slice(5), 0.5) }),
    benchRow({ id: 'plugins.rows_1000.process', unit: 'ms', ours: quantile(times[1].slice(5), 0.5) }),
  ];
}

/** From a call that cannot be interrupted to the next one that is answered. */
async function timeKill(): Promise<BenchRow[]> {
  using cage = testCage();
  const code = caged('stuck', `if (query.stuck) { const s = 'a'.repeat(1e7); for (;;) s.indexOf('b'); } return 1;`);
  const [kills, restarts]: number[][] = [[], []];
  for (let i = 0; i < 6; i++) {
    kills!.push(await time(() => cage.view(code, { stuck: true }).catch(() => null)));
    restarts!.push(await time(() => cage.view(code, {})));
  }
  return [
    benchRow({ id: 'plugins.kill', unit: 'ms', ours: quantile(kills!, 0.5) }),
    benchRow({ id: 'plugins.kill.restart', unit: 'ms', ours: quantile(restarts!, 0.5) }),
  ];
}

async function weighFifty(): Promise<BenchRow[]> {
  using cage = testCage();
  await cage.view(caged('one', RULE), query(0));
  const one = weigh(cage);
  const began = performance.now();
  // Waiting calls keep a plugin's thread: all fifty are there at the same time.
  const asking = Array.from({ length: PLUGINS }, (_, i) => {
    const code = caged(`plugin ${i}`, 'return host.fetch({});');
    const call = { kind: 'views', name: 'v', args: [{}], fields: [], stream: false, waitMs: 60_000 };
    return { code, call };
  });
  let ready = 0;
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const { promise: end, resolve: finish } = Promise.withResolvers<null>();
  const calls = asking.map(async ({ code, call }) => {
    for await (const _ of cage.run(code, call, () => ((ready += 1) === PLUGINS && resolve(), end)));
  });
  await enough;
  const ms = performance.now() - began;
  await rest(200);
  const many = weigh(cage);
  finish(null);
  await Promise.all(calls);
  return [
    benchRow({ id: 'plugins.fifty.start', unit: 'ms', ours: ms }),
    benchRow({ id: 'plugins.one.memory', unit: 'MB', ours: one }),
    benchRow({ id: 'plugins.fifty.memory', unit: 'MB', ours: many }),
  ];
}

function weigh(cage: TestCage): number {
  if (process.platform !== 'linux') return NaN;
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${cage.status().pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** Switching a plugin of a hundred contributions on and off, as everybody who follows them hears it. */
function timeSwitch(): BenchRow {
  const registry = createRegistry();
  let heard = 0;
  registry.getPoint('themes').onDidChange(({ added, removed }) => (heard += added.length + removed.length));
  const themes = Array.from({ length: 100 }, (_, i) => ({ id: `theme-${i}`, label: `Theme ${i}`, base: 'light' }));
  const times: number[] = [];
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    registry.contribute('switched', { themes }).dispose();
    times.push(performance.now() - began);
  }
  if (heard !== 50 * 200) throw new Error(`${heard} changes were heard.`);
  return benchRow({ id: 'plugins.switch_100_contributions', unit: 'ms', ours: quantile(times, 0.5) });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
