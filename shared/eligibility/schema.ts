// The format of rules, facts and tables as one JSON Schema, for editors: what a file may hold, with a description on every key.

import { z } from 'zod';
import { FactDefinition, FactValue } from '../intake/facts.ts';
import { Rule, RuleNode, RuleTest } from './rule.ts';
import { RuleTable } from './tables.ts';

/** As an author writes it: what has a default may be left out. */
export function toRuleSchema(): Record<string, unknown> {
  const beside = {
    facts: z.array(FactDefinition).optional().describe('Facts that the rules here name'),
    tables: z.array(RuleTable).optional().describe('Dated tables that the rules here refer to'),
  };
  const rule = z.strictObject({ ...Rule.shape, ...beside }).describe('A rule, with facts and tables of its own');
  const part = z.union([rule, RuleTable, FactDefinition]);
  const collection = z.strictObject({ ...beside, rules: z.array(Rule).optional().describe('Rules') }).describe('Facts, tables and rules');
  const schema = z.toJSONSchema(z.union([part, collection, z.array(part)]), { io: 'input', metadata: named() });
  return { title: 'Eligibility rules, facts and dated tables of Waypost', ...schema };
}

/** The descriptions of all schemas, and short names for those that are used in several places. */
function named(): typeof z.globalRegistry {
  const registry = z.globalRegistry;
  for (const [id, schema] of Object.entries({
    condition: RuleNode,
    test: RuleTest,
    table: RuleTable,
    fact: FactDefinition,
    value: FactValue,
  })) {
    registry.add(schema, { ...registry.get(schema), id });
  }
  return registry;
}
