// Makes an ordinary package of a draft: the same files that an author would write by hand, and read like any other package.

import { stringify } from 'yaml';
import type { MadeDraft } from '#shared/plugin-api/made/draft.ts';
import { firstText } from '#shared/plugin-api/made/ids.ts';
import type { MadeContributions } from '#shared/plugin-api/made/contributions.ts';
import { Problem } from '#shared/platform/problems.ts';
import { packFiles } from '../pack.ts';
import type { PluginPackage } from '../package-file.ts';
import type { MadeRule } from './rules.ts';

export interface MadePackage {
  name: string;
  version: string;
  draft: MadeDraft;
  contributes: MadeContributions;
  rules: readonly MadeRule[];
}

/** The files of each point, and what an author would call them. */
const FILES = {
  resourceTypes: 'resource-types.yaml',
  facts: 'facts.yaml',
  intakeQuestions: 'questions.yaml',
  ruleTables: 'tables.yaml',
  dataChecks: 'checks.yaml',
} as const satisfies Record<keyof MadeContributions, string>;

export async function packMade(made: MadePackage): Promise<PluginPackage> {
  const read = await packFiles(Object.entries(listFiles(made)).map(([path, text]) => [path, Buffer.from(text)] as const));
  if (!read.ok) throw new Problem('unprocessable', read.issues.map(({ message }) => message).join('\n'));
  return read.value;
}

function listFiles({ name, version, draft, contributes, rules }: MadePackage): Record<string, string> {
  const files: Record<string, string> = {};
  const named: Record<string, unknown[]> = {};
  const kept = draft.kept ?? {};
  for (const [point, file] of Object.entries(FILES) as [keyof MadeContributions, string][]) {
    const values = [...contributes[point], ...(kept[point] ?? [])];
    if (values.length === 0) continue;
    files[file] = write(values);
    named[point] = [`./${file}`];
  }
  if (rules.length > 0) {
    named['eligibilityRules'] = ['./rules/*.yaml'];
    for (const { id, texts } of rules)
      files[`rules/${id.split('/').slice(1).join('-')}.yaml`] = texts.map((text) => text.trimEnd()).join('\n---\n') + '\n';
  }
  for (const [point, values] of Object.entries(kept)) if (!(point in FILES)) named[point] = values;
  const manifest = {
    ...{ name, version, displayName: draft.title, description: draft.description.trim() || firstText(draft.title, draft.languages) },
    ...{ license: draft.license || 'UNLICENSED', engines: { waypost: '^1' }, waypost: { contributes: named } },
  };
  const title = firstText(draft.title, draft.languages) || name;
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'README.md': `# ${title}\n\n${draft.description.trim() || 'Made in the browser.'}\n\n${sayContents(files)}`,
    ...files,
  };
}

const write = (value: unknown): string => stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });

const SAID: Readonly<Record<string, string>> = {
  'resource-types.yaml': 'kinds of places',
  'facts.yaml': 'what may be known of a person',
  'questions.yaml': 'how that is asked',
  'tables.yaml': 'figures by date, with their source',
  'checks.yaml': 'what every listing must state',
};

function sayContents(files: Readonly<Record<string, string>>): string {
  const lines = Object.keys(files).map((file) => `| \`${file}\` | ${SAID[file] ?? 'a rule, with its tests'} |\n`);
  return lines.length === 0 ? '' : `| file | what it is |\n| --- | --- |\n${lines.join('')}`;
}
