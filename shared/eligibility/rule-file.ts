// One text of rules, facts and tables, as people keep them: a single rule, several YAML documents, a list, a key
// `facts`, `rules` or `tables` beside or inside a rule; YAML or JSON. Says for each part where it stands, and of what is
// none of the three that it is none. Nothing here is checked yet (check-rule.ts), and nothing here throws.

import { isNode, isScalar, visit, type Document, type LineCounter } from 'yaml';
import { isRecord } from '../platform/record.ts';
import type { Issue } from '../platform/result.ts';
import { composeYaml } from './compose-yaml.ts';
import { sayYamlFault } from './yaml-faults.ts';

export type Path = readonly (string | number)[];

/** Counted from 1; absent where a text has no such place. */
export interface Place {
  line?: number;
  column?: number;
}

/** One document of a text. */
export interface TextDocument {
  raw: unknown;
  document: Document;
  /** The whole text that it stands in. */
  text: string;
  /** The nearest part of a path that the text has. */
  locate(path: Path): Place;
}

/** A rule, fact or table as it was written, not yet checked. */
export interface Written extends TextDocument {
  kind: 'rule' | 'fact' | 'table';
  file: string | undefined;
  /** Where it begins in its document. */
  at: Path;
}

export interface RuleFile {
  rules: Written[];
  facts: Written[];
  tables: Written[];
  issues: Issue[];
}

export interface ReadTextOptions {
  /** Name of the file, for the issues. */
  file?: string | undefined;
  /** A longer text is refused, characters. */
  longest?: number;
  /** A text of more words, marks and line ends is refused. */
  most?: number;
}

/** A file longer than this is no file of rules, characters. */
const LONGEST_FILE = 4_000_000;
/** Brackets, or dashes of lists, within each other. No rule comes near it; a parser may run out of stack far above it. */
const DEEPEST = 200;
/** Keys that stand twice, of one document, that are told. */
const MOST_FAULTS = 20;
/** Keys of a mapping that hold parts of a kind. */
const HOLDERS = { rules: 'rule', facts: 'fact', tables: 'table' } as const;

export function readRuleFile(text: string, options: ReadTextOptions = {}): RuleFile {
  const { documents, issues } = readDocuments(text, options);
  const found: RuleFile = { rules: [], facts: [], tables: [], issues };
  const add = (kind: Written['kind'], raw: unknown, at: Path, source: TextDocument): void => {
    const locate = (path: Path): Place => source.locate([...at, ...path]);
    found[`${kind}s`].push({ kind, raw, file: options.file, at, document: source.document, text, locate });
  };
  const read = (raw: unknown, at: Path, source: TextDocument): void => {
    if (Array.isArray(raw)) return raw.forEach((part, i) => read(part, [...at, i], source));
    const holders = isRecord(raw) ? HOLDER_KEYS.filter((key) => Array.isArray(raw[key])) : [];
    for (const key of holders) {
      const parts = (raw as Record<string, unknown>)[key] as unknown[];
      parts.forEach((part, i) => add(HOLDERS[key], part, [...at, key, i], source));
    }
    const kind = isRecord(raw) ? kindOf(raw) : undefined;
    if (kind) add(kind, without(raw as Record<string, unknown>, holders), at, source);
    // Of a list of other things one is enough.
    else if (holders.length === 0 && issues.at(-1)?.code !== NEITHER) issues.push(toNeither(source.locate(at), options.file));
  };
  for (const source of documents) read(source.raw, [], source);
  return found;
}

const HOLDER_KEYS = Object.keys(HOLDERS) as (keyof typeof HOLDERS)[];

/** A rule has conditions or says that it is one; a fact has an id and a type. */
function kindOf(raw: Record<string, unknown>): Written['kind'] | undefined {
  if ('rule' in raw || 'eligible_when' in raw) return 'rule';
  if ('table' in raw) return 'table';
  return 'id' in raw && 'type' in raw ? 'fact' : undefined;
}

function without(raw: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return keys.length === 0 ? raw : Object.fromEntries(Object.entries(raw).filter(([key]) => !keys.includes(key)));
}

const NEITHER = 'not_a_rule';

function toNeither(place: Place, file: string | undefined): Issue {
  const message =
    'This is no rule ("rule: agency/name" with "eligible_when"), no table ("table: name") and no list of facts ("facts: [ … ]").';
  return { code: NEITHER, severity: 'error', message, ...place, ...inFile(file) };
}

/** The documents of a YAML or JSON text; those that cannot be read are issues with line and column. */
export function readDocuments(
  text: string,
  { file, longest = LONGEST_FILE, most = Infinity }: ReadTextOptions = {},
): {
  documents: TextDocument[];
  issues: Issue[];
} {
  const issues: Issue[] = [];
  const refuse = (code: string, message: string, place: Place = { line: 1, column: 1 }): void => {
    issues.push({ code, severity: 'error', message, ...place, ...inFile(file) });
  };
  const documents: TextDocument[] = [];
  const deep = text.length > longest ? undefined : findTooDeep(text);
  if (text.length > longest) refuse('rule_too_large', `This text has ${text.length} characters; ${longest} are the most.`);
  else if (deep)
    refuse(
      'rule_too_deep',
      `Line ${deep.line}: more than ${DEEPEST} brackets or lists within each other, or as many blanks before its first word.`,
      deep,
    );
  if (issues.length > 0) return { documents, issues };

  try {
    const { documents: composed, lines, leftAt } = composeYaml(text, most);
    if (leftAt !== undefined) {
      const { line, col } = lines.linePos(leftAt);
      refuse('rule_too_large', `Up to here stand ${most} words, marks and line ends, more than a rule has.`, { line, column: col });
      return { documents, issues };
    }
    for (const document of composed) {
      // What comes after the first place that cannot be read makes no sense by itself.
      const [error] = document.errors;
      const faults = error ? [{ at: error.pos[0], message: sayYamlFault(error, lineAt(text, error.pos[0])) }] : findRepeatedKeys(document);
      for (const { at, message } of faults.slice(0, MOST_FAULTS)) {
        const { line, col } = lines.linePos(at);
        refuse('rule_syntax', `Line ${line}: ${message}`, { line, column: col });
      }
      if (faults.length > 0 || !document.contents) continue;
      const raw: unknown = document.toJS({ maxAliasCount: 20 });
      documents.push({ raw, document, text, locate: (path) => findPlace(document, lines, path) });
    }
  } catch (error) {
    refuse('rule_syntax', firstLine(error));
  }
  return { documents, issues };
}

/** The parser's own check compares each key with each other one, which a long list of keys makes very slow. */
function findRepeatedKeys(document: Document): { at: number; message: string }[] {
  const faults: { at: number; message: string }[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) faults.push({ at: key.range?.[0] ?? 0, message: `"${String(key.value)}" stands here twice.` });
        seen.add(key.value);
      }
    },
  });
  return faults;
}

function findPlace(document: Document, lines: LineCounter, path: Path): Place {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

/** Where a text nests deeper than any rule, found without parsing it. */
export function findTooDeep(text: string): Place | undefined {
  let [line, start, depth, dashes] = [1, 0, 0, 0];
  let indented = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\n') [line, start, dashes, indented] = [line + 1, i + 1, 0, 0];
    else if (char === ' ' && i - start === indented) indented++;
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
    else if ((char === '-' || char === '?' || char === ':') && text[i + 1] === ' ') dashes++;
    else if (char !== ' ') dashes = 0;
    if (depth > DEEPEST || dashes > DEEPEST || indented > DEEPEST) return { line, column: i - start + 1 };
  }
  return undefined;
}

function lineAt(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0]!;
}

function inFile(file: string | undefined): { file?: string } {
  return file === undefined ? {} : { file };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
