// The rules of a plugin that is made here: every version that it has published, and what the rule builder holds for the next one.

import type { Kysely } from 'kysely';
import { stringify } from 'yaml';
import { readRuleText } from '#shared/eligibility/check-files.ts';
import { setValue, writeRule } from '#shared/eligibility/rule-document.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import { isRecord } from '#shared/platform/record.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { Database } from '#server/db/schema.ts';

export interface MadeRule {
  id: string;
  /** Texts of its versions, the latest last. */
  texts: string[];
  /** The next version, which nobody has published yet: its number. */
  next: number | null;
  /** Whether the latest of them says by tests what it is to decide. */
  tested: boolean;
}

export interface RuleSource {
  db: Kysely<Database>;
  registry: ContributionRegistry;
  /** What the plugin contributes as it is installed, switched on or off. */
  installed: readonly unknown[];
  /** First day of new versions, YYYY-MM-DD. */
  from: string;
}

export async function readMadeRules(ids: readonly string[], { db, registry, installed, from }: RuleSource): Promise<MadeRule[]> {
  const all = registry.getPoint<Rule>('eligibilityRules').all();
  const drafts =
    ids.length === 0
      ? []
      : await db
          .selectFrom('rule_draft')
          .select(['rule_id', 'text'])
          .where('rule_id', 'in', [...ids])
          .execute();
  return ids.map((id) => {
    const there = [...all.map(({ value }) => value), ...installed.filter(isRecord)] as Rule[];
    const versions = new Map(there.filter(({ rule }) => rule === id).map((rule) => [rule.version, writeRule(rule)]));
    const texts = [...versions].sort(([a], [b]) => a - b).map(([, text]) => text);
    const draft = drafts.find(({ rule_id }) => rule_id === id)?.text;
    if (draft === undefined || (texts.length > 0 && sayBare(draft) === sayBare(texts.at(-1)!)))
      return { id, texts, next: null, tested: true };
    const next = Math.max(0, ...versions.keys()) + 1;
    const text = setValue(setValue(draft, ['version'], next), ['applies', 'from'], from);
    return { id, texts: [...texts.map(withoutTests), text], next, tested: hasTests(text) };
  });
}

/** An earlier version stays so that decisions can be replayed; whether it comes out as it should is asked of the latest alone. */
function withoutTests(text: string): string {
  return setValue(text, ['tests'], []);
}

function hasTests(text: string): boolean {
  const raw = readRuleText({ file: '', text }).rules[0]?.raw;
  return isRecord(raw) && Array.isArray(raw['tests']) && raw['tests'].length > 0;
}

/** What a rule says, whichever version it is. */
function sayBare(text: string): string {
  const raw = readRuleText({ file: '', text }).rules[0]?.raw;
  if (!isRecord(raw)) return text;
  const { version: _version, applies, ...rest } = raw;
  const { from: _from, ...until } = isRecord(applies) ? applies : {};
  return stringify({ ...rest, until }, { sortMapEntries: true });
}
