// Quick fixes of rules as edits of their text: what was written stays as it is, comments and all, but for the place that is mended.

import { isMap, isNode, isScalar, isSeq, parseDocument, stringify, type Document } from 'yaml';
import { sayInEnglish, type Said } from './faults.ts';
import type { Path } from './rule-file.ts';

/** A change of a rule, by paths from the rule. */
export type RuleFix = { title: Said } & RuleChange;
type RuleChange =
  | { replace: Path; value: unknown }
  /** Another word for a key; `renameKey` ends in the key as it is. */
  | { renameKey: Path; to: string }
  | { remove: Path }
  | { addKey: Path; value: unknown };

/** Offsets into the text, in characters. */
export interface TextEdit {
  from: number;
  to: number;
  text: string;
}

export interface TextFix {
  title: string;
  said: Said;
  edits: TextEdit[];
}

interface FixedText {
  text: string;
  document: Document;
  /** Where the rule begins in its document. */
  at: Path;
}

/** Undefined where the place cannot be changed by itself: inside an alias, or in a document that has an anchor there. */
export function toTextFix(fix: RuleFix, { text, document, at }: FixedText): TextFix | undefined {
  const edit = toEdit(fix, { text, document, at });
  return edit && { title: sayInEnglish(fix.title), said: fix.title, edits: [edit] };
}

/** The text with edits made. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((done, { from, to, text: by }) => done.slice(0, from) + by + done.slice(to), text);
}

function toEdit(fix: RuleFix, source: FixedText): TextEdit | undefined {
  const { document, at } = source;
  if ('replace' in fix) {
    const node = document.getIn([...at, ...fix.replace], true);
    if (!isNode(node) || !node.range || node.anchor !== undefined) return undefined;
    // A block of several lines ends behind its line break: there the document is written anew instead.
    if (!isScalar(node) && !(node as { flow?: boolean }).flow)
      return rewrite(source, (copy) => copy.setIn([...at, ...fix.replace], fix.value));
    return { from: node.range[0], to: node.range[1], text: toFlow(fix.value) };
  }
  if ('renameKey' in fix) {
    const path = [...at, ...fix.renameKey];
    const map = document.getIn(path.slice(0, -1), true) ?? document.contents;
    if (!isMap(map)) return undefined;
    const key = map.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key;
    return isScalar(key) && key.range ? { from: key.range[0], to: key.range[1], text: fix.to } : undefined;
  }
  if ('remove' in fix) return rewrite(source, (copy) => copy.deleteIn([...at, ...fix.remove]));
  return rewrite(source, (copy) => copy.setIn([...at, ...fix.addKey], fix.value));
}

/** One document changed as a tree and written again, cut down to what differs. Comments are kept. */
function rewrite({ text, document }: FixedText, change: (copy: Document) => void): TextEdit | undefined {
  const [from = 0, , end = text.length] = document.contents?.range ?? [];
  const source = text.slice(from, end);
  const column = from - (text.lastIndexOf('\n', from - 1) + 1);
  if (column > 0) return undefined;
  const copy = parseDocument(source);
  if (copy.errors.length > 0 || !(isMap(copy.contents) || isSeq(copy.contents))) return undefined;
  const before = write(copy);
  change(copy);
  const after = write(copy);
  const [start, tail] = [commonPrefix(before, after), commonSuffix(before, after)];
  const overlap = Math.max(0, start + tail - Math.min(before.length, after.length));
  const [cut, keep] = [start, tail - overlap];
  // The writer's own layout differs from the author's: then the whole document is the edit.
  if (before !== source) return { from, to: end, text: after };
  return { from: from + cut, to: from + before.length - keep, text: after.slice(cut, after.length - keep) };
}

function write(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function toFlow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function commonSuffix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}
