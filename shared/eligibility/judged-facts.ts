// Judged facts beside what was told: where what a function said goes, which of them a decision waits for, and what they rest on.
// A function never makes a decision by itself: what it does not say stays open.

import type { FactCatalogue } from '../intake/catalogue.ts';
import type { Judgements } from '../intake/judged.ts';
import { isExact, UNKNOWN, type KnownFact, type KnownFacts } from '../intake/possibility.ts';
import type { RuleSet } from './rule-set.ts';

/** What was told, and what functions said of it. Where a fact was told itself, that counts. */
export function withJudgements(told: KnownFacts, judgements: Judgements = {}): KnownFacts {
  const added = Object.entries(judgements).filter(([id]) => !told.has(id));
  if (added.length === 0) return told;
  return new Map([...told, ...added.map(([id, judged]): [string, KnownFact] => [id, toKnown(judged)])]);
}

function toKnown(judged: Judgements[string]): KnownFact {
  const { answer } = judged;
  if (answer !== 'yes' && answer !== 'no') return { possible: UNKNOWN, json: { oneOf: [true, false] }, judged };
  return { possible: { kind: 'words', values: [answer === 'yes'] }, json: answer === 'yes', judged };
}

/** Whether it is left to a function that was not asked yet. */
export function isWaiting(fact: string, facts: KnownFacts, catalogue: FactCatalogue): boolean {
  return !facts.has(fact) && catalogue.find(fact)?.judged !== undefined;
}

/** Facts that people tell and that a judged fact rests on, through those that are computed or derived. */
export function inputsOfJudged({ catalogue, computed }: Pick<RuleSet, 'catalogue' | 'computed'>, id: string): string[] {
  const reads = catalogue.find(id)?.judged?.reads ?? [];
  return [...new Set(reads.flatMap((read) => computed.find(read)?.inputs ?? [read]))];
}

/** Facts that may still settle a judged one: those that its function wants, else those that it reads; none where it cannot be asked. */
export function missingOfJudged(
  id: string,
  { facts, ruleSet }: { facts: KnownFacts; ruleSet: Pick<RuleSet, 'catalogue' | 'computed'> },
): string[] {
  const said = facts.get(id)?.judged;
  if (said?.answer === 'not_said') return [];
  const wanted = said?.missing?.flatMap((read) => ruleSet.computed.find(read)?.inputs ?? [read]) ?? inputsOfJudged(ruleSet, id);
  return [...new Set(wanted)].filter((input) => {
    const known = facts.get(input);
    return !known?.declined && !(known && isExact(known.possible));
  });
}
