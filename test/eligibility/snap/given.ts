// SNAP as rules, tables and computed facts of ours, for tests.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { RuleTable } from '#shared/eligibility/tables.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { FactDefinition } from '#shared/intake/facts.ts';

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

export const facts = z.array(FactDefinition).parse(parse(read('facts.yaml'), { merge: true }));
export const tables = z.array(RuleTable).parse(parse(read('tables.yaml'), { merge: true }));
export const catalogue = createFactCatalogue(facts);
export const rule = (() => {
  const parsed = parseRule(read('rule.yaml'), { catalogue, tables: new Map(tables.map((table) => [table.table, table])) });
  if (!parsed.ok) throw new Error(parsed.issues.map((issue) => issue.message).join('\n'));
  return parsed.value;
})();
