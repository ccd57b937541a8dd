// Changes a rule in every small way and runs its tests on each: long work for a large rule, so it stands in a thread of its own.

import { runMutants, type MutationReport } from '#shared/eligibility/mutation.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';

export interface MutationRequest {
  /** Comes back with the answer: of several requests only the last one's is wanted. */
  number: number;
  rule: Rule;
  facts: readonly FactDefinition[];
  tables: readonly RuleTable[];
  /** Day of tests that name none, YYYY-MM-DD. */
  on: string;
}

export interface MutationAnswer {
  number: number;
  report: MutationReport;
}

addEventListener('message', ({ data }: MessageEvent<MutationRequest>) => {
  const { number, rule, ...options } = data;
  postMessage({ number, report: runMutants(rule, options) } satisfies MutationAnswer);
});
