// One person and 50,000 services, beside three engines that decide the same rules; the results are asserted to be equal.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAreas } from '#shared/eligibility/areas.ts';
import { decideMany } from '#shared/eligibility/decide-many.ts';
import { evaluate, scatterVerdicts, verdictOf } from '#shared/eligibility/evaluate.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { reevaluate } from '#shared/eligibility/reevaluate.ts';
import { compileRules, type RuleSet } from '#shared/eligibility/rule-set.ts';
import { readRuleSet, writeRuleSet } from '#shared/eligibility/rule-store.ts';
import { VERDICTS, type Rule } from '#shared/eligibility/rule.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { HOSTILE_RULES } from '../eligibility/hostile-rules.ts';
import { PEERS } from './_eligibility-peers.ts';
import { BENCH_FACTS, randomPeople, randomRules, toFacts, type Person } from './_eligibility-rules.ts';
import { benchRow, type Bench, type BenchRow } from './bench.ts';

const SERVICES = 50_000;
const SHARED = 500;
const ON = '2026-11-22';
const areas = createAreas();
const ELIGIBLE = VERDICTS.indexOf('eligible');
const INELIGIBLE = VERDICTS.indexOf('ineligible');
const UNKNOWN = VERDICTS.indexOf('unknown');

export const bench: Bench = {
  name: 'eligibility',
  what: `${SERVICES.toLocaleString('en')} services × 1 person, 8 conditions, 10 facts: distinct rules and ${SHARED} shared ones, beside three rule engines`,
  async run() {
    const people = randomPeople(8, 5);
    return [
      ...(await compareDistinct(randomRules(SERVICES, 3), people)),
      ...(await compareShared(randomRules(SHARED, 4), people)),
      ...(await timeMany(randomRules(2000, 6))),
      ...timeHostile(),
    ];
  },
};

async function compareDistinct(rules: readonly Rule[], people: readonly Person[]): Promise<BenchRow[]> {
  const services = Uint32Array.from(rules, (_, i) => i);
  const first = await clockFirst(() => {
    const compiled = compileRules({ rules, facts: BENCH_FACTS });
    return scatter(compiled, read(compiled, toFacts(people[0]!)), services);
  });
  const ruleSet = compileRules({ rules, facts: BENCH_FACTS });
  const stored = writeRuleSet(ruleSet);
  const opened = await clockFirst(() => {
    const store = readRuleSet(stored, { facts: BENCH_FACTS });
    if (!store.ok) throw new Error(store.issues[0]!.message);
    return scatter(store.value, read(store.value, toFacts(people[0]!)), services);
  });
  const known = people.map((person) => read(ruleSet, toFacts(person)));
  const warm = await lowest(24, (run) => scatter(ruleSet, known[run % 8]!, services));
  const times: PeerTimes[] = [];
  for (const peer of PEERS) {
    const translated = peer.translate(rules.filter((_, i) => i % peer.sample === 0));
    let pass = peer.prepare([]);
    const theirFirst = await clockFirst(() => (pass = peer.prepare(translated))(people[0]!));
    for (const [i, person] of people.entries()) assertEqual(await pass(person), scatter(ruleSet, known[i]!, services), peer);
    const theirWarm = await lowest(8, (run) => pass(people[run % 8]!));
    const missing = countRight(
      await pass(withoutSome(people[0]!)),
      scatter(ruleSet, read(ruleSet, toFacts(people[0]!, KNOWN)), services),
      peer,
    );
    times.push({ name: peer.name, first: theirFirst * peer.sample, warm: theirWarm * peer.sample, missing });
  }
  return [
    ...rowsBeside(times, 'warm', { id: 'eligibility.distinct.warm', unit: 'ms', ours: warm, least: 20 }),
    // The goal is met by whichever of the two ways is taken at a start: from parsed objects, or from a compiled store.
    ...rowsBeside(times, 'first', { id: 'eligibility.distinct.first', unit: 'ms', ours: first }),
    ...rowsBeside(times, 'first', { id: 'eligibility.distinct.opened', unit: 'ms', ours: opened, least: 2 }),
    ...times.map(({ name, missing }) =>
      benchRow({ id: 'eligibility.missing_facts', unit: 'right of 1,000 rules', ours: 1000, peer: missing, peerName: name }, 'higher'),
    ),
    ...(await timeChanges(ruleSet, known)),
  ];
}

interface PeerTimes {
  name: string;
  first: number;
  warm: number;
  /** Of a thousand rules while six of ten facts are missing: those of which it says what is true. */
  missing: number;
}

/** A row beside each engine; the goal stands beside the fastest. */
function rowsBeside<K extends string>(
  times: readonly ({ name: string } & Record<K, number>)[],
  what: K,
  { id, unit, ours, least }: { id: string; unit: string; ours: number; least?: number },
): BenchRow[] {
  const best = Math.min(...times.map((peer) => peer[what]));
  return times.map((peer) =>
    benchRow({
      id,
      unit,
      ours,
      peer: peer[what],
      peerName: peer.name,
      ...(peer[what] === best && least !== undefined ? { goal: { kind: 'ratioAtLeast', value: least } as const } : {}),
    }),
  );
}

/** Four of ten facts are told: the others are left out, as a program would that has no word for "not known". */
const KNOWN = 4;

function withoutSome(person: Person): Person {
  return Object.fromEntries(Object.keys(toFacts(person, KNOWN)).map((id) => [id, person[id]!]));
}

/** An engine that throws, or says nothing, leaves the rule open. */
function countRight(theirs: readonly (boolean | undefined)[], ours: Uint8Array, peer: { sample: number }): number {
  const right = theirs.filter((yes, i) => ours[i * peer.sample] === (yes === undefined ? UNKNOWN : yes ? ELIGIBLE : INELIGIBLE));
  return Math.round((1000 * right.length) / theirs.length);
}

/** One fact that changes: another value of each, and each told for the first time, on the average; beside deciding anew. */
async function timeChanges(ruleSet: RuleSet, people: readonly KnownFacts[]): Promise<BenchRow[]> {
  const options = { on: ON, areas };
  const [one, ...others] = people as [KnownFacts, ...KnownFacts[]];
  const base = evaluate(ruleSet, one, options);
  const full = await lowest(40, () => evaluate(ruleSet, one, options));
  const [changed, told]: [number[], number[]] = [[], []];
  for (const { id } of BENCH_FACTS) {
    const value = JSON.stringify(one.get(id)!.json);
    for (const other of others.filter((person) => JSON.stringify(person.get(id)!.json) !== value)) {
      const facts = new Map([...one, [id, other.get(id)!]]);
      assertSame(reevaluate(base, facts).masks, evaluate(ruleSet, facts, options).masks);
      changed.push(await lowest(25, () => reevaluate(base, facts)));
    }
    const open = evaluate(ruleSet, new Map([...one].filter(([fact]) => fact !== id)), options);
    assertSame(reevaluate(open, one).masks, base.masks);
    told.push(await lowest(20, () => reevaluate(open, one)));
  }
  const beside = { unit: 'ms', peer: full, peerName: 'deciding anew' };
  return [
    benchRow({ id: 'eligibility.changed_fact', ...beside, ours: mean(changed), goal: { kind: 'ratioAtLeast', value: 3 } }),
    benchRow({ id: 'eligibility.told_fact', ...beside, ours: mean(told) }),
  ];
}

async function compareShared(rules: readonly Rule[], people: readonly Person[]): Promise<BenchRow[]> {
  const services = Uint32Array.from({ length: SERVICES }, (_, i) => (i * 7919) % SHARED);
  const ruleSet = compileRules({ rules, facts: BENCH_FACTS });
  const known = people.map((person) => read(ruleSet, toFacts(person)));
  const warm = await lowest(200, (run) => scatter(ruleSet, known[run % 8]!, services));
  const times: { name: string; each: number; memoised: number }[] = [];
  for (const peer of PEERS) {
    const translated = peer.translate(rules);
    const each = peer.prepare(Array.from(services, (rule) => translated[rule]!).filter((_, i) => i % peer.sample === 0));
    const eachTime = await lowest(4, (run) => each(people[run % 8]!));
    const once = peer.prepare(translated);
    const memoised = await lowest(40, async (run) => {
      const verdicts = await once(people[run % 8]!);
      const out = new Uint8Array(SERVICES);
      for (let i = 0; i < SERVICES; i++) out[i] = verdicts[services[i]!] ? 1 : 0;
      return out;
    });
    times.push({ name: peer.name, each: eachTime * peer.sample, memoised });
  }
  const verdicts = new Uint8Array(SERVICES);
  return [
    ...rowsBeside(times, 'each', { id: 'eligibility.shared.warm', unit: 'ms', ours: warm, least: 100 }),
    ...rowsBeside(times, 'memoised', { id: 'eligibility.shared.memoised', unit: 'ms', ours: warm, least: 3 }),
    benchRow({
      id: 'eligibility.shared.bytes',
      unit: 'bytes a service beside the graph',
      ours: (services.byteLength + verdicts.byteLength) / SERVICES,
      goal: { kind: 'oursAtMost', value: 16 },
    }),
  ];
}

/** A preview of 1,000 people: all at once beside one by one. */
async function timeMany(rules: readonly Rule[]): Promise<BenchRow[]> {
  const ruleSet = compileRules({ rules, facts: BENCH_FACTS });
  const people = randomPeople(1000, 8).map((person) => read(ruleSet, toFacts(person)));
  const options = { on: ON, areas, area: AREA.unknown };
  const many = decideMany(ruleSet, people, options);
  const one = evaluate(ruleSet, people[500]!, options);
  for (let rule = 0; rule < rules.length; rule++) {
    if (many.verdictOf(rule, 500) !== verdictOf(one, rule, AREA.unknown))
      throw new Error(`Rule ${rule} differs when many are decided at once.`);
  }
  const together = await lowest(5, () => decideMany(ruleSet, people, options));
  const apart = await lowest(5, () => {
    for (const facts of people) evaluate(ruleSet, facts, options);
  });
  return [
    benchRow({ id: 'eligibility.many', unit: 'ms for 1,000 people × 2,000 rules', ours: together, peer: apart, peerName: 'one by one' }),
  ];
}

/** The slowest of all hostile texts, each by its fastest of several runs. */
function timeHostile(): BenchRow[] {
  let slowest = 0;
  for (const { name, text } of HOSTILE_RULES) {
    let best = Infinity;
    for (let run = 0; run < 7; run++) {
      const start = performance.now();
      const parsed = parseRule(text);
      best = Math.min(best, performance.now() - start);
      if (parsed.ok) throw new Error(`"${name}" was taken.`);
    }
    slowest = Math.max(slowest, best);
  }
  return [benchRow({ id: 'eligibility.hostile', unit: 'ms, the slowest refusal', ours: slowest, goal: { kind: 'oursAtMost', value: 5 } })];
}

function read(ruleSet: RuleSet, facts: Facts): KnownFacts {
  const known = readFacts(facts, { catalogue: ruleSet.catalogue, on: ON });
  if (!known.ok) throw new Error(known.issues.map((issue) => issue.message).join('\n'));
  return known.value;
}

/** A verdict for each service. */
function scatter(ruleSet: RuleSet, facts: KnownFacts, rules: Uint32Array): Uint8Array {
  return scatterVerdicts(evaluate(ruleSet, facts, { on: ON, areas }), { rules });
}

function assertSame(one: Uint16Array, other: Uint16Array): void {
  if (one.some((mask, node) => mask !== other[node])) throw new Error('A changed fact gives something else than deciding anew.');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function assertEqual(theirs: readonly (boolean | undefined)[], ours: Uint8Array, peer: { name: string; sample: number }): void {
  const other = theirs.findIndex((yes, i) => yes !== (ours[i * peer.sample] === ELIGIBLE));
  if (other >= 0)
    throw new Error(`${peer.name} says ${theirs[other]} of rule ${other * peer.sample}, we ${VERDICTS[ours[other * peer.sample]!]}.`);
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A first answer, without the garbage of what was measured before. */
async function clockFirst(once: () => unknown): Promise<number> {
  collectGarbage();
  return clock(once);
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
