// Judged facts: asks the functions of plugins what they make of what is known of people, in batches and within a time. It never
// throws for a plugin's sake: what is not said is "not said", and the culprit is named in the log, without a word of what it was told.

import type { AreaLookup } from '#shared/eligibility/areas.ts';
import { withComputedFacts } from '#shared/eligibility/compute-facts.ts';
import { toContext } from '#shared/eligibility/evaluate.ts';
import type { RuleSet } from '#shared/eligibility/rule-set.ts';
import type { FactDefinition, Facts } from '#shared/intake/facts.ts';
import { holdToJudged, type Judged, type JudgedBy, type Judgements } from '#shared/intake/judged.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { tellFacts } from '#shared/intake/tell-facts.ts';
import type { Localized } from '#shared/platform/localized.ts';
import type { Judgement } from '#shared/plugin-api/functions.ts';
import type { ServerDeps } from '#server/deps.ts';
import { listElsewhere, type ForAgency } from '#server/plugins/queries.ts';

/** People in one call. */
const BATCH = 500;
/** How long a call is waited for, by the clock: its thread may have to start first. Who waits for nothing that it says does not wait at all. */
const TIMEOUT_MS = 5000;

export interface JudgeOptions {
  /** For whom, where plugins hold for some agencies only. */
  agency?: ForAgency;
  /** Day of the decision, YYYY-MM-DD. */
  on: string;
  ruleSet: Pick<RuleSet, 'catalogue'>;
}

type JudgeDeps = Pick<ServerDeps, 'plugins' | 'registry' | 'log'>;

/** What is said of one person. Facts that are not judged, or not here, are left out. */
export async function judgePerson(
  deps: JudgeDeps,
  facts: readonly string[],
  known: KnownFacts,
  options: JudgeOptions,
): Promise<Judgements> {
  const said = await Promise.all(facts.map(async (fact) => [fact, (await judgePeople(deps, fact, [known], options))?.[0]] as const));
  return Object.fromEntries(said.flatMap(([fact, judged]) => (judged ? [[fact, judged]] : [])));
}

/**
 * Of many people at once, of whom this was told: what was said, yes or no, beside it as if it had been told. Only what rules name is
 * asked for, in batches; what is not certain stays away, and so open.
 */
export async function withJudgedFacts(
  deps: JudgeDeps,
  people: readonly Facts[],
  { ruleSet, on, agency, areas }: JudgeOptions & { ruleSet: RuleSet; areas: AreaLookup },
): Promise<Facts[]> {
  const named = new Set(ruleSet.graph.leaves.flatMap((leaf) => (leaf.kind === 'test' ? [leaf.condition.fact] : [])));
  const judged = [...named].filter((fact) => ruleSet.catalogue.find(fact)?.judged);
  if (judged.length === 0) return [...people];
  const context = toContext(ruleSet, { on, areas });
  const known = people.map((facts) => {
    const read = readFacts(facts, { catalogue: ruleSet.catalogue, on });
    return read.ok ? withComputedFacts(ruleSet.computed, read.value, context) : new Map<string, never>();
  });
  const said = await Promise.all(
    judged.map(async (fact) => ({ fact, answers: await judgePeople(deps, fact, known, { ruleSet, on, agency }) })),
  );
  return people.map((facts, person) => {
    const sure = said.flatMap(({ fact, answers }): [string, boolean][] => {
      const answer = answers?.[person]?.answer;
      return answer === 'yes' || answer === 'no' ? [[fact, answer === 'yes']] : [];
    });
    return { ...Object.fromEntries(sure), ...facts };
  });
}

/** What is said of each of these people, computed facts among what is known of them; undefined where nobody judges this fact here. */
export async function judgePeople(
  deps: JudgeDeps,
  fact: string,
  people: readonly KnownFacts[],
  { agency, on, ruleSet }: JudgeOptions,
): Promise<Judged[] | undefined> {
  const found = findJudge(deps, fact, agency);
  if (!found) return undefined;
  const reads = new Set(found.judged.reads);
  const told = people.map((known) => tellFacts(known, reads, ruleSet.catalogue));
  const said: Judged[] = [];
  for (let at = 0; at < told.length; at += BATCH) said.push(...(await askFunction(deps, found, told.slice(at, at + BATCH), on)));
  return said;
}

interface Judge {
  plugin: string;
  by: Localized;
  judged: JudgedBy;
}

/** The last definition of a fact holds, as in the catalogue. */
function findJudge({ registry, plugins }: JudgeDeps, fact: string, agency: ForAgency): Judge | undefined {
  const elsewhere = listElsewhere(plugins, agency);
  const found = registry
    .getPoint<FactDefinition>('facts')
    .all()
    .findLast(({ plugin, value }) => value.id === fact && !elsewhere.has(plugin));
  if (!found?.value.judged) return undefined;
  const manifest = plugins.list.find(({ name }) => name === found.plugin)?.manifest;
  return { plugin: found.plugin, by: manifest?.displayName ?? found.plugin, judged: found.value.judged };
}

async function askFunction({ plugins, log }: JudgeDeps, { plugin, by, judged }: Judge, people: Facts[], day: string): Promise<Judged[]> {
  try {
    const judge = await plugins.getFunction(plugin, 'judgements', judged.run);
    const answers = await withinTime(judge({ day, people }));
    if (answers.length !== people.length) throw new Error(`gave ${answers.length} answers for ${people.length} people`);
    return answers.map((answer) => holdToJudged(answer, by, judged));
  } catch (error) {
    log.warn({ plugin, run: judged.run, error: error instanceof Error ? error.message : String(error) }, 'judged fact not said');
    return people.map(() => ({ answer: 'not_said', by }));
  }
}

async function withinTime(answers: Judgement[] | Promise<Judgement[]>): Promise<Judgement[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([answers, late]);
  } finally {
    clearTimeout(timer);
  }
}
