// The parts of a rule as the builder handles them: where each stands, what may stand there, and what a new one is.

import { COMPARISONS_OF_TYPE } from '#shared/eligibility/check-rule.ts';
import { COMPARISONS, type Comparison } from '#shared/eligibility/rule.ts';
import type { FactDefinition, FactType } from '#shared/intake/facts.ts';
import { memberFactId } from '#shared/intake/read-facts.ts';
import { groupKindOf, listKey, partsOf, type NodePath } from '#shared/eligibility/rule-document.ts';
import type { RuleVocabulary } from './vocabulary.ts';

export type Written = Record<string, unknown>;

export const toKey = (path: NodePath): string => path.join('.');
export const fromKey = (key: string): NodePath => key.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

export function nodeAt(written: unknown, path: NodePath): unknown {
  return path.reduce<unknown>((node, part) => (typeof node === 'object' && node !== null ? (node as Written)[part] : undefined), written);
}

/** The list that a part stands in; undefined of the outermost one and of what stands under "where". */
export function listOf(path: NodePath): NodePath | undefined {
  return typeof path.at(-1) === 'number' ? path.slice(0, -1) : undefined;
}

/** Paths of all parts in the order in which they are read, groups before what they hold. */
export function listPaths(written: unknown, path: NodePath): NodePath[] {
  const node = nodeAt(written, path);
  const kind = groupKindOf(node);
  if (kind) return [path, ...partsOf(node).flatMap((_, i) => listPaths(written, [...path, listKey(kind), i]))];
  return typeof node === 'object' && node !== null && 'where' in node ? [path, ...listPaths(written, [...path, 'where'])] : [path];
}

/** Where a part comes to stand when it is moved by keyboard; undefined: there is nowhere to go. */
export function findMove(
  written: unknown,
  path: NodePath,
  way: 'up' | 'down' | 'in' | 'out',
): { list: NodePath; index: number } | undefined {
  const list = listOf(path);
  const place = path.at(-1);
  if (!list || typeof place !== 'number') return undefined;
  const siblings = nodeAt(written, list) as unknown[];
  if (way === 'up') return place > 0 ? { list, index: place - 1 } : undefined;
  if (way === 'down') return place < siblings.length - 1 ? { list, index: place + 2 } : undefined;
  if (way === 'out') {
    const group = list.slice(0, -1);
    const outer = listOf(group);
    return outer && { list: outer, index: (group.at(-1) as number) + 1 };
  }
  // Into the group before it, at its end; else into the one after it, at its beginning.
  for (const [neighbour, atEnd] of [
    [place - 1, true],
    [place + 1, false],
  ] as const) {
    // prettier-ignore
    const kind = groupKindOf(siblings[neighbour]);
    if (!kind) continue;
    const into = [...list, neighbour, listKey(kind)];
    return { list: into, index: atEnd ? (nodeAt(written, into) as unknown[]).length : 0 };
  }
  return undefined;
}

/** Where a part stands after it was moved from `from` to before `index` of `list`. */
export function pathAfterMove(from: NodePath, list: NodePath, index: number): NodePath {
  const source = from.slice(0, -1);
  const place = from.at(-1) as number;
  const here = [...list];
  // Taking it out moves up what stood after it, and so perhaps the list that it goes into.
  const common = source.every((part, i) => list[i] === part);
  const step = list[source.length];
  if (common && typeof step === 'number' && step > place) here[source.length] = step - 1;
  const sameList = common && list.length === source.length;
  return [...here, sameList && place < index ? index - 1 : index];
}

export const comparisonOf = (node: Written): Comparison | undefined => COMPARISONS.find((known) => node[known] !== undefined);

export function factOf({ catalogue }: RuleVocabulary, id: unknown, inMember: boolean): FactDefinition | undefined {
  return typeof id === 'string' ? catalogue.find(inMember ? memberFactId(id) : id) : undefined;
}

export function comparisonsFor(type: FactType | undefined): readonly Comparison[] {
  return type ? COMPARISONS_OF_TYPE[type] : COMPARISONS;
}

/** What a comparison begins with when it is chosen; what stood there is kept where it still fits. */
export function firstBound(definition: FactDefinition | undefined, comparison: Comparison, before: unknown): unknown {
  const type = definition?.type;
  const option = definition?.options?.[0]?.value ?? '';
  const single = Array.isArray(before) ? before[0] : before;
  if (comparison === 'between') {
    const low = type === 'money' ? { value: 0, per: 'month' } : type === 'date' ? '2026-01-01' : typeof single === 'number' ? single : 0;
    return Array.isArray(before) && before.length === 2 ? before : [low, typeof low === 'number' ? low + 10 : low];
  }
  if (comparison === 'is_one_of') return before === undefined ? [type === 'number' || type === 'age' ? 1 : option] : [before].flat();
  if (comparison === 'within') return typeof single === 'string' ? single : 'service_area';
  if (comparison === 'before' || comparison === 'after') return typeof single === 'string' ? single : '2026-01-01';
  if (type === 'boolean') return typeof single === 'boolean' ? single : true;
  if (type === 'money') return typeof single === 'object' && single !== null ? single : { value: 2000, per: 'month' };
  if (type === 'number' || type === 'age') return typeof single === 'number' ? single : type === 'age' ? 18 : 1;
  return typeof single === 'string' ? single : option;
}

/** A condition on a fact, to begin with. */
export function newCondition(definition: FactDefinition, inMember: boolean): Written {
  const [comparison = 'is'] = comparisonsFor(definition.type).filter((known) => known !== 'is' || definition.type !== 'age');
  const fact = inMember ? definition.id.replace(/^person\./, '') : definition.id;
  return { fact, [comparison]: firstBound(definition, comparison, undefined) };
}
