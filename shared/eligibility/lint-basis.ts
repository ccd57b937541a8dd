// What a rule rests on: an amount that is typed where a dated table has it (and will be wrong next year), and a protected
// characteristic that excludes people without saying which law or policy allows it.

import type { FactCatalogue } from '../intake/catalogue.ts';
import type { Period } from '../intake/facts.ts';
import { fromYearly, toYearly } from '../intake/money.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { isRecord } from '../platform/record.ts';
import { said } from './faults.ts';
import type { Path } from './rule-file.ts';
import { COMPARISONS, type Rule, type RuleNode, type TestNode } from './rule.ts';
import { toPathIssue, type PathIssue } from './schema-issues.ts';
import type { RuleTable } from './tables.ts';
import { findGroup, listNodes } from './walk.ts';

export interface LintBasisOptions {
  catalogue: FactCatalogue;
  tables: ReadonlyMap<string, RuleTable>;
}

export function lintBasis(rule: Rule, options: LintBasisOptions): PathIssue[] {
  return [...lintAmounts(rule, options), ...lintProtected(rule.eligible_when, options.catalogue)];
}

/** Percentages in which programmes state their limits. */
const USUAL_PERCENT = [100, 120, 125, 130, 133, 135, 138, 150, 165, 175, 185, 200, 225, 235, 250, 275, 300, 350, 400];
/** Small amounts are a percentage of something or other by chance. */
const LEAST = 500;

/** An amount that is a usual percentage of an entry of a table, rounded or not. */
function lintAmounts(rule: Rule, { tables }: LintBasisOptions): PathIssue[] {
  return listNodes(rule.eligible_when).flatMap(({ node, at }) => {
    if (!('fact' in node)) return [];
    const comparison = COMPARISONS.find((c) => node[c] !== undefined)!;
    const bounds = comparison === 'between' ? (node[comparison] as unknown[]) : [node[comparison]];
    return bounds.flatMap((bound, i) => {
      if (!isRecord(bound) || typeof bound['value'] !== 'number' || typeof bound['per'] !== 'string') return [];
      const found = findInTables({ value: bound['value'], per: bound['per'] as Period }, tables);
      if (!found) return [];
      const path = [...at, comparison, ...(comparison === 'between' ? [i] : [])];
      const { table, percent, entry, from } = found;
      const value = { percent, of: table.table, ...(table.by === undefined ? {} : { by: table.by }) };
      const what = said('fault.typed_amount', { percent, table: table.table, entry, from });
      const fix = { title: said('fix.write_percent', { percent, table: table.table }), replace: path, value };
      return [{ ...toPathIssue('typed_amount', path, what), severity: 'warning' as const, fix }];
    });
  });
}

interface Amount {
  value: number;
  per: Period;
}

interface Found {
  table: RuleTable;
  percent: number;
  entry: number;
  from: string;
}

/** The newest version of the first table that has it. */
function findInTables(amount: Amount, tables: ReadonlyMap<string, RuleTable>): Found | undefined {
  for (const table of tables.values()) {
    for (const { from, regions } of [...table.versions].reverse()) {
      for (const { values } of Object.values(regions)) {
        const percents = values.map((value) => findPercent(amount, toYearly(value, table.per), table));
        const entry = percents.findIndex((percent) => percent !== undefined);
        if (entry >= 0) return { table, percent: percents[entry]!, entry: entry + 1, from };
      }
    }
  }
  return undefined;
}

/** Limits are printed in whole dollars of their period: less than one away is rounding, more is another figure. */
function findPercent({ value, per }: Amount, yearly: number, table: RuleTable): number | undefined {
  // Programmes take percentages of a year's guidelines by the size of the household; limits by the month, or of savings, are used as they are.
  const percents = table.per === 'year' && table.by === 'household.size' ? USUAL_PERCENT : [100];
  return percents.find((percent) => Math.abs(fromYearly((yearly * percent) / 100, per) - value) < 1 && value >= LEAST);
}

/**
 * Conditions that all must meet, on a protected characteristic, without a legal basis of their own or of a group around them.
 * One of several alternatives excludes nobody by itself.
 */
function lintProtected(root: RuleNode, catalogue: FactCatalogue): PathIssue[] {
  const found: PathIssue[] = [];
  const visit = (node: RuleNode, at: Path, inMember: boolean): void => {
    if (node.legal_basis !== undefined) return;
    if ('fact' in node) return check(node, at, inMember);
    if ('where' in node && node.where) return visit(node.where, [...at, 'where'], true);
    const group = findGroup(node);
    const alternatives = group && group.nodes.length > 1 && (group.key === 'any' || group.key === 'of');
    if (group && !alternatives) group.nodes.forEach((child, i) => visit(child, [...at, group.key, i], inMember));
  };
  const check = (node: TestNode, at: Path, inMember: boolean): void => {
    const fact = catalogue.find(inMember ? memberFactId(node.fact) : node.fact);
    if (!fact?.protected) return;
    const what = said('fault.protected_attribute', { fact: fact.id });
    const fix = { title: said('fix.add_legal_basis'), addKey: [...at, 'legal_basis'], value: '' };
    found.push({ ...toPathIssue('protected_attribute', at, what), severity: 'warning', fix });
  };
  visit(root, ['eligible_when'], false);
  return found;
}
