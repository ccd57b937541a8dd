// Which small changes of a rule none of its tests would notice, looked for in a thread each time the rule has rested for a moment.

import { listMutants, type MutationReport } from '#shared/eligibility/mutation.ts';
import type { NodePath } from '#shared/eligibility/rule-document.ts';
import type { Rule, RuleNode } from '#shared/eligibility/rule.ts';
import type { MutationAnswer, MutationRequest } from './mutation-worker.ts';
import { nodeAt } from './nodes.ts';
import type { RuleState } from './state.svelte.ts';

/** How long a rule rests before it is looked at, ms. */
const REST = 500;

/** A change that passes unnoticed, as the condition was and as it would be. */
export interface UnnoticedChange {
  at: NodePath;
  was: RuleNode;
  would: RuleNode;
}

export interface FoundMutations extends Pick<MutationReport, 'mutants' | 'killed'> {
  /** The rule that was looked at. */
  rule: Rule;
  unnoticed: UnnoticedChange[];
}

export class Mutations {
  /** Of the rule as it was when it last rested; undefined: it was not looked at yet. */
  found = $state.raw<FoundMutations | undefined>();
  #worker: Worker | undefined;
  #number = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: Rule | undefined;

  /** @param rule with tests that all pass: what a failing one would notice is nothing to go by */
  look(rule: Rule, { sources, today }: Pick<RuleState, 'sources' | 'today'>): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#asked = rule;
      this.#start().postMessage({ number: ++this.#number, rule, ...sources, on: today } satisfies MutationRequest);
    }, REST);
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#number++;
    this.found = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- an address that never changes; the bundler reads it as it stands
    const worker = new Worker(new URL('./mutation-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<MutationAnswer>) => {
      if (data.number === this.#number && this.#asked) this.found = toFound(this.#asked, data.report);
    });
    return (this.#worker = worker);
  }
}

function toFound(rule: Rule, { mutants, killed, survived }: MutationReport): FoundMutations {
  const all = survived.length > 0 ? listMutants(rule) : [];
  const unnoticed = survived.flatMap(({ at, change }): UnnoticedChange[] => {
    const mutant = all.find((other) => other.change === change && other.at.join('.') === at.join('.'));
    const [was, would] = [nodeAt(rule, at), nodeAt(mutant?.rule, at)];
    return was && would ? [{ at, was: was as RuleNode, would: would as RuleNode }] : [];
  });
  return { rule, mutants, killed, unnoticed };
}
