// Plugins as text, and a cage to run them in.

import { createCage, type CagedCode, type CageOptions, type CallRecord } from '#server/plugins/cage/cage.ts';

/** Neither network nor storage. */
export const NOTHING = {
  fetch: () => Promise.reject(new Error('no network')),
  keep: () => Promise.reject(new Error('no storage')),
  readSetting: () => Promise.reject(new Error('no setting')),
};

let hashes = 0;

/** A plugin whose main file is `text`, or has one view `v` with this body. */
export function caged(name: string, body: string): CagedCode {
  const main = body.includes('export default') ? body : `export default { views: { async v(query, host) { ${body} } } };`;
  return { name, version: '1.0.0', hash: `hash-${++hashes}`, main: 'main.js', modules: { 'main.js': main } };
}

export interface TestCage extends ReturnType<typeof createCage>, Disposable {
  readonly records: CallRecord[];
  readonly logs: string[];
  /** Calls a plugin's view `v`. */
  view(code: CagedCode, query?: unknown): Promise<unknown>;
}

export function testCage(options: CageOptions = {}): TestCage {
  const records: CallRecord[] = [];
  const logs: string[] = [];
  const cage = createCage({
    onCall: (record) => records.push(record),
    onLog: (plugin, level, text) => logs.push(`${plugin} ${level} ${text}`),
    ...options,
  });
  return Object.assign(cage, {
    records,
    logs,
    async view(code: CagedCode, query: unknown = {}) {
      const call = { kind: 'views', name: 'v', args: [query], fields: ['language'], stream: false, waitMs: 20_000 };
      for await (const value of cage.run(code, call, async (what) => Promise.reject(new Error(`no ${what}`)))) return value;
    },
    [Symbol.dispose]: () => cage.dispose(),
  });
}
