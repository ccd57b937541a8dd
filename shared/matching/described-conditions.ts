// Conditions in words, kept from one answer to the next of one person: a condition is described anew only where a fact that it
// reads was told anew. Like a decider it belongs to whoever asks for one person in one language, and never to a server.

import type { Decision } from '../eligibility/evaluate.ts';
import type { Leaf } from '../eligibility/graph.ts';
import { factsOfLeaf } from '../eligibility/leaf.ts';
import type { KnownFact } from '../intake/possibility.ts';
import type { Reason } from './request.ts';

export type Described = Pick<Reason, 'fact' | 'value' | 'threshold' | 'say'>;

interface Kept {
  reads: readonly string[];
  /** Of the facts that it reads, as they were. */
  facts: readonly (KnownFact | undefined)[];
  forms: (Described | undefined)[];
}

export class DescribedConditions {
  readonly #kept = new Map<Leaf, Kept>();
  #last: Decision | undefined;

  /** What is known of a condition's words for a decision, to be filled in: one form for each way in which it counts. */
  of(leaf: Leaf, decision: Decision): (Described | undefined)[] {
    if (decision !== this.#last) this.#follow(decision);
    let kept = this.#kept.get(leaf);
    if (!kept) this.#kept.set(leaf, (kept = { reads: factsOfLeaf(leaf), facts: [], forms: [] }));
    const { reads, facts } = kept;
    if (reads.some((id, i) => facts[i] !== decision.facts.get(id))) {
      kept.facts = reads.map((id) => decision.facts.get(id));
      kept.forms = [];
    }
    return kept.forms;
  }

  /** Tables are read on the day and in the region of a decision. */
  #follow(decision: Decision): void {
    const { ruleSet, options } = decision;
    const last = this.#last;
    if (last?.ruleSet !== ruleSet || last.options.on !== options.on || last.options.region !== options.region) this.#kept.clear();
    this.#last = decision;
  }
}
