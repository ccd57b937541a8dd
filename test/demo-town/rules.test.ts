import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Rule } from '#shared/eligibility/rule.ts';
import { runRuleTests } from '#shared/eligibility/rule-tests.ts';
import { RuleTable } from '#shared/eligibility/tables.ts';
import { FactDefinition } from '#shared/intake/facts.ts';
import { portAlderDirectory } from '../../plugins/demo-town/directory/demo.ts';

const folder = (...path: string[]) => join(import.meta.dirname, '../../plugins', ...path);
const readYaml = (...path: string[]): unknown => parse(readFileSync(folder(...path), 'utf8'));

const files = readdirSync(folder('demo-town', 'rules'));
const rules = files.flatMap((file) => z.array(Rule).parse(readYaml('demo-town', 'rules', file)));
const facts = z.array(FactDefinition).parse(readYaml('intake', 'facts.yaml'));
const tables = [RuleTable.parse(readYaml('us-poverty-guidelines', 'us-fpl.yaml'))];

describe('rules of the demo town', () => {
  it('are about as many as a county has, each once', () => {
    expect(rules.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
  });

  test.each(rules.map((rule) => [rule.rule, rule] as const))('%s passes its own tests', (_, rule) => {
    expect(rule.tests.length).toBeGreaterThanOrEqual(2);
    const results = runRuleTests(rule, { facts, tables, on: '2026-05-01' });
    expect(results.filter((result) => !result.passed)).toEqual([]);
  });

  it('are named by services, and every rule that a service names is there', async () => {
    const { records } = await portAlderDirectory();
    const named = new Set((records.service ?? []).flatMap(({ extra }) => (extra?.['waypost:rule'] ? [String(extra['waypost:rule'])] : [])));
    const known = new Set(rules.map(({ rule }) => rule));
    expect([...named].filter((rule) => !known.has(rule))).toEqual([]);
    expect([...known].filter((rule) => !named.has(rule))).toEqual([]);
  });
});
