// Checks computed facts against the catalogue they stand in: facts and tables that are not there, sums of money and people
// mixed, facts that rest on themselves.

import { factsNamedBy, partsOf, type ComputedExpression } from '../intake/computed.ts';
import type { FactCatalogue } from '../intake/catalogue.ts';
import type { FactDefinition, FactType } from '../intake/facts.ts';
import type { Issue } from '../platform/result.ts';
import { suggestWords } from '../platform/suggest.ts';
import type { RuleTable } from './tables.ts';

/**
 * @returns an issue for each fault, its path beginning with the fact's id; codes unknown_fact, unknown_table, computed_unit,
 * computed_cycle. With none of them every computed fact of the catalogue can be worked out.
 */
export function checkComputedFacts(catalogue: FactCatalogue, tables: ReadonlyMap<string, RuleTable>): Issue[] {
  return catalogue.facts.flatMap((definition) => (definition.computed === undefined ? [] : checkOne(definition, catalogue, tables)));
}

function checkOne(definition: FactDefinition, catalogue: FactCatalogue, tables: ReadonlyMap<string, RuleTable>): Issue[] {
  const { id, type } = definition;
  const expression = definition.computed!;
  const issues: Issue[] = [];
  const add = (code: string, message: string): void => void issues.push({ code, severity: 'error', path: `${id}.computed`, message });

  for (const name of factsNamedBy(expression, (table) => tables.get(table)?.by)) {
    if (!catalogue.find(name)) add('unknown_fact', `There is no fact "${name}".${didYouMean(catalogue.suggest(name))}`);
  }
  const visit = (part: ComputedExpression): void => {
    const isMoney = type === 'money';
    if (typeof part === 'number') {
      if (isMoney && part !== 0) add('computed_unit', `An amount of money needs its period: { value: ${part}, per: month }.`);
    } else if ('value' in part) {
      if (!isMoney) add('computed_unit', `"${id}" is no amount of money: write ${part.value}.`);
    } else if ('table' in part) {
      if (!tables.has(part.table))
        add('unknown_table', `There is no table "${part.table}".${didYouMean(suggestWords(part.table, tables.keys()))}`);
    } else if ('fact' in part) {
      const other = catalogue.find(part.fact)?.type;
      if (other !== undefined && !goTogether(type, other)) {
        add('computed_unit', `"${part.fact}" is of type ${other} and cannot be reckoned into "${id}", which is of type ${type}.`);
      }
    }
    partsOf(part).forEach(visit);
  };
  visit(expression);
  const cycle = findCycle(id, catalogue, tables);
  if (cycle) add('computed_cycle', `"${id}" rests on itself: ${cycle.join(' → ')}. Take one of them out.`);
  return issues;
}

function goTogether(one: FactType, other: FactType): boolean {
  return one === 'money' ? other === 'money' : other === 'number' || other === 'age';
}

/** The way from a computed fact back to itself. */
function findCycle(id: string, catalogue: FactCatalogue, tables: ReadonlyMap<string, RuleTable>): string[] | undefined {
  const seen = new Set<string>();
  const walk = (at: string, way: string[]): string[] | undefined => {
    const expression = catalogue.find(at)?.computed;
    if (expression === undefined || seen.has(at)) return undefined;
    seen.add(at);
    for (const next of factsNamedBy(expression, (table) => tables.get(table)?.by)) {
      if (next === id) return [...way, next];
      const found = walk(next, [...way, next]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(id, [id]);
}

function didYouMean(near: readonly string[]): string {
  return near.length > 0 ? ` Did you mean "${near[0]}"?` : '';
}
