// Versions of a rule that plugins brought, as their authors wrote them: out of the plugin's own file with its comments, where that
// still says what was loaded; else written anew from the data.

import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { writeRule } from '#shared/eligibility/rule-document.ts';
import { takeRuleText } from '#shared/eligibility/rule-source.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { ServerDeps } from '#server/deps.ts';
import { PUBLISHED_HERE } from './published.ts';

export interface ShippedText {
  version: number;
  text: string;
  plugin: string;
  /** Within the plugin; null where the text does not stand in a file of its own. */
  file: string | null;
}

type Deps = Pick<ServerDeps, 'registry' | 'plugins'>;

export function listShippedTexts({ registry, plugins }: Deps, id: string): ShippedText[] {
  return registry
    .getPoint<Rule>('eligibilityRules')
    .all()
    .filter(({ plugin, value }) => value.rule === id && plugin !== PUBLISHED_HERE)
    .map(({ plugin, value }) => {
      const written = findWritten(plugins.listFiles(plugin, 'eligibilityRules'), value);
      const home = plugins.list.find(({ name }) => name === plugin)?.folder;
      const file = written && home ? relative(home, written.file).replaceAll(sep, '/') : null;
      return { version: value.version, text: written?.text ?? writeRule(value), plugin, file };
    });
}

function findWritten(files: readonly string[], rule: Rule): { file: string; text: string } | undefined {
  for (const file of files) {
    const whole = readText(file);
    const text = whole.includes(rule.rule) ? takeRuleText(whole, rule) : undefined;
    const parsed = text === undefined ? undefined : parseRule(text);
    if (parsed?.ok && writeRule(parsed.value) === writeRule(rule)) return { file, text: text! };
  }
  return undefined;
}

/** Nothing where it is gone since it was loaded. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
