// A large agency: 10,000 people with 20 entries each, through the same gate as any request, every read and write sealed and on
// record; and all of their facts decided anew after a rule was changed.

import { setImmediate as turn } from 'node:timers/promises';
import type { EntryPayload } from '#shared/casework/entry.ts';
import { foldRecord, toFacts } from '#shared/casework/record.ts';
import { createAreas } from '#shared/eligibility/areas.ts';
import { decideMany } from '#shared/eligibility/decide-many.ts';
import { evaluate, verdictOf } from '#shared/eligibility/evaluate.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { createPanel } from '#shared/eligibility/panel.ts';
import { compileRules, type RuleSetSources } from '#shared/eligibility/rule-set.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { FactCatalogue } from '#shared/intake/catalogue.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { FIELD_CLASSES } from '#shared/intake/field-class.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { readEntries } from '#server/casework/entries.ts';
import { readFactEntries } from '#server/casework/known-facts.ts';
import { inCasework } from '#server/casework/gate.ts';
import { listMyCaseload } from '#server/casework/caseload.ts';
import { addToPerson, createPerson, findPeople, getPerson } from '#server/casework/people.ts';
import { hire, type Member } from '../casework/staff.ts';
import { contributed } from '../support/contributed.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { BENCH_FACTS, randomRules } from './_eligibility-rules.ts';
import { benchRow, quantile, type Bench, type BenchRow } from './bench.ts';

const PEOPLE = 10_000;
const ENTRIES = 20;
const WORKERS = 250;
const RUNS = 500;
const ON = '2026-11-22';
const EVERY_CLASS = new Set(FIELD_CLASSES);

export const bench: Bench = {
  name: 'casework',
  what: `${PEOPLE.toLocaleString('en')} people with ${(PEOPLE * ENTRIES).toLocaleString('en')} entries: milliseconds at the gate, each with its audit row; and a caseload of all of them decided after a rule was changed`,
  async run() {
    await using app = await testApp();
    const workers: Member[] = [];
    for (let i = 0; i < WORKERS; i++) workers.push(await hire(app, 'case_manager', { agency: 'Harbor House', team: `team ${i % 25}` }));
    const started = performance.now();
    const ids = await takeIn(app, workers);
    const taken = performance.now() - started;
    const worker = (i: number) => workers[i % WORKERS]!.actor;
    const note = { payload: { kind: 'note', text: 'Called about the waiting list; will try again on Tuesday.' } satisfies EntryPayload };
    return [
      benchRow({ id: 'casework.taken_in', unit: 'ms a person', ours: taken / PEOPLE }),
      ...(await time('casework.open', (i) => getPerson(app.deps, worker(i), ids[i]!).then(({ entries }) => foldRecord(entries)))),
      ...(await time('casework.save_note', (i) => addToPerson(app.deps, worker(i), { person: ids[i]!, entries: [note] }))),
      ...(await time('casework.my_day', (i) => listMyCaseload(app.deps, worker(i)))),
      ...(await time('casework.find_by_name', (i) => findPeople(app.deps, worker(i), `${FAMILY[i % FAMILY.length]} p${i}`))),
      ...(await timeRematch(app, ids)),
    ];
  },
};

const FAMILY = ['Okafor', 'Nguyen', 'García', 'Haddad', 'Kowalski', 'Tremblay', 'Yilmaz', 'Osei', 'Petrov', 'Silva'];

/** In the order of the workers, so that each has as many. */
async function takeIn(app: TestApp, workers: readonly Member[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, household] of createPanel({ size: PEOPLE }).entries()) {
    const facts = Object.entries(household.facts).map(([fact, value]): EntryPayload => ({
      kind: 'fact',
      fact,
      told: { value },
      source: 'said',
      asOf: ON,
    }));
    const about: EntryPayload[] = [
      { kind: 'identity', mode: 'named', givenName: { value: `P${i}` }, familyName: { value: FAMILY[i % FAMILY.length]! } },
      { kind: 'words', about: 'needs', text: 'Somewhere to stay where the children can keep their school.' },
      ...facts,
    ];
    while (about.length < ENTRIES)
      about.push({ kind: 'note', text: `Contact ${about.length}: talked about the plan and what comes next.` });
    const entries = about.slice(0, ENTRIES).map((payload) => ({ payload }));
    ids.push(await createPerson(app.deps, workers[i % WORKERS]!.actor, { entries }));
    if (i % 50 === 0) await turn();
  }
  return ids;
}

/** Each time another person and another worker. */
async function time(id: string, once: (run: number) => Promise<unknown>): Promise<BenchRow[]> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const person = (i * 37) % PEOPLE;
    const start = performance.now();
    await once(person);
    times.push(performance.now() - start);
    if (i % 20 === 0) await turn();
  }
  times.sort((a, b) => a - b);
  return [
    benchRow({ id: `${id}.p50`, unit: 'ms', ours: quantile(times, 0.5) }),
    benchRow({ id: `${id}.p99`, unit: 'ms', ours: quantile(times, 0.99) }),
  ];
}

async function timeRematch(app: TestApp, ids: readonly string[]): Promise<BenchRow[]> {
  const opened = performance.now();
  const people = await readCaseload(app, ids);
  const read = performance.now() - opened;
  const oneByOne = performance.now();
  const same = await readOneByOne(app, ids);
  const readSlowly = performance.now() - oneByOne;
  if (JSON.stringify(same) !== JSON.stringify(people)) throw new Error('Facts that are kept differ from the facts of the records.');
  const shipped = { rules: contributed('eligibilityRules'), tables: contributed('ruleTables'), facts: contributed('facts') };
  const large = { rules: randomRules(2000, 7), tables: [], facts: BENCH_FACTS };
  return [
    benchRow({ id: 'casework.caseload.read', unit: 'ms', ours: read, peer: readSlowly, peerName: 'entry by entry' }),
    rematch('casework.caseload.rematch', shipped, people),
    rematch('casework.caseload.rematch_large', large, people),
  ];
}

/** All rules, one of them in a new version, for everybody: by turns all at once and one by one, the least of each. */
function rematch(id: string, { rules, ...rest }: RuleSetSources & { rules: Rule[] }, people: readonly Facts[]): BenchRow {
  const options = { on: ON, areas: createAreas() };
  const changed = rules.map((rule, i) => (i === 0 ? { ...rule, version: rule.version + 1 } : rule));
  const ruleSet = compileRules({ ...rest, rules: changed });
  const known = people.map((facts) => read(facts, ruleSet.catalogue));
  const many: number[] = [];
  const one: number[] = [];
  for (let run = 0; run < 3; run++) {
    let start = performance.now();
    const decided = decideMany(ruleSet, known, { ...options, area: AREA.inside });
    many.push(performance.now() - start);
    const eligible = new Uint32Array(rules.length);
    start = performance.now();
    for (const facts of known) {
      const decision = evaluate(ruleSet, facts, options);
      for (let rule = 0; rule < rules.length; rule++) if (verdictOf(decision, rule, AREA.inside) === 'eligible') eligible[rule]! += 1;
    }
    one.push(performance.now() - start);
    eligible.forEach((count, rule) => {
      if (count !== decided.tally(rule).eligible) throw new Error(`Rule ${rule} differs between many at once and one by one.`);
    });
  }
  const peerName = `one by one, ${rules.length} rules`;
  return benchRow({ id, unit: 'ms', ours: Math.min(...many), peer: Math.min(...one), peerName });
}

/** What the rules know of is read; the rest of a record is nothing to them. */
function read(facts: Facts, catalogue: FactCatalogue): KnownFacts {
  const told = Object.fromEntries(Object.entries(facts).filter(([id]) => catalogue.find(id)));
  const known = readFacts(told, { catalogue, on: ON });
  if (!known.ok) throw new Error(known.issues[0]!.message);
  return known.value;
}

/** The facts of everybody, entry by entry from their records: what must come to the same. */
async function readOneByOne(app: TestApp, ids: readonly string[]): Promise<Facts[]> {
  const { keys } = app.deps.casework;
  return inCasework(app.deps, async (trx) => {
    const people: Facts[] = [];
    for (const id of ids) {
      const { key } = await trx.selectFrom('person').select('key').where('id', '=', id).executeTakeFirstOrThrow();
      const entries = await readEntries(trx, { id, key: keys.unwrap(id, key!) }, { classes: EVERY_CLASS, kinds: ['fact', 'correction'] });
      people.push(toFacts(foldRecord(entries)));
    }
    return people;
  });
}

/** The facts of everybody, as they are kept for deciding a caseload. */
async function readCaseload(app: TestApp, ids: readonly string[]): Promise<Facts[]> {
  const { keys } = app.deps.casework;
  return inCasework(app.deps, async (trx) => {
    const rows = await trx.selectFrom('person').select(['id', 'key']).execute();
    const key = new Map(rows.map((row) => [row.id, row.key!]));
    const people = ids.map((id) => ({ id, key: keys.unwrap(id, key.get(id)!), classes: EVERY_CLASS }));
    const entries = await readFactEntries(trx, people);
    return ids.map((id) => toFacts(foldRecord(entries.get(id)!)));
  });
}
