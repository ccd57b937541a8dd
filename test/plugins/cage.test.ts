// The cage from the outside: what a plugin can do there, what ends it, and that the next call finds it well again.

import { afterAll, expect, it } from 'vitest';
import { caged, testCage } from './caged.ts';

const cage = testCage({ clock: () => Date.UTC(2026, 10, 3, 9, 0) });
afterAll(() => cage.dispose());

it('gives data in and out, and nothing else is there', async () => {
  const code = caged(
    'honest',
    `console.log('hello', { a: 1 }); return { query, names: Object.getOwnPropertyNames(globalThis).filter((name) => /^(process|require|fetch|performance|setTimeout|std|os|WebAssembly)$/.test(name)), at: new Date().toISOString(), zone: new Date().getTimezoneOffset() };`,
  );
  expect(await cage.view(code, { language: 'en', text: 'ä 🏠' })).toEqual({
    query: { language: 'en', text: 'ä 🏠' },
    names: [],
    at: '2026-11-03T09:00:00.000Z',
    zone: 0,
  });
  expect(cage.logs).toContain('honest log hello {"a":1}');
  expect(cage.records.at(-1)).toMatchObject({
    plugin: 'honest',
    hash: code.hash,
    kind: 'views',
    name: 'v',
    fields: ['language'],
    outcome: 'ok',
    detail: null,
  });
});

it('answers many calls in few turns, each with its own answer', async () => {
  const code = caged('many', 'return query.n * 2;');
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => cage.view(code, { n })));
  expect(answers).toEqual(Array.from({ length: 1000 }, (_, n) => n * 2));
});

it('is whole again after each way of being stopped', async () => {
  const code = caged(
    'moody',
    `if (query.loop) for (;;); if (query.native) { const s = 'a'.repeat(1e7); for (;;) s.indexOf('b'); } if (query.never) return new Promise(() => {}); if (query.fail) throw new Error('no'); return 'fine';`,
  );
  for (const [query, outcome, words] of [
    [{ loop: true }, 'interrupted', /"moody" was stopped: it computed for more than 100 ms/],
    [{ native: true }, 'killed', /"moody" was ended: it computed for more than 250 ms/],
    [{ never: true }, 'failed', /"moody" waits for something that never comes/],
    [{ fail: true }, 'failed', /"moody" failed: no/],
  ] as const) {
    await expect(cage.view(code, query)).rejects.toThrow(words);
    expect(cage.records.at(-1)).toMatchObject({ plugin: 'moody', outcome });
    expect(await cage.view(code)).toBe('fine');
  }
});

it('comes back when its process was ended from outside', async () => {
  const code = caged('steady', 'return 1;');
  expect(await cage.view(code)).toBe(1);
  const waiting = cage.view(caged('slow', 'for (let i = 0; i < 1e5; i++) await null; return 1;'));
  process.kill(cage.status().pid as number, 'SIGKILL');
  await expect(waiting).rejects.toThrow('was ended with the process');
  expect(await cage.view(code)).toBe(1);
});

it('gives back what is not used, and its process with the last', async () => {
  using own = testCage({ idleMs: 30 });
  expect(await own.view(caged('brief', 'return 1;'))).toBe(1);
  await expect.poll(() => own.status().plugins).toEqual([]);
  await expect.poll(() => own.status().pid).toBeUndefined();
  expect(await own.view(caged('brief', 'return 2;'))).toBe(2);
});

it('closes a call that nobody waits for any longer', async () => {
  const code = caged(
    'stream',
    'export default { importers: { async *rows(file) { for (let i = 1; ; i++) { yield { n: i }; await null; } } } };',
  );
  const call = { kind: 'importers', name: 'rows', args: [{ path: 'a' }], fields: ['path'], stream: true, waitMs: 20_000 };
  const seen: unknown[] = [];
  for await (const value of cage.run(code, call, async () => null)) if (seen.push(value) === 3) break;
  expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(cage.records.at(-1)).toMatchObject({ plugin: 'stream', outcome: 'stopped' });
});
