// From a draft to a package that could be published, with everything that stands against it: fields that lack something, what
// the check of packages says, and names that others have. Nothing is installed here.

import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import type { Issue } from '#shared/platform/result.ts';
import { isRecord } from '#shared/platform/record.ts';
import { toContributions, type MadeContributions } from '#shared/plugin-api/made/contributions.ts';
import type { MadeDraft } from '#shared/plugin-api/made/draft.ts';
import type { MadeIssue } from '#shared/plugin-api/made/reading.ts';
import type { ServerDeps } from '#server/deps.ts';
import { checkPackage, type CheckReport } from '../check.ts';
import { readContributed } from '../contributed-by.ts';
import type { PluginPackage } from '../package-file.ts';
import { packMade } from './package.ts';
import { readMadeRules, type MadeRule } from './rules.ts';

export interface Built {
  content: PluginPackage;
  contributes: MadeContributions;
  rules: MadeRule[];
  /** What is missing, by field. */
  fields: MadeIssue[];
  report: CheckReport;
  /** Of its issues those that stand against publishing. */
  against: Issue[];
  ok: boolean;
}

export interface Building {
  name: string;
  version: string;
  /** First day of new versions of rules. */
  from: string;
}

type Deps = Pick<ServerDeps, 'db' | 'registry' | 'pluginShelf' | 'clock'>;

export async function buildDraft(deps: Deps, draft: MadeDraft, { name, version, from }: Building): Promise<Built> {
  const { contributes, issues } = toContributions(name, draft);
  const installed = readInstalled(deps, name)['eligibilityRules'] ?? [];
  const own = new Set(installed.map((rule) => isRecord(rule) && rule['rule']));
  const rules = await readMadeRules(draft.rules, { db: deps.db, registry: deps.registry, installed, from });
  const fields = [...issues];
  for (const { id, texts, tested } of rules) {
    if (!id.startsWith(`${name}/`) && !own.has(id)) fields.push({ path: `rules.${id}`, code: 'foreign' });
    else if (texts.length === 0) fields.push({ path: `rules.${id}`, code: 'needed' });
    else if (!tested) fields.push({ path: `rules.${id}`, code: 'tests' });
  }
  const whole = rules.filter(({ texts }) => texts.length > 0);
  const content = await packMade({ name, version, draft, contributes, rules: whole });
  const report = await checkPackage(content, listOthers(deps, name));
  // What another plugin has is not taken from it by a form. Versions of its rules may have been published alone before.
  const against = report.issues.filter(
    ({ severity, code, path }) => severity === 'error' || (code === 'conflict' && path !== 'eligibilityRules'),
  );
  return { content, contributes, rules, fields, report, against, ok: fields.length === 0 && against.length === 0 };
}

/** What there is beside this plugin. */
function listOthers({ registry, clock }: Deps, name: string) {
  const all = <T>(point: string): T[] =>
    registry
      .getPoint<T>(point)
      .all()
      .filter(({ plugin }) => plugin !== name)
      .map(({ value }) => value);
  const on = new Date(clock()).toISOString().slice(0, 10);
  return { registry, facts: all<FactDefinition>('facts'), tables: all<RuleTable>('ruleTables'), on };
}

/** What a plugin contributes as it lies in the store, switched on or off; nothing where it is not installed. */
export function readInstalled({ pluginShelf }: Pick<Deps, 'pluginShelf'>, name: string): Record<string, unknown[]> {
  const entry = pluginShelf.store.find(name);
  return entry ? readContributed(entry.folder) : {};
}
