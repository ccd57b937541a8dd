// What rules may name: facts and tables that are shipped, those that stand beside the rules, and facts that are only used.

import { createFactCatalogue, type FactCatalogue } from '../intake/catalogue.ts';
import { FactDefinition } from '../intake/facts.ts';
import { isRecord } from '../platform/record.ts';
import type { Issue } from '../platform/result.ts';
import type { z } from 'zod';
import { checkComputedFacts } from './check-computed.ts';
import { inferFacts } from './infer-facts.ts';
import type { RuleFile, Written } from './rule-file.ts';
import { toSchemaIssues } from './schema-issues.ts';
import { RuleTable } from './tables.ts';

export interface RuleVocabulary {
  /** Facts that are declared somewhere. */
  catalogue: FactCatalogue;
  /** Facts that are not, and what they are taken for. */
  inferred: ReadonlyMap<string, FactDefinition>;
  /** Those of the inferred that people have and no rule names: often a misspelt name. */
  unasked: readonly string[];
  /** The declared and the inferred. */
  facts: readonly FactDefinition[];
  tables: ReadonlyMap<string, RuleTable>;
  /** What is wrong with facts and tables that stand in the files. */
  issues: Issue[];
}

export interface VocabularySources {
  files: readonly RuleFile[];
  /** What is there anyway; files win. */
  facts: Iterable<FactDefinition>;
  tables: Iterable<RuleTable>;
  /** Facts of people, as JSON: their form tells types too. */
  given?: Iterable<unknown>;
}

export function createVocabulary({ files, given = [], ...shipped }: VocabularySources): RuleVocabulary {
  const issues: Issue[] = [];
  const read = <T>(written: readonly Written[], schema: z.ZodType<T>): T[] =>
    written.flatMap((part) => {
      const parsed = readWritten(part, schema);
      if (!Array.isArray(parsed)) return [parsed.value];
      issues.push(...parsed);
      return [];
    });
  const declared = read(
    files.flatMap((file) => file.facts),
    FactDefinition,
  );
  const tables = read(
    files.flatMap((file) => file.tables),
    RuleTable,
  );
  const catalogue = createFactCatalogue([...shipped.facts, ...declared]);
  const rules = files.flatMap((file) => file.rules.map((rule) => rule.raw));
  const inferred = inferFacts({ rules, given, catalogue });
  const asked = inferFacts({ rules, given: [], catalogue });
  const unasked = [...inferred.keys()].filter((id) => !asked.has(id));
  const facts = [...catalogue.facts, ...inferred.values()];
  const tablesById = new Map([...shipped.tables, ...tables].map((table) => [table.table, table]));
  issues.push(...computedIssues(files, createFactCatalogue(facts), tablesById));
  return { catalogue, inferred, unasked, facts, tables: tablesById, issues };
}

/** Of facts that these files declare. */
function computedIssues(files: readonly RuleFile[], catalogue: FactCatalogue, tables: ReadonlyMap<string, RuleTable>): Issue[] {
  const writtenById = new Map(files.flatMap((file) => file.facts.map((fact) => [isRecord(fact.raw) ? fact.raw['id'] : undefined, fact])));
  return checkComputedFacts(catalogue, tables).flatMap((issue) => {
    const written = writtenById.get(issue.path?.replace(/\.computed$/, ''));
    if (!written) return [];
    return [{ ...issue, ...(written.file === undefined ? {} : { file: written.file }), ...written.locate(['computed']) }];
  });
}

/** A fact without a label is called by its id: who only wants to try a rule needs no words. */
function readWritten<T>({ kind, raw, file, locate }: Written, schema: z.ZodType<T>): { value: T } | Issue[] {
  const whole = kind === 'fact' && isRecord(raw) ? { label: raw['id'], ...raw } : raw;
  const parsed = schema.safeParse(whole);
  if (parsed.success) return { value: parsed.data };
  return toSchemaIssues(parsed.error, { code: `${kind}_value`, raw: whole }).map(({ at, ...issue }) => ({
    ...issue,
    ...(file === undefined ? {} : { file }),
    ...locate(at),
  }));
}
