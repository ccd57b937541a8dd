// One person and 50,000 services, beside three engines that decide the same rules; the results are asserted to be equal.

import { createAreas } from '#shared/eligibility/areas.ts';
import { evaluate, scatterVerdicts } from '#shared/eligibility/evaluate.ts';
import { compileRules, type RuleSet } from '#shared/eligibility/rule-set.ts';
import { VERDICTS, type Rule } from '#shared/eligibility/rule.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { PEERS } from './_eligibility-peers.ts';
import { BENCH_FACTS, randomPeople, randomRules, toFacts, type Person } from './_eligibility-rules.ts';
import { benchRow, type Bench, type BenchRow } from './bench.ts';

const SERVICES = 50_000;
const SHARED = 500;
const ON = '2026-11-22';
const areas = createAreas();
const ELIGIBLE = VERDICTS.indexOf('eligible');

export const bench: Bench = {
  name: 'eligibility',
  what: `${SERVICES.toLocaleString('en')} services × 1 person, 8 conditions, 10 facts: distinct rules and ${SHARED} shared ones`,
  async run() {
    const people = randomPeople(8, 5);
    return [...(await compareDistinct(randomRules(SERVICES, 3), people)), ...(await compareShared(randomRules(SHARED, 4), people))];
  },
};

async function compareDistinct(rules: readonly Rule[], people: readonly Person[]): Promise<BenchRow[]> {
  const services = Uint32Array.from(rules, (_, i) => i);
  const first = await clock(() => decideAll(compileRules({ rules, facts: BENCH_FACTS }), people[0]!, services));
  const ruleSet = compileRules({ rules, facts: BENCH_FACTS });
  const known = people.map((person) => read(ruleSet, person));
  const warm = await lowest(16, (run) => scatter(ruleSet, known[run % 8]!, services));
  const rows: BenchRow[] = [];
  for (const peer of PEERS) {
    const translated = peer.translate(rules.filter((_, i) => i % peer.sample === 0));
    let pass = peer.prepare([]);
    const theirFirst = await clock(() => (pass = peer.prepare(translated))(people[0]!));
    for (const [i, person] of people.entries()) assertEqual(await pass(person), scatter(ruleSet, known[i]!, services), peer);
    const theirWarm = await lowest(8, (run) => pass(people[run % 8]!));
    rows.push(
      benchRow({ id: 'eligibility.distinct.warm', unit: 'ms', ours: warm, peer: theirWarm * peer.sample, peerName: peer.name }),
      benchRow({ id: 'eligibility.distinct.first', unit: 'ms', ours: first, peer: theirFirst * peer.sample, peerName: peer.name }),
    );
  }
  return rows;
}

async function compareShared(rules: readonly Rule[], people: readonly Person[]): Promise<BenchRow[]> {
  const services = Uint32Array.from({ length: SERVICES }, (_, i) => (i * 7919) % SHARED);
  const ruleSet = compileRules({ rules, facts: BENCH_FACTS });
  const known = people.map((person) => read(ruleSet, person));
  const warm = await lowest(200, (run) => scatter(ruleSet, known[run % 8]!, services));
  const rows: BenchRow[] = [];
  for (const peer of PEERS) {
    const translated = peer.translate(rules);
    const each = peer.prepare(Array.from(services, (rule) => translated[rule]!).filter((_, i) => i % peer.sample === 0));
    const theirWarm = await lowest(4, (run) => each(people[run % 8]!));
    const once = peer.prepare(translated);
    const memoised = await lowest(20, async (run) => {
      const verdicts = await once(people[run % 8]!);
      const out = new Uint8Array(SERVICES);
      for (let i = 0; i < SERVICES; i++) out[i] = verdicts[services[i]!] ? 1 : 0;
      return out;
    });
    rows.push(
      benchRow({ id: 'eligibility.shared.warm', unit: 'ms', ours: warm, peer: theirWarm * peer.sample, peerName: peer.name }),
      benchRow({ id: 'eligibility.shared.memoised', unit: 'ms', ours: warm, peer: memoised, peerName: peer.name }),
    );
  }
  return rows;
}

function read(ruleSet: RuleSet, person: Person): KnownFacts {
  const known = readFacts(toFacts(person), { catalogue: ruleSet.catalogue, on: ON });
  if (!known.ok) throw new Error(known.issues.map((issue) => issue.message).join('\n'));
  return known.value;
}

function decideAll(ruleSet: RuleSet, person: Person, services: Uint32Array): Uint8Array {
  return scatter(ruleSet, read(ruleSet, person), services);
}

function scatter(ruleSet: RuleSet, facts: KnownFacts, rules: Uint32Array): Uint8Array {
  return scatterVerdicts(evaluate(ruleSet, facts, { on: ON, areas }), { rules });
}

function assertEqual(theirs: readonly (boolean | undefined)[], ours: Uint8Array, peer: { name: string; sample: number }): void {
  const other = theirs.findIndex((yes, i) => yes !== (ours[i * peer.sample] === ELIGIBLE));
  if (other >= 0)
    throw new Error(`${peer.name} says ${theirs[other]} of rule ${other * peer.sample}, we ${VERDICTS[ours[other * peer.sample]!]}.`);
}

async function clock(once: () => unknown): Promise<number> {
  const start = performance.now();
  await once();
  return performance.now() - start;
}

async function lowest(runs: number, once: (run: number) => unknown): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < runs; run++) best = Math.min(best, await clock(() => once(run)));
  return best;
}
