// A source that differs in 100,000 places which were edited here: how long a steward waits for each step from the try to the
// undo, through the procedures of a running server, and how long others wait meanwhile.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeDirectoryAct } from '#server/directory/directory-act.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { benchRow, quantile, type Bench, type BenchRow } from './bench.ts';

const ROWS = 100_000;
const PING_EVERY_MS = 20;
const NO_LIMIT = { burst: 1e9, perSecond: 1e9 };

type Steward = ReturnType<TestApp['caller']>;

export const bench: Bench = {
  name: 'decide',
  what: `${ROWS.toLocaleString('en')} values that were edited here and differ in the source: each step of deciding them by one rule, and what others wait meanwhile`,
  async run() {
    await using app = await testApp({ limits: { address: NO_LIMIT, session: NO_LIMIT } });
    const steward = app.caller('admin');
    const rows: BenchRow[] = [];
    const others: number[] = [];
    /** Times a step while someone else searches. */
    const step = async (id: string, work: () => Promise<unknown>) => {
      const stop = new AbortController();
      const pinging = ping(app, stop.signal);
      const start = performance.now();
      await work();
      rows.push(benchRow({ id, unit: 'ms', ours: performance.now() - start }));
      stop.abort();
      const waited = (await pinging).sort((a, b) => a - b);
      others.push(...waited);
      if (waited.length > 10) rows.push(benchRow({ id: `${id}-others`, unit: 'ms', ours: waited.at(-1) ?? 0 }));
    };
    const first = await upload(steward, app, (i) => `${i},Site ${i},As the source said ${i},${i} Main Street,Oakdale,OH,555-010-0001`);
    await follow(steward, (await steward.imports.run({ upload: first, source: 'sites' })).job);
    await editAll(app);
    await app.deps.feed.poll();
    const second = await upload(steward, app, (i) => `${i},Site ${i},As the source says now ${i},${i} Main Street,Oakdale,OH,555-010-0001`);

    let stage = '';
    await step('try', async () => {
      stage = (await steward.imports.preview({ upload: second, source: 'sites' })).job;
      await follow(steward, stage);
    });
    const staged = (filter: object, after = -1) => steward.imports.staged({ id: stage, filter, page: { after, limit: 50 } });
    await step('first-page', () => staged({}));
    await step('conflicts', () => staged({ outcome: 'conflict' }));
    await step('last-page', () => staged({ outcome: 'conflict' }, ROWS - 60));
    await step('one-kind', () => staged({ object: 'service' }));
    await step('by-text', () => staged({ text: 'site 99999' }));
    await step('decide', () => steward.imports.decide({ id: stage, choice: 'theirs', of: { object: 'service', field: 'description' } }));
    await step('after-deciding', () => staged({ outcome: 'conflict' }));
    await step('apply', async () => follow(steward, (await steward.imports.applyStage({ upload: second, source: 'sites', stage })).job));
    const { id: act } = await app.deps.db.selectFrom('act').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
    await step('undo-preview', () => steward.history.undoPreview({ act }));
    await step('undo', () => steward.history.undo({ act }));
    others.sort((a, b) => a - b);
    rows.push(benchRow({ id: 'others-p50', unit: 'ms', ours: quantile(others, 0.5) }));
    rows.push(benchRow({ id: 'others-p99', unit: 'ms', ours: quantile(others, 0.99) }));
    return rows;
  },
};

async function upload(steward: Steward, app: TestApp, row: (i: number) => string): Promise<string> {
  const { upload: id } = await steward.imports.begin();
  const lines = function* () {
    yield 'id,name,description,address,city,state,phone\n';
    for (let i = 0; i < ROWS; i++) yield `${row(i)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(join(app.dataFolder, 'uploads', id, 'sites.csv')));
  return id;
}

async function follow(steward: Steward, job: string): Promise<void> {
  for await (const state of await steward.imports.progress({ job })) {
    if (state.state === 'failed' || state.state === 'stopped') throw new Error(state.say);
    if (state.state === 'done') return;
  }
}

/** As a bulk edit does it. */
async function editAll(app: TestApp): Promise<void> {
  const services = await app.deps.db.selectFrom('service').selectAll().execute();
  await writeDirectoryAct(app.deps.db, { kind: 'edit', actor: 'local:admin', at: new Date().toISOString() }, async (trx, writer) => {
    await trx.updateTable('service').set({ description: 'As it was found to be' }).execute();
    await writer.record(
      services.map((before) => ({ object: 'service' as const, recordId: before.id, op: 'update' as const, before: { ...before } })),
    );
  });
}

/** Milliseconds of searches, one after another. */
async function ping(app: TestApp, signal: AbortSignal): Promise<number[]> {
  const waited: number[] = [];
  while (!signal.aborted) {
    const start = performance.now();
    await app.caller('viewer').directory.search({ text: 'site 500' });
    waited.push(performance.now() - start);
    await sleep(PING_EVERY_MS);
  }
  return waited;
}
