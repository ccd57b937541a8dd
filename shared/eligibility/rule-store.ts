// A compiled rule set as bytes, so that it opens in a moment wherever it is needed again: the graph as its typed arrays, and each
// rule as its own text, which is parsed only when the rule is explained. Facts and tables are not in it. It is a cache of one
// version of this code: bytes that do not fit are refused, and the rules are compiled anew.
//
//   length of the head (4 bytes, then 4 of nothing) · head as JSON, filled up with blanks · bounds (64 bits)
//   · children · conditions as written · versions, five numbers each (32 bits) · texts

import { createFactCatalogue, type FactCatalogue } from '../intake/catalogue.ts';
import { unknownOf } from '../intake/possibility.ts';
import { fail, ok, type Result } from '../platform/result.ts';
import { compileComputedFacts } from './computed-facts.ts';
import type { Condition } from './condition.ts';
import type { Leaf, MemberTree, Run } from './graph.ts';
import type { RuleSet, RuleSetSources, RuleVersion } from './rule-set.ts';
import type { Comparison, Rule } from './rule.ts';
import type { RuleTable } from './tables.ts';
import { findNumberComparison, type ThresholdColumn } from './thresholds.ts';

/** Raised with every change of the graph, of conditions or of this format. */
const FORMAT = 'waypost rules 1';
/** Rule number, version, root, first written condition, end of the text. */
const NUMBERS_A_VERSION = 5;

interface Head {
  format: string;
  vocabulary: string;
  length: number;
  columns: { fact: string; comparison: Comparison; first: number; length: number }[];
  /** Conditions that stand in no column, and the first node. */
  singles: Leaf[];
  firstSingle: number;
  runs: readonly Run[];
  ids: readonly string[];
  /** Effective dates by version, where it has any. */
  applies: Record<number, Rule['applies']>;
  children: number;
  written: number;
  versions: number;
}

export function writeRuleSet({ graph, written, versions, ids, catalogue, tables }: RuleSet): Uint8Array {
  const encoder = new TextEncoder();
  const all = versions.flatMap((list, number) => list.map((version) => ({ number, version })));
  const texts = all.map(({ version }) => encoder.encode(JSON.stringify(version.rule)));
  const head: Head = {
    format: FORMAT,
    vocabulary: nameVocabulary(catalogue, tables),
    length: graph.length,
    columns: graph.thresholds.map(({ fact, first, bounds }) => ({
      fact,
      comparison: comparisonOf(graph.leaves[first]!),
      first,
      length: bounds.length,
    })),
    singles: graph.leaves.slice(graph.firstSingle),
    firstSingle: graph.firstSingle,
    runs: graph.runs,
    ids,
    applies: Object.fromEntries(all.flatMap(({ version: { applies } }, i) => (applies ? [[i, applies]] : []))),
    children: graph.children.length,
    written: written.length,
    versions: all.length,
  };
  const headText = encoder.encode(JSON.stringify(head));
  const headLength = Math.ceil(headText.length / 8) * 8;
  let text = 0;
  const numbers = Uint32Array.from(
    all.flatMap(({ number, version: { rule, root, firstWritten } }, i) => [
      number,
      rule.version,
      root,
      firstWritten,
      (text += texts[i]!.length),
    ]),
  );
  const parts = [
    new Uint32Array([headLength, 0]),
    headText,
    new Uint8Array(headLength - headText.length).fill(' '.charCodeAt(0)),
    ...graph.thresholds.map(({ bounds }) => bounds),
    graph.children,
    written,
    numbers,
    ...texts,
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/** @returns an issue where the bytes are of another version of the code, or were made with other facts or tables */
export function readRuleSet(stored: Uint8Array, { facts, tables = [] }: Omit<RuleSetSources, 'rules'>): Result<RuleSet> {
  // Typed arrays begin where eight divides the place.
  const bytes = stored.byteOffset % 8 === 0 ? stored : stored.slice();
  const head = readHead(bytes);
  if (!head) return refuse('These are no compiled rules, or those of another version of Waypost. Compile them anew.');
  const [catalogue, tablesById] = [createFactCatalogue(facts), new Map([...tables].map((table) => [table.table, table]))];
  if (head.vocabulary !== nameVocabulary(catalogue, tablesById))
    return refuse('These rules were compiled with other facts or tables. Compile them anew.');

  let at = bytes.byteOffset + 8 + new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0]!;
  const thresholds = head.columns.map(({ fact, comparison, first, length }): ThresholdColumn => {
    const bounds = new Float64Array(bytes.buffer, at, length);
    at += bounds.byteLength;
    return { fact, comparison: findNumberComparison(comparison)!, unknown: unknownOf(catalogue.find(fact)?.type), first, bounds };
  });
  const take = (length: number): Uint32Array => {
    const numbers = new Uint32Array(bytes.buffer, at, length);
    at += numbers.byteLength;
    return numbers;
  };
  const [children, written, numbers] = [take(head.children), take(head.written), take(head.versions * NUMBERS_A_VERSION)];
  let byId: Map<string, number> | undefined;
  return ok({
    ids: head.ids,
    versions: readVersions(head, numbers, new Uint8Array(bytes.buffer, at)),
    graph: {
      length: head.length,
      leaves: readLeaves(head, thresholds, catalogue),
      thresholds,
      firstSingle: head.firstSingle,
      runs: head.runs,
      children,
    },
    written,
    catalogue,
    computed: compileComputedFacts({ catalogue, tables: tablesById }),
    tables: tablesById,
    numberOf: (id) => (byId ??= new Map(head.ids.map((one, number) => [one, number]))).get(id),
  });
}

function readHead(bytes: Uint8Array): Head | undefined {
  if (bytes.length < 8) return undefined;
  const [length] = new Uint32Array(bytes.buffer, bytes.byteOffset, 1) as unknown as [number];
  if (length > bytes.length - 8) return undefined;
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Head;
    return head.format === FORMAT ? head : undefined;
  } catch {
    return undefined;
  }
}

function readLeaves(head: Head, thresholds: readonly ThresholdColumn[], catalogue: FactCatalogue): Leaf[] {
  const leaves: Leaf[] = [{ kind: 'notStated' }];
  thresholds.forEach(({ fact, unknown, bounds }, i) => {
    const { comparison } = head.columns[i]!;
    for (const number of bounds)
      leaves.push({
        kind: 'test',
        condition: { fact, ofMember: false, comparison, unknown, bounds: [{ number }], words: [], numbers: [] },
      });
  });
  // JSON has no word for "without end": what a fact may be while it is not known comes from its type.
  const known = (condition: Condition): Condition => ({ ...condition, unknown: unknownOf(catalogue.find(condition.fact)?.type) });
  const knownTree = (tree: MemberTree): MemberTree => {
    if (tree.kind === 'group') return { ...tree, children: tree.children.map(knownTree) };
    return tree.kind === 'test' ? { kind: 'test', condition: known(tree.condition) } : tree;
  };
  for (const leaf of head.singles) {
    if (leaf.kind === 'test') leaves.push({ kind: 'test', condition: known(leaf.condition) });
    else leaves.push(leaf.kind === 'members' ? { ...leaf, where: knownTree(leaf.where) } : leaf);
  }
  return leaves;
}

function readVersions(head: Head, numbers: Uint32Array, texts: Uint8Array): RuleVersion[][] {
  const versions = new Array<RuleVersion[] | undefined>(head.ids.length);
  let start = 0;
  for (let i = 0; i < head.versions; i++) {
    const at = i * NUMBERS_A_VERSION;
    const end = numbers[at + 4]!;
    const version = new StoredVersion(
      { root: numbers[at + 2]!, firstWritten: numbers[at + 3]!, applies: head.applies[i] },
      texts,
      start,
      end,
    );
    const list = versions[numbers[at]!];
    if (list) list.push(version);
    else versions[numbers[at]!] = [version];
    start = end;
  }
  return versions as RuleVersion[][];
}

/** A version whose text is parsed when it is first asked for. */
class StoredVersion implements RuleVersion {
  readonly root: number;
  readonly firstWritten: number;
  readonly applies: Rule['applies'];
  readonly #texts: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  #rule: Rule | undefined;

  constructor({ root, firstWritten, applies }: Omit<RuleVersion, 'rule'>, texts: Uint8Array, start: number, end: number) {
    this.root = root;
    this.firstWritten = firstWritten;
    this.applies = applies;
    this.#texts = texts;
    this.#start = start;
    this.#end = end;
  }

  get rule(): Rule {
    return (this.#rule ??= JSON.parse(new TextDecoder().decode(this.#texts.subarray(this.#start, this.#end))) as Rule);
  }
}

/** What the rules' words were resolved against: facts by their type, tables by what they are looked up by. */
function nameVocabulary({ facts }: FactCatalogue, tables: ReadonlyMap<string, RuleTable>): string {
  return JSON.stringify([facts.map(({ id, type }) => [id, type]), [...tables.values()].map(({ table, by }) => [table, by ?? null])]);
}

function comparisonOf(leaf: Leaf): Comparison {
  if (leaf.kind !== 'test') throw new Error(`No threshold: ${leaf.kind}.`);
  return leaf.condition.comparison;
}

function refuse(message: string): Result<RuleSet> {
  return fail({ code: 'stale_rules', severity: 'error', message });
}
