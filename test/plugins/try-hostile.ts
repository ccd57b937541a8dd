// Tries plugins that mean no good, in one cage with an honest neighbour: each ends as it must, with its name on it; the neighbour is
// answered; the memory of the whole cage stays under its cap; and nothing of this process was touched.

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { CAGE_LIMITS } from '#server/plugins/cage/protocol.ts';
import { caged, testCage } from './caged.ts';
import type { Hostile } from './hostile-code.ts';

export function tryHostile(plugins: readonly Hostile[]): void {
  const cage = testCage({ clock: () => Date.UTC(2026, 10, 3), idleMs: 60_000 });
  const neighbour = caged('neighbour', 'return query.n + 1;');
  beforeAll(async () => void (await cage.view(neighbour, { n: 0 })));
  afterAll(() => cage.dispose());

  /** The program, the threads that are kept, and one plugin at its most. */
  const MOST_BYTES = 400e6 + CAGE_LIMITS.mostPages * 65_536;

  afterEach(async () => {
    expect(await cage.view(neighbour, { n: 41 })).toBe(42);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const { pid } = cage.status();
    if (process.platform === 'linux') expect(residentBytes(pid as number)).toBeLessThan(MOST_BYTES);
  });

  it.each(plugins)('$name', async ({ name, body, ends, answer }) => {
    const code = caged(`hostile: ${name}`, body);
    const result = await cage.view(code, {}).then(
      (value) => ({ value }),
      (error: unknown) => ({ error: error as Error }),
    );
    const record = cage.records.findLast(({ plugin }) => plugin === code.name);
    expect(record).toMatchObject({ plugin: code.name, hash: code.hash, kind: 'views', name: 'v' });
    expect(ends, record?.detail ?? 'it answered').toContain(record?.outcome);
    if ('error' in result) expect(result.error.message).toContain(`The plugin "${code.name}"`);
    else if (answer !== undefined) expect(result.value).toEqual(answer);
    cage.stop(code.name);
  });
}

function residentBytes(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
