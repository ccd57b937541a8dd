// Decides one person again and again while answers come in: after a changed answer only what hangs on it. It remembers what it
// was told last, so it belongs to whoever asks for one person, and never to a server.

import type { KnownFact, KnownFacts } from '../intake/possibility.ts';
import { evaluate, type Decision, type DecisionOptions } from './evaluate.ts';
import { reevaluate } from './reevaluate.ts';
import type { RuleSet } from './rule-set.ts';

/** Gives what {@link evaluate} gives. */
export type Decide = (ruleSet: RuleSet, told: KnownFacts, options: DecisionOptions) => Decision;

export function createDecider(): Decide {
  let last: Decision | undefined;
  return (ruleSet, told, options) => {
    const follows = last?.ruleSet === ruleSet && isSame(last.options, options) ? last : undefined;
    return (last = follows ? reevaluate(follows, withKept(told, follows.facts)) : evaluate(ruleSet, told, options));
  };
}

function isSame(a: DecisionOptions, b: DecisionOptions): boolean {
  return a.on === b.on && a.region === b.region && a.areas === b.areas;
}

/** Facts that were told in the same words before are the same objects: by that a change is known. */
function withKept(told: KnownFacts, before: KnownFacts): KnownFacts {
  return new Map(
    [...told].map(([id, fact]) => {
      const earlier = before.get(id);
      return [id, earlier && isToldAlike(fact, earlier) ? earlier : fact] as const;
    }),
  );
}

function isToldAlike(a: KnownFact, b: KnownFact): boolean {
  const told = (fact: KnownFact): string => JSON.stringify([fact.json, fact.judged]);
  return !b.computed && a.from === b.from && told(a) === told(b);
}
