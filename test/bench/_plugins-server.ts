// Plugins in a whole server: what fifty of them cost its start, what switching one costs a large directory, and what others wait
// while plugins misbehave.

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pino from 'pino';
import { openApp, type App } from '#server/app.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import { compileContributedRules } from '#server/matching/queries.ts';
import { disablePlugin, enablePlugin, installPlugin } from '#server/plugins/administer.ts';
import { fillDirectory } from '../directory/fill.ts';
import { syntheticResources } from '../directory/resources.ts';
import { caged } from '../plugins/caged.ts';
import { HOSTILE } from '../plugins/hostile-code.ts';
import { packageOf } from '../plugins/packages.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { benchRow, quantile, type BenchRow } from './bench.ts';

const PLUGINS = 50;
const SERVICES = 100_000;
const CLIENTS = 50;
const SECONDS = 8;
const ROUNDS = 5;
const NO_LIMIT = { burst: 1e9, perSecond: 1e9 };
const log = pino({ level: 'silent' });
const actor = createLocalActor('admin');

/** What an agency's plugin is like: a kind, a question with its fact, a rule with a test, a view of its own code. */
async function agencyPlugin(i: number) {
  const id = `agency_${i}`;
  const contributes = {
    resourceTypes: [{ id, label: `Kind ${i}`, plural: `Kinds ${i}`, shape: 'circle', icon: 'utensils', colour: '--c-pantry', needs: [], words: { en: [`agencyword${i}`] } }], // prettier-ignore
    facts: [{ id: `person.${id}`, label: `Fact ${i}`, type: 'boolean', class: 'needs', cost: 1 }],
    intakeQuestions: [{ id, fact: `person.${id}`, ask: `Question ${i}?` }],
    eligibilityRules: [{ rule: `${id}/rule`, version: 1, eligible_when: { fact: 'person.age', at_least: 18 }, tests: [] }],
    views: [{ id, title: `View ${i}`, icon: 'map', run: 'v' }],
  };
  return packageOf({ name: `agency-${i}`, contributes, main: `export default { views: { v: async () => [] } };` });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-bench-'));
  const config = process.env['XDG_CONFIG_HOME'];
  process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
  try {
    return await work(folder);
  } finally {
    if (config === undefined) delete process.env['XDG_CONFIG_HOME'];
    else process.env['XDG_CONFIG_HOME'] = config;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The start of the product with fifty on beside none, one after the other: the best of each. */
export async function timeFiftyOn(): Promise<BenchRow[]> {
  return inFolder(async (folder) => {
    const [none, fifty] = [join(folder, 'none'), join(folder, 'fifty')];
    {
      await using app = await openApp({ dataFolder: none, log });
      await app.directory.ready;
    }
    cpSync(none, fifty, { recursive: true });
    {
      await using app = await openApp({ dataFolder: fifty, log });
      for (let i = 0; i < PLUGINS; i++) {
        const content = await agencyPlugin(i);
        await installPlugin(app.pluginShelf, { content, source: 'bench' }, { actor });
        await enablePlugin(app.pluginShelf, content.manifest.name, { actor });
      }
      const on = app.plugins.list.filter(({ installed }) => installed).length;
      if (on !== PLUGINS || app.plugins.faults.length > 0) throw new Error(`${on} are on: ${app.plugins.faults[0]?.message ?? ''}`);
    }
    const start = async (dataFolder: string): Promise<{ ms: number; heap: number }> => {
      const began = performance.now();
      await using app = await openApp({ dataFolder, log });
      await app.directory.ready;
      const ms = performance.now() - began;
      return { ms, heap: heapUsed() };
    };
    const [without, having]: { ms: number; heap: number }[][] = [[], []];
    for (let i = 0; i < ROUNDS; i++) {
      without!.push(await start(none));
      having!.push(await start(fifty));
    }
    const least = (all: { ms: number; heap: number }[], what: 'ms' | 'heap') => Math.min(...all.map((one) => one[what]));
    const peerName = 'no plugin installed';
    return [
      benchRow({ id: 'plugins.fifty_on.start', unit: 'ms', ours: least(having!, 'ms'), peer: least(without!, 'ms'), peerName }),
      benchRow({ id: 'plugins.fifty_on.heap', unit: 'MB', ours: least(having!, 'heap'), peer: least(without!, 'heap'), peerName }),
    ];
  });
}

/** Switching one that brings a kind of resource, over a directory of 100,000 services: until all of it holds, and the longest pause. */
export async function timeSwitchLarge(): Promise<BenchRow[]> {
  return inFolder(async (folder) => {
    await using app = await openApp({ dataFolder: folder, log });
    await fillDirectory(app.db, syntheticResources(SERVICES));
    await app.directory.ready;
    const content = await agencyPlugin(0);
    await installPlugin(app.pluginShelf, { content, source: 'bench' }, { actor });
    const [held, indexed, paused]: number[][] = [[], [], []];
    for (let i = 0; i < 6; i++) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const next = nextIndex(app);
      const began = performance.now();
      if (i % 2 === 0) await enablePlugin(app.pluginShelf, 'agency-0', { actor });
      else await disablePlugin(app.pluginShelf, 'agency-0', actor);
      const { ids } = compileContributedRules(app);
      if (ids.includes('agency_0/rule') !== (i % 2 === 0)) throw new Error('The rule does not follow the plugin.');
      held!.push(performance.now() - began);
      await next;
      indexed!.push(performance.now() - began);
      delay.disable();
      paused!.push(delay.max / 1e6);
    }
    const median = (all: number[]) =>
      quantile(
        [...all].sort((a, b) => a - b),
        0.5,
      );
    return [
      benchRow({ id: 'plugins.switch_large.rules', unit: 'ms', ours: median(held!) }),
      benchRow({ id: 'plugins.switch_large.index', unit: 'ms until 100,000 services are of the new kinds', ours: median(indexed!) }),
      benchRow({ id: 'plugins.switch_large.pause', unit: 'ms that a request may wait meanwhile', ours: median(paused!) }),
    ];
  });
}

function nextIndex(app: App): Promise<void> {
  return new Promise((resolve) => {
    const listener = app.directory.onDidChange(() => {
      listener.dispose();
      resolve();
    });
  });
}

/** People who search while every hostile plugin runs, one after the other, beside the same people alone. */
export async function timeAttacked(): Promise<BenchRow[]> {
  await using app = await testApp({ demo: true, limits: { address: NO_LIMIT, session: NO_LIMIT } });
  await app.deps.directory.ready;
  await measure(app, 2);
  const [alone, attacked]: number[][] = [[], []];
  let attacks = 0;
  for (let round = 0; round < 2; round++) {
    alone!.push(...(await measure(app, SECONDS)));
    let over = false;
    const attacking = (async () => {
      for (let i = 0; !over; i++) {
        const { name, body } = HOSTILE[i % HOSTILE.length]!;
        const code = caged(`hostile: ${name}`, body);
        const call = { kind: 'views', name: 'v', args: [{}], fields: [], stream: false, waitMs: 20_000 };
        try {
          for await (const _ of app.deps.pluginShelf.cage.run(code, call, () => Promise.reject(new Error('nothing')))) attacks += 0;
        } catch {
          // As it should.
        }
        attacks += 1;
        app.deps.pluginShelf.cage.stop(code.name);
      }
    })();
    attacked!.push(...(await measure(app, SECONDS)));
    over = true;
    await attacking;
  }
  const at = (all: number[], q: number) =>
    quantile(
      [...all].sort((a, b) => a - b),
      q,
    );
  const row = (id: string, q: number) => benchRow({ id, unit: 'ms', ours: at(attacked!, q), peer: at(alone!, q), peerName: 'no attack' });
  return [
    row('plugins.attacked.p50', 0.5),
    row('plugins.attacked.p99', 0.99),
    benchRow({ id: 'plugins.attacked.attacks', unit: 'attacks meanwhile', ours: attacks }, 'higher'),
  ];
}

async function measure(app: TestApp, seconds: number): Promise<number[]> {
  const clients = join(import.meta.dirname, '_find-clients.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [clients, app.url, String(CLIENTS), String(seconds)], { maxBuffer: 1e8 });
  return JSON.parse(stdout) as number[];
}

/** What is in use, in MB, after what is not has been taken away. */
function heapUsed(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}
