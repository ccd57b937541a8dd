// Which question is asked for a fact: the first in order whose `when` holds for what is known so far.

import { evaluateWhen, parseWhen, type When } from '../platform/when.ts';
import { isExact, type KnownFacts } from './possibility.ts';
import type { IntakeQuestion } from './questions.ts';

const parsed = new WeakMap<IntakeQuestion, When | null>();

/** By fact. A question whose `when` cannot be read is never asked. */
export function applicableQuestions(questions: readonly IntakeQuestion[], facts: KnownFacts): Map<string, IntakeQuestion> {
  const applicable = new Map<string, IntakeQuestion>();
  for (const question of [...questions].sort((a, b) => a.order - b.order)) {
    if (!applicable.has(question.fact) && applies(question, facts)) applicable.set(question.fact, question);
  }
  return applicable;
}

function applies(question: IntakeQuestion, facts: KnownFacts): boolean {
  if (question.when === undefined) return true;
  let when = parsed.get(question);
  if (when === undefined) {
    const read = parseWhen(question.when);
    parsed.set(question, (when = read.ok ? read.value : null));
  }
  return when !== null && evaluateWhen(when, (fact) => plainValue(facts, fact));
}

/** The fact as a when clause compares it: one number (money by the year, dates as day numbers), word or yes; a list as it is. */
function plainValue(facts: KnownFacts, id: string): unknown {
  const possible = facts.get(id)?.possible;
  if (!possible || !isExact(possible)) return undefined;
  if (possible.kind === 'interval') return possible.low;
  if (possible.kind === 'numbers' || possible.kind === 'words') return possible.values[0];
  return possible.kind === 'items' ? possible.has : undefined;
}
