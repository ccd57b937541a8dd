// One rule taken out of a text of several, to the letter: with its comments, its order and the way it is written, so that whoever
// goes on with it goes on with what its author wrote.

import { isNode } from 'yaml';
import { isRecord } from '../platform/record.ts';
import { readWritten } from './rule-document.ts';
import { readRuleFile, type Written } from './rule-file.ts';

/**
 * @param text a file of rules, as `readRuleFile` takes it
 * @returns the text of that version alone; undefined where the file has none such, or it does not stand by itself (an alias, a list
 * in brackets)
 */
export function takeRuleText(text: string, { rule, version }: { rule: string; version: number }): string | undefined {
  const found = readRuleFile(text).rules.find(({ raw }) => isRecord(raw) && raw['rule'] === rule && (raw['version'] ?? 1) === version);
  const taken = found && cutOut(found);
  // What was cut has to say the same as what stands in the file.
  return taken !== undefined && JSON.stringify(readWritten(taken)?.written) === JSON.stringify(found?.raw) ? taken : undefined;
}

function cutOut({ text, document, at }: Written): string | undefined {
  const node = at.length === 0 ? document.contents : document.getIn(at, true);
  if (!isNode(node) || !node.range) return undefined;
  const [start, , end] = node.range;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const indented = new RegExp(`^ {0,${column}}`);
  const [first = '', ...rest] = text.slice(start, end).split('\n');
  const above = (at.length === 0 ? document.commentBefore : node.commentBefore)?.split('\n').map((line) => `#${line}`) ?? [];
  const lines = [...above, first, ...rest.map((line) => line.replace(indented, ''))];
  return `${lines.join('\n').trimEnd()}\n`;
}
