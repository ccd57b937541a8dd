// The text of a rule and edits of it. The text is the truth: an edit of the tree is an edit of the YAML document, so that
// comments, order and the way things are written stay; lines that the edit does not touch stay as they are, to the letter.

import { Document, isCollection, isMap, isPair, isScalar, isSeq, parseDocument, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import type { Rule, RuleNode } from './rule.ts';
import { diffLines } from '../platform/line-diff.ts';

/** From the root of the text: ["eligible_when", "all", 0]. */
export type NodePath = readonly (string | number)[];

const STYLE = { lineWidth: 140, singleQuote: true } as const;
export const GROUP_KINDS = ['all', 'any', 'none', 'at_least_n'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

export const ROOT: NodePath = ['eligible_when'];

/** @returns what was written, whatever it is; undefined where it is no YAML */
export function readWritten(text: string): { written: unknown } | undefined {
  try {
    const document = parseDocument(text);
    return document.errors.length > 0 ? undefined : { written: document.toJS({ maxAliasCount: 20 }) as unknown };
  } catch {
    return undefined;
  }
}

/** Text of a rule that was kept as data. */
export function writeRule(rule: object): string {
  const document = new Document(rule);
  flowSmall(document.contents as Node | null, 0);
  return document.toString(STYLE);
}

/** Conditions and short lists stand in one line, as people write them. */
function flowSmall(node: unknown, depth: number): void {
  if (!isCollection(node)) return;
  const leaf = depth > 0 && JSON.stringify(node.toJSON()).length <= 110 && !holdsGroup(node);
  if (leaf) node.flow = true;
  else for (const item of node.items) flowSmall(isPair(item) ? item.value : item, depth + 1);
}

function holdsGroup(node: Node): boolean {
  return isMap(node) && ['all', 'any', 'none', 'of', 'where', 'tests'].some((key) => isCollection(node.get(key, true)));
}

/** Puts a value at a path; undefined takes it away. */
export function setValue(text: string, path: NodePath, value: unknown): string {
  return edit(text, (document) => {
    if (value === undefined) return void document.deleteIn(path);
    const old = document.getIn(path, true);
    // A comment behind the value stays, and so does the way it was quoted.
    if (isScalar(old) && (typeof value !== 'object' || value === null)) old.value = value;
    else document.setIn(path, createNode(document, value));
  });
}

/**
 * Takes away what an agency says for a part whose meaning was changed; of a condition on members also what is said for the
 * whole of it. The sentence that is made from the condition takes its place.
 */
export function dropSay(text: string, path: NodePath): string {
  const where = path.indexOf('where');
  const outermost = where === -1 ? path.length : where;
  return edit(text, (document) => {
    for (let length = outermost; length <= path.length; length++) {
      const part = document.getIn(path.slice(0, length), true);
      if (isMap(part) && !part.has('staff_decides')) part.delete('say');
    }
  });
}

/** Another key for the one that holds the value, in the same place: `at_least: 18` becomes `more_than: 18`. */
export function renameKey(text: string, path: NodePath, key: string, value?: unknown): string {
  return edit(text, (document) => {
    const owner = document.getIn(path.slice(0, -1), true);
    const pair = isMap(owner) ? owner.items.find((item) => keyOf(item.key) === path.at(-1)) : undefined;
    if (!pair) return;
    if (isScalar(pair.key)) pair.key.value = key;
    else pair.key = new Scalar(key);
    if (value !== undefined) pair.value = createNode(document, value);
  });
}

/** Puts a condition or group into a list of them. */
export function insertNode(text: string, list: NodePath, index: number, node: unknown): string {
  return edit(text, (document) => {
    const into = document.getIn(list, true);
    const made = createNode(document, node);
    if (!isSeq(into)) return document.setIn(list, createNode(document, [node]));
    if (into.flow && into.items.length === 0) into.flow = false;
    into.items.splice(index, 0, made);
  });
}

export function removeNode(text: string, path: NodePath): string {
  return edit(text, (document) => void document.deleteIn(path));
}

/** Takes a node out of its list and puts it into another, before what stands there at `index` now. */
export function moveNode(text: string, from: NodePath, list: NodePath, index: number): string {
  if (isInside(list, from)) return text;
  return edit(text, (document) => {
    const [source, target] = [document.getIn(from.slice(0, -1), true), document.getIn(list, true)];
    const place = from.at(-1);
    if (!isSeq(source) || !isSeq(target) || typeof place !== 'number') return;
    const [node] = source.items.splice(place, 1);
    if (node === undefined) return;
    target.items.splice(source === target && place < index ? index - 1 : index, 0, node);
  });
}

/**
 * Puts the conditions of a draft into a rule: instead of those that stand there, or beside them. The rule is a draft again until
 * the agency confirms it.
 */
export function takeDraft(text: string, draft: Rule, how: 'instead' | 'beside'): string {
  const drafted = setValue(text, ['status'], 'drafted');
  if (how === 'instead') return setValue(setValue(drafted, ['who'], draft.who), ROOT, draft.eligible_when);
  const root = readWritten(drafted)?.written as { eligible_when?: unknown } | undefined;
  const whole = groupKindOf(root?.eligible_when) === 'all' ? drafted : wrapNode(drafted, ROOT, 'all');
  const list = [...ROOT, 'all'];
  const conditions = partsOf(draft.eligible_when);
  const before = partsOf((readWritten(whole)?.written as { eligible_when?: unknown } | undefined)?.eligible_when).length;
  return conditions.reduce((done, condition, i) => insertNode(done, list, before + i, condition), whole);
}

/** A group around one node. */
export function wrapNode(text: string, path: NodePath, kind: GroupKind): string {
  return edit(text, (document) => {
    const node = document.getIn(path, true) as Node | undefined;
    if (!node) return;
    const group = new YAMLMap();
    if (kind === 'at_least_n') group.set('at_least_n', 1);
    const list = new YAMLSeq<Node>();
    list.flow = false;
    list.items.push(node);
    group.set(kind === 'at_least_n' ? 'of' : kind, list);
    document.setIn(path, group);
  });
}

/** The parts of a group in its place; of the outermost group only where it holds one part. */
export function unwrapNode(text: string, path: NodePath): string {
  return edit(text, (document) => {
    const group = document.getIn(path, true);
    const list = isMap(group) ? GROUP_KINDS.map((kind) => group.get(listKey(kind), true)).find((found) => isSeq(found)) : undefined;
    if (!isSeq(list)) return;
    const owner = document.getIn(path.slice(0, -1), true);
    const place = path.at(-1);
    if (isSeq(owner) && typeof place === 'number') owner.items.splice(place, 1, ...list.items);
    else if (list.items.length === 1) document.setIn(path, list.items[0]);
  });
}

/** Another kind of group; its parts, comments and names stay. */
export function setGroupKind(text: string, path: NodePath, kind: GroupKind): string {
  return edit(text, (document) => {
    const group = document.getIn(path, true);
    if (!isMap(group)) return;
    const pair = group.items.find((item) => ['all', 'any', 'none', 'of'].includes(String(keyOf(item.key))));
    if (!pair) return;
    pair.key = new Scalar(listKey(kind));
    if (kind === 'at_least_n' && !group.has('at_least_n'))
      group.items.splice(group.items.indexOf(pair), 0, document.createPair('at_least_n', 1));
    if (kind !== 'at_least_n') group.delete('at_least_n');
  });
}

/** Adds a test at the end. */
export function addTest(text: string, test: object): string {
  return edit(text, (document) => {
    const tests = document.get('tests', true);
    const made = createNode(document, test);
    if (isSeq(tests)) {
      if (tests.items.length === 0) tests.flow = false;
      tests.items.push(made);
    } else {
      const list = new YAMLSeq<Node>();
      list.flow = false;
      list.items.push(made);
      document.set('tests', list);
    }
  });
}

export function listKey(kind: GroupKind): 'all' | 'any' | 'none' | 'of' {
  return kind === 'at_least_n' ? 'of' : kind;
}

/** Which kind of group it is; undefined for a condition. */
export function groupKindOf(node: unknown): GroupKind | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const has = node as Record<string, unknown>;
  return GROUP_KINDS.find((kind) => (kind === 'at_least_n' ? 'at_least_n' in has && Array.isArray(has['of']) : Array.isArray(has[kind])));
}

/** The parts of a group, as they were written. */
export function partsOf(node: unknown): RuleNode[] {
  const kind = groupKindOf(node);
  return kind ? (node as Record<string, RuleNode[]>)[listKey(kind)]! : [];
}

export function isInside(path: NodePath, outer: NodePath): boolean {
  return outer.every((part, i) => path[i] === part);
}

function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

function createNode(document: Document, value: unknown): Node {
  const node = document.createNode(value) as Node;
  flowSmall(node, 1);
  return node;
}

/**
 * Edits the document and writes back only the lines that came out different from writing it unedited: what the library
 * writes otherwise than the person did is none of the edit's business.
 */
function edit(text: string, change: (document: Document) => void): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  const before = document.toString(STYLE);
  change(document);
  const after = document.toString(STYLE);
  if (after === before) return text;
  const own = text.split('\n');
  const plain = before.split('\n');
  // Written in another number of lines, line and line cannot be told to be the same.
  if (own.length !== plain.length) return after;
  let line = 0;
  const lines: string[] = [];
  for (const part of diffLines(before, after)) {
    if (part.kind === 'added') lines.push(part.text);
    else if (part.kind === 'same') lines.push(own[line++]!);
    else line++;
  }
  return lines.join('\n');
}
