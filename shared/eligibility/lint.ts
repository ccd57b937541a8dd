// All that can be said against a rule that can be decided: warnings with their place and, where there is one, a quick fix.
// Faults that keep a rule from being decided are told by check-rule.ts.

import type { FactCatalogue } from '../intake/catalogue.ts';
import type { CoverageReport } from './coverage.ts';
import { lintBasis } from './lint-basis.ts';
import { lintFigures } from './lint-figures.ts';
import { lintLogic } from './lint-logic.ts';
import { lintWords } from './lint-words.ts';
import type { Rule } from './rule.ts';
import { toPathIssue, type PathIssue } from './schema-issues.ts';
import type { RuleTable } from './tables.ts';

export interface LintOptions {
  catalogue: FactCatalogue;
  tables: ReadonlyMap<string, RuleTable>;
  /** Languages that every text of a rule must have; those that it uses anyway count too. */
  languages?: readonly string[];
  /** What its tests go through (coverage.ts); absent: tests are not looked at. */
  coverage?: CoverageReport;
}

/** In the order of the rule. */
export function lintRule(rule: Rule, options: LintOptions): PathIssue[] {
  return [
    ...lintLogic(rule, options.catalogue),
    ...lintWords(rule, options),
    ...lintFigures(rule, options.catalogue),
    ...lintBasis(rule, options),
    ...(options.coverage ? lintTests(rule, options.coverage) : []),
  ];
}

const NOT_TRIED = { met: 'in which it holds', failed: 'in which it fails', staff: 'that comes down to it' } as const;

function lintTests(rule: Rule, { missing }: CoverageReport): PathIssue[] {
  if (rule.tests.length === 0) {
    const message = 'This rule has no tests. Add some under "tests": each with facts and the verdict that they must give.';
    return [{ ...toPathIssue('rule_untested', [], message), severity: 'warning' }];
  }
  return missing.map(({ at, condition, outcome }) => ({
    ...toPathIssue('branch_untested', at, `No test has a case ${NOT_TRIED[outcome]} (${condition}).`),
    severity: 'warning',
  }));
}
