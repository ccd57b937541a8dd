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
  const whole = z.union([part, collection, z.array(part)]);
  const schema = withNames((metadata) => z.toJSONSchema(whole, { io: 'input', metadata }));
  return { title: 'Eligibility rules, facts and dated tables of Waypost', ...schema };
}

/** Short names for what is used in several places. */
const NAMED = { condition: RuleNode, test: RuleTest, table: RuleTable, fact: FactDefinition, value: FactValue };

/** The names hold for this one schema: others that are made of the same parts stay as they are. */
function withNames<T>(work: (registry: typeof z.globalRegistry) => T): T {
  const registry = z.globalRegistry;
  const before = Object.entries(NAMED).map(([id, schema]) => ({ id, schema, meta: registry.get(schema) }));
  for (const { id, schema, meta } of before) registry.add(schema, { ...meta, id });
  try {
    return work(registry);
  } finally {
    for (const { schema, meta } of before) {
      registry.remove(schema);
      if (meta) registry.add(schema, meta);
    }
  }
}
