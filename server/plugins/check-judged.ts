// Tries the functions that judge facts: their own tests, the same answer twice and in whatever company, and no answer that knowing
// more would turn round. Whoever is only told a part says "unknown", or what stays so.

import { createAreas } from '#shared/eligibility/areas.ts';
import { withComputedFacts } from '#shared/eligibility/compute-facts.ts';
import { toContext } from '#shared/eligibility/evaluate.ts';
import { compileRules, type RuleSet } from '#shared/eligibility/rule-set.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition, Facts } from '#shared/intake/facts.ts';
import { holdToJudged, type JudgedBy } from '#shared/intake/judged.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { tellFacts } from '#shared/intake/tell-facts.ts';
import type { Judgement } from '#shared/plugin-api/functions.ts';
import type { FunctionOf } from './caged-functions.ts';
import { withinReads } from './given-facts.ts';

/** A batch as large as any that it is ever given. */
const MANY = 500;

export interface JudgedCheck {
  judge: FunctionOf<'judgements'>;
  /** Facts that the manifest asks to read. */
  reads: ReadonlySet<string>;
  /** All that its tests may name. */
  facts: readonly FactDefinition[];
  tables: readonly RuleTable[];
  /** Day of the tests that state none. */
  on: string;
}

/** What is wrong with it in words, each once; what the function throws is thrown. */
export async function tryJudged(fact: string, judged: JudgedBy, { judge, reads, ...check }: JudgedCheck): Promise<string[]> {
  const unasked = judged.reads.filter((id) => !reads.has(id));
  if (unasked.length > 0) return [`it reads ${unasked.join(', ')}, for which the manifest does not ask under permissions.reads.`];
  const unknown = judged.reads.filter((id) => !check.facts.some((one) => one.id === id));
  if (unknown.length > 0) return [`there is no fact ${unknown.join(', ')}.`];
  const ruleSet = compileRules({ rules: [], facts: check.facts, tables: check.tables });
  const run = withinReads(judge, reads);
  const ask = async (people: Facts[], day: string): Promise<Judgement[]> => {
    const answers = await run({ day, people });
    answers.forEach((answer) => holdToJudged(answer, fact, judged));
    return answers;
  };
  const faults: string[] = [];
  const said: { told: Facts; day: string; answer: Judgement }[] = [];
  for (const test of judged.tests) {
    const day = test.on ?? check.on;
    const told = tellGiven(test.given as Facts, day, { judged, ruleSet });
    if (typeof told === 'string') {
      faults.push(`test "${test.name}": ${told}`);
      continue;
    }
    const [answer] = (await ask([told], day)) as [Judgement];
    said.push({ told, day, answer });
    faults.push(...listFaults(test, answer).map((fault) => `test "${test.name}": ${fault}`));
    if (answer.answer !== 'unknown') faults.push(...(await findTurned(told, answer, (people) => ask(people, day))).map((id) => `test "${test.name}": without ${id} it says the opposite. What is not certain yet is "unknown".`)); // prettier-ignore
  }
  if (!(await isSameInCompany(said, ask))) faults.push('it gives something else the second time, or among others.');
  return [...new Set(faults)];
}

/** As the function would be given it; in words what is wrong with the test. */
function tellGiven(given: Facts, on: string, { judged, ruleSet }: { judged: JudgedBy; ruleSet: RuleSet }): Facts | string {
  const read = readFacts(given, { catalogue: ruleSet.catalogue, on });
  if (!read.ok) return read.issues.map(({ message }) => message).join(' ');
  const known = withComputedFacts(ruleSet.computed, read.value, toContext(ruleSet, { on, areas: createAreas() }));
  return tellFacts(known, new Set(judged.reads), ruleSet.catalogue);
}

function listFaults({ expect, reason, ask = [] }: JudgedBy['tests'][number], got: Judgement): string[] {
  const missed = ask.filter((id) => !got.missing?.includes(id));
  return [
    ...(got.answer === expect ? [] : [`expects ${expect} and gets ${got.answer}.`]),
    ...(reason === undefined || reason === got.reason ? [] : [`expects the reason ${reason} and gets ${got.reason ?? 'none'}.`]),
    ...(missed.length > 0 ? [`does not ask for ${missed.join(', ')}.`] : []),
  ];
}

/** Facts without which the opposite is said. */
async function findTurned(told: Facts, { answer }: Judgement, ask: (people: Facts[]) => Promise<Judgement[]>): Promise<string[]> {
  const ids = Object.keys(told);
  const without = (id: string): Facts => Object.fromEntries(Object.entries(told).filter(([other]) => other !== id));
  const answers = await ask([...ids.map(without), {}]);
  const opposite = answer === 'yes' ? 'no' : 'yes';
  return answers.flatMap((one, i) => (one.answer === opposite ? [ids[i] ?? 'anything'] : []));
}

/** One by one, all together, in another order, and many at once. */
async function isSameInCompany(
  said: readonly { told: Facts; day: string; answer: Judgement }[],
  ask: (people: Facts[], day: string) => Promise<Judgement[]>,
): Promise<boolean> {
  for (const [day, some] of Map.groupBy(said, (one) => one.day)) {
    const many = Array.from({ length: MANY }, (_, i) => some[(MANY - i) % some.length]!);
    const answers = await ask(
      many.map(({ told }) => told),
      day,
    );
    if (answers.some((answer, i) => JSON.stringify(answer) !== JSON.stringify(many[i]!.answer))) return false;
  }
  return true;
}
