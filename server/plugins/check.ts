// The check of a plugin before anyone uses it, one for all doors: the command line, the author's own CI, and the page on which
// it is installed. What it says is what a person can act on: where, what is wrong, what to do.

import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { checkRuleFiles, type CheckFilesOptions } from '#shared/eligibility/check-files.ts';
import type { RuleDiagnostic } from '#shared/eligibility/parse-rule.ts';
import { breaksFlowRule, grantOf, PluginPermissions, reasonOf } from '#shared/plugin-api/permissions.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { isRecord } from '#shared/platform/record.ts';
import type { Issue } from '#shared/platform/result.ts';
import { checkCode } from './check-code.ts';
import { checkParts, hasFault } from './check-parts.ts';
import { listUntranslated } from './check-texts.ts';
import { readPackageContributions } from './contributed-by.ts';
import type { PluginPackage } from './package-file.ts';
import { readParts, type WrittenParts } from './written-parts.ts';

export interface CheckReport {
  name: string;
  version: string;
  integrity: string;
  /** No error among the issues. */
  ok: boolean;
  /** How much it adds, by contribution point. */
  adds: Record<string, number>;
  /** What it asks for, each with its author's reason. */
  permissions: { reads: { fact: string; reason: string }[]; network: { host: string; reason: string }[] };
  /** It keeps data of its own on the server. */
  keeps: boolean;
  /** Tests of its rules, and branches of them that no test goes through. */
  rules: { rules: number; tests: number; failed: number; uncovered: number };
  issues: Issue[];
}

/** What is there already, and what its rules are decided with. */
export interface CheckAgainst extends CheckFilesOptions {
  registry: ContributionRegistry;
}

/** What is there on a server or in a folder of plugins, on this day. */
export function listAgainst(registry: ContributionRegistry, now: number): CheckAgainst {
  const all = <T>(point: string): T[] =>
    registry
      .getPoint<T>(point)
      .all()
      .map(({ value }) => value);
  const on = new Date(now).toISOString().slice(0, 10);
  return { registry, facts: all<FactDefinition>('facts'), tables: all<RuleTable>('ruleTables'), on };
}

/** @param home folder of a plugin that is shipped with the product, whose functions run in this process */
export async function checkPackage(content: PluginPackage, against: CheckAgainst, home?: string): Promise<CheckReport> {
  const { manifest, integrity } = content;
  const { name, version } = manifest;
  const permissions = manifest.waypost.permissions ?? PluginPermissions.parse({});
  const { contributes, issues: faults } = readPackageContributions(content);
  const issues = faults.filter(({ code }) => !SAID_BY_LINE.has(code));
  const written = readParts(content);
  const rules = checkRules(content, against, written);
  issues.push(
    ...written.issues,
    ...checkParts(written, against.registry),
    ...rules.issues,
    ...listConflicts(name, contributes, against.registry),
    ...listManners(content),
    ...listUntranslated(written.parts),
  );
  if (breaksFlowRule(grantOf(permissions)))
    issues.push(
      issue(
        'flow_rule',
        'It wants to read what is known of people and to talk to the outside. A plugin may do one of them only; make two.',
      ),
    );
  issues.push(...(await checkCode(content, contributes, { against, home })));
  return {
    ...{ name, version, integrity },
    ok: !issues.some(({ severity }) => severity === 'error'),
    adds: Object.fromEntries(Object.entries(contributes).map(([point, values]) => [point, values.length])),
    permissions: {
      reads: Object.entries(permissions.reads).map(([fact, reason]) => ({ fact, reason })),
      network: Object.keys(permissions.network).map((host) => ({ host, reason: reasonOf(permissions, host) })),
    },
    keeps: manifest.waypost.data !== undefined,
    rules: rules.counts,
    issues: listOnce(issues),
  };
}

/** What is said by file and line instead (check-parts.ts, check-files.ts of rules). */
const SAID_BY_LINE = new Set(['unreadable_file', 'invalid_contribution']);

type Contributes = Record<string, readonly unknown[]>;

/** What rules name and is written, but cannot be read: they are not to blame. */
function isFaulty({ parts, unread }: WrittenParts, said: RuleDiagnostic['said']): boolean {
  const [point, id] = said?.values['table'] === undefined ? ['facts', said?.values['fact']] : ['ruleTables', said.values['table']];
  if (unread.has(point)) return true;
  return parts.some((part) => part.point === point && isRecord(part.raw) && (part.raw['id'] ?? part.raw['table']) === id && hasFault(part));
}

function checkRules({ manifest, files }: PluginPackage, against: CheckAgainst, parts: WrittenParts) {
  const named = (manifest.waypost.contributes.eligibilityRules ?? []).filter((value) => typeof value === 'string');
  const texts = [...files]
    .filter(([path]) =>
      named.some((pattern) => new RegExp(`^${pattern.slice(2).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(path)),
    )
    .map(([file, content]) => ({ file, text: Buffer.from(content).toString('utf8') }));
  const own = texts.length === 0 ? [] : [...files].filter(([path]) => /\.ya?ml$/.test(path) && !texts.some(({ file }) => file === path));
  const vocabulary = own.map(([file, content]) => ({ file, text: Buffer.from(content).toString('utf8'), named: false }));
  const { rules, written, issues } = checkRuleFiles([...texts, ...vocabulary], against);
  const results = rules.flatMap(({ rule, written: { file = '', locate }, results: tested }) =>
    tested.map((result) => {
      const at = rule.tests.findIndex(({ name }) => name === result.test);
      return { ...result, file, line: locate(['tests', at]).line ?? 1 };
    }),
  );
  const failed = results.filter(({ passed }) => !passed);
  return {
    counts: {
      rules: texts.length === 0 ? 0 : written,
      tests: results.length,
      failed: failed.length,
      uncovered: rules.reduce((sum, { coverage }) => sum + coverage.branches - coverage.covered, 0),
    },
    issues: [
      ...issues.filter(({ code, file, said }) => {
        if (code === 'not_a_rule') return false;
        if (!texts.some((text) => text.file === file)) return !SAID_OF_PARTS.has(code);
        return !/^unknown_(fact|table)$/.test(code) || !isFaulty(parts, said);
      }),
      ...failed.map(({ rule, test, expected, got, file, line }) => ({
        ...issue('rule_test_failed', `${rule}: the test "${test}" expects ${expected} and gets ${got}.`),
        ...{ file, line },
      })),
    ],
  };
}

/** Of facts and tables that rules name, which are checked as parts of the plugin. */
const SAID_OF_PARTS = new Set(['rule_syntax', 'fact_value', 'table_value']);

/** By what contributions of a point are told apart. */
const KEYS = ['id', 'rule', 'table', 'key'];

export function listConflicts(plugin: string, contributes: Contributes, registry: ContributionRegistry): Issue[] {
  return Object.entries(contributes).flatMap(([point, values]) => {
    const there = registry.getPoint<Record<string, unknown>>(point).all();
    return (values as Record<string, unknown>[]).flatMap((value) => {
      const key = KEYS.find((one) => typeof value[one] === 'string');
      const other = key && there.find((one) => one.plugin !== plugin && one.value[key] === value[key]);
      if (!key || !other) return [];
      const said = `${point}: "${String(value[key])}" is contributed by "${other.plugin}" already. Give yours another ${key}.`;
      return [{ ...issue('conflict', said), severity: 'warning' as const, path: point }];
    });
  });
}

function listManners({ manifest, files }: PluginPackage): Issue[] {
  const missing = [
    ...([...files.keys()].some((path) => /^readme\.md$/i.test(path)) ? [] : ['README.md, which people read before they install it']),
    ...(manifest.description ? [] : ['a description in package.json']),
    ...(typeof manifest['license'] === 'string' ? [] : ['a license in package.json']),
  ];
  return missing.map((what) => ({ ...issue('missing', `There is no ${what.replace(/^a /, '')}.`), severity: 'warning' as const }));
}

/** A file that is read in two ways has its faults once; a line is told by its number, not by words as well. */
function listOnce(issues: readonly Issue[]): Issue[] {
  const told = new Map(
    issues.map(({ message, ...rest }) => {
      const one = { ...rest, message: rest.line === undefined ? message : message.replace(`Line ${rest.line}: `, '') };
      return [[one.file, one.line, one.message].join('\n'), one];
    }),
  );
  return [...told.values()];
}

function issue(code: string, message: string): Issue {
  return { code, severity: 'error', message };
}
