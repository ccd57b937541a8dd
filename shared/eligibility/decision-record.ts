// A decision as it is kept: what it was made of, with versions, so that it can be made again years later and come out the same.

import { z } from 'zod';
import type { FactDefinition } from '../intake/facts.ts';
import { Facts } from '../intake/facts.ts';
import { readFacts } from '../intake/read-facts.ts';
import type { AreaLookup } from './areas.ts';
import { evaluate, verdictOf, type Decision } from './evaluate.ts';
import { explain, type Explanation } from './explain.ts';
import { AREA, type AreaState } from './mask.ts';
import { compileRules, findVersion } from './rule-set.ts';
import { VERDICTS, type Rule } from './rule.ts';
import type { RuleTable } from './tables.ts';

const AREA_NAMES = ['inside', 'outside', 'unknown'] as const;

export const DecisionRecord = z
  .strictObject({
    rule: z.string(),
    /** Absent: no version was in force on that day. */
    version: z.number().int().positive().optional(),
    on: z.iso.date(),
    region: z.string().optional(),
    area: z.enum(AREA_NAMES).describe("Whether the person was in the service's area"),
    facts: Facts,
    tables: z.record(z.string(), z.iso.date()).describe('Table → first day of the version that was used'),
    verdict: z.enum(VERDICTS),
  })
  .describe('A decision with the versions of all that it was made of');
export type DecisionRecord = z.infer<typeof DecisionRecord>;

/** @param told the facts as they were given, in the words of the API */
export function recordDecision(decision: Decision, rule: number, { area, told }: { area: AreaState; told: Facts }): DecisionRecord {
  const { ruleSet, options } = decision;
  const version = findVersion(ruleSet, rule, options.on);
  return {
    rule: ruleSet.ids[rule]!,
    ...(version ? { version: version.rule.version } : {}),
    on: options.on,
    ...(options.region === undefined ? {} : { region: options.region }),
    area: AREA_NAMES[area],
    facts: told,
    tables: versionsInForce(ruleSet.tables, options.on),
    verdict: verdictOf(decision, rule, area),
  };
}

/** Where what a decision was made of is found again: all versions that there ever were. */
export interface Library {
  rules: Iterable<Rule>;
  tables: Iterable<RuleTable>;
  facts: Iterable<FactDefinition>;
  areas: AreaLookup;
}

export interface Replay extends Explanation {
  /** Whether it came out as it did then. */
  same: boolean;
}

/** Decides again with the versions that the record names, whatever is in force by now. Throws where one of them is gone. */
export function replay(record: DecisionRecord, library: Library): Replay {
  const rules = [...library.rules].filter((rule) => rule.rule === record.rule && rule.version === record.version);
  if (record.version !== undefined && rules.length === 0)
    throw new Error(`Version ${record.version} of the rule "${record.rule}" is gone.`);
  if (record.version === undefined)
    return { verdict: 'not_stated', version: undefined, because: [], missing: [], same: record.verdict === 'not_stated' };
  const tables = [...library.tables].flatMap((table) => toRecorded(table, record));
  for (const id of Object.keys(record.tables)) if (!tables.some(({ table }) => table === id)) throw new Error(`The table "${id}" is gone.`);
  const ruleSet = compileRules({ rules: rules.map((rule) => ({ ...rule, applies: undefined })), tables, facts: library.facts });
  const known = readFacts(record.facts, { catalogue: ruleSet.catalogue, on: record.on });
  if (!known.ok) throw new Error(`The facts cannot be read any more: ${known.issues.map((issue) => issue.message).join(' ')}`);
  const decision = evaluate(ruleSet, known.value, { on: record.on, areas: library.areas, region: record.region });
  const explanation = explain(decision, 0, AREA[record.area]);
  return { ...explanation, same: explanation.verdict === record.verdict };
}

function versionsInForce(tables: ReadonlyMap<string, RuleTable>, on: string): Record<string, string> {
  return Object.fromEntries(
    [...tables].flatMap(([id, { versions }]) => {
      const [latest] = versions
        .filter(({ from, to }) => from <= on && (to === undefined || to >= on))
        .sort((a, b) => (a.from < b.from ? 1 : -1));
      return latest ? [[id, latest.from]] : [];
    }),
  );
}

function toRecorded(table: RuleTable, record: DecisionRecord): RuleTable[] {
  const from = record.tables[table.table];
  const versions = table.versions.filter((version) => version.from === from);
  if (from !== undefined && versions.length === 0) throw new Error(`The version of "${table.table}" from ${from} on is gone.`);
  return versions.length > 0 ? [{ ...table, versions }] : [];
}
