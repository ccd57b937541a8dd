// All that can be said against a rule that can be decided: warnings with their place and, where there is one, a quick fix.
// Faults that keep a rule from being decided are told by check-rule.ts.

import type { FactCatalogue } from '../intake/catalogue.ts';
import type { CoverageReport } from './coverage.ts';
import { said } from './faults.ts';
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

function lintTests(rule: Rule, { missing }: CoverageReport): PathIssue[] {
  if (rule.tests.length === 0) {
    return [{ ...toPathIssue('rule_untested', [], said('fault.rule_untested')), severity: 'warning' }];
  }
  return missing.map(({ at, condition, outcome }) => ({
    ...toPathIssue('branch_untested', at, said('fault.branch_untested', { outcome, condition })),
    severity: 'warning',
  }));
}
