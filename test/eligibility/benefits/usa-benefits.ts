// Turns the published criteria of federal benefits into rules of ours: facts from the table of criteria, a rule from each
// benefit. What the criteria say beyond a comparison: a date "within the last two years" is the years since it (an age derived
// from a date), and a choice is held against several values.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { FactDefinition, FactType } from '#shared/intake/facts.ts';
import { FactDefinition as FactSchema } from '#shared/intake/facts.ts';

interface Criterion {
  criteriaKey: string;
  acceptableValues?: (string | boolean)[];
}

export interface Benefit {
  id: string;
  eligibility: Criterion[];
}

/** One use of a criterion: what is asked of it, as the source means it. */
export interface Use {
  fact: string;
  type: FactType;
  /** Of a date: comparisons, all of which must hold. Otherwise values, one of which must. */
  dates: { before: boolean; years?: number; day?: string }[];
  values: (string | boolean)[];
}

export interface ConvertedBenefit {
  id: string;
  uses: Use[];
  /** In the rule format, not parsed yet. */
  rule: Record<string, unknown>;
}

export interface Conversion {
  facts: FactDefinition[];
  benefits: ConvertedBenefit[];
  /** Values that are asked for and that no answer offers, as "fact: value". */
  strayValues: string[];
}

export function convert(folder: string): Conversion {
  const words = readWords(join(folder, 'locales/en'));
  const rows = Papa.parse<Record<string, string>>(readFileSync(join(folder, 'criteria.csv'), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;
  const facts = new Map<string, FactDefinition>();
  const offered = new Map<string, Set<string>>();
  for (const row of rows) {
    const type = TYPES[row['type'] ?? ''];
    if (!type) continue;
    const id = toFact(row['criteriaKey']!);
    const options = (row['values'] ?? '').split(';').flatMap((key) => words.get(key) ?? []);
    const isYesNo = type === 'choice' && options.join() === 'yes,no';
    offered.set(id, new Set(options));
    add(facts, { id, label: words.get(row['criteria.criteriaKey.label'] ?? '') ?? id, type: isYesNo ? 'boolean' : type });
    if (type === 'date') add(facts, { id: yearsSince(id), label: `Years since ${id}`, type: 'age', derivedFrom: id });
  }
  const strayValues = new Set<string>();
  const benefits = (JSON.parse(readFileSync(join(folder, 'benefits.json'), 'utf8')) as Benefit[]).map(({ id, eligibility }) => {
    const uses = eligibility.map(({ criteriaKey, acceptableValues = [] }): Use => {
      const fact = toFact(criteriaKey);
      const { type } = facts.get(fact)!;
      const values = acceptableValues.map((value) => (typeof value === 'string' ? (words.get(value) ?? value) : value));
      if (type === 'date') return { fact, type, dates: values.map((value) => toDate(String(value))), values: [] };
      if (type === 'boolean') return { fact, type, dates: [], values: values.map((value) => value === true || value === 'yes') };
      for (const value of values) if (!offered.get(fact)!.has(String(value))) strayValues.add(`${fact}: ${String(value)}`);
      return { fact, type, dates: [], values };
    });
    return { id, uses, rule: toRule(id, uses) };
  });
  return { facts: [...facts.values()], benefits, strayValues: [...strayValues].sort() };
}

const TYPES: Record<string, FactType> = { boolean: 'boolean', radio: 'choice', select: 'choice', date: 'date', location: 'place' };

function toRule(id: string, uses: readonly Use[]): Record<string, unknown> {
  const conditions = uses.flatMap(({ fact, type, dates, values }): Record<string, unknown>[] => {
    if (type === 'date') {
      return dates.map(({ before, years, day }) =>
        years === undefined
          ? { fact, [before ? 'before' : 'after']: day }
          : { fact: yearsSince(fact), [before ? 'less_than' : 'at_least']: years },
      );
    }
    return [values.length === 1 ? { fact, is: values[0] } : { fact, is_one_of: values }];
  });
  return { rule: `usa/${id.replace(/[^a-z0-9-]+/g, '-')}`, version: 1, eligible_when: { all: conditions } };
}

/** "<18years": less than 18 years ago; ">62years": 62 years ago or more; "<01-01-1978": before that day. */
function toDate(value: string): Use['dates'][number] {
  const before = value.startsWith('<');
  const years = /^[<>](\d+)years$/.exec(value);
  if (years) return { before, years: Number(years[1]) };
  const [, month, day, year] = /^[<>](\d{2})-(\d{2})-(\d{4})$/.exec(value)!;
  return { before, day: `${year}-${month}-${day}` };
}

export function yearsSince(fact: string): string {
  return `${fact}_years_ago`;
}

/** "applicant_high-school_diploma" is "applicant.high_school_diploma". */
function toFact(key: string): string {
  return key.toLowerCase().replace(/-/g, '_').replace('_', '.');
}

function add(facts: Map<string, FactDefinition>, raw: Record<string, unknown>): void {
  const fact = FactSchema.parse(raw);
  facts.set(fact.id, fact);
}

function readWords(folder: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const file of ['criteria.json', ...readdirSync(join(folder, 'benefits')).map((name) => join('benefits', name))]) {
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>))
      words.set(key, text);
  }
  return words;
}
