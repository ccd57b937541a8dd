// Faults that a schema finds, as sentences for people who are no programmers: what stands there, what is allowed, and the
// word that was probably meant.

import type { z } from 'zod';
import type { Issue } from '../platform/result.ts';
import { isRecord } from '../platform/record.ts';
import { suggestWords } from '../platform/suggest.ts';
import type { RuleFix } from './fix.ts';
import type { Path } from './rule-file.ts';

/** An issue that still knows its path in parts, so that a line can be found for it. */
export interface PathIssue extends Issue {
  at: Path;
  /** What would mend it. */
  fix?: RuleFix;
}

export interface SchemaIssueOptions {
  code: string;
  /** What was checked. */
  raw: unknown;
}

/** @returns one issue for each fault, unknown keys one by one */
export function toSchemaIssues(error: z.ZodError, { code, raw }: SchemaIssueOptions): PathIssue[] {
  return error.issues.flatMap((issue) => saySchemaIssue(issue, raw)).map(({ at, message }) => toPathIssue(code, at, message));
}

export function toPathIssue(code: string, at: Path, message: string): PathIssue {
  return { code, severity: 'error', message, path: sayPath(at), at };
}

/** "eligible_when.all[2].fact" */
export function sayPath(at: Path): string {
  return at.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

interface Placed {
  at: Path;
  message: string;
}

function saySchemaIssue(issue: z.core.$ZodIssue, raw: unknown): Placed[] {
  const at = issue.path as Path;
  const value = at.reduce<unknown>((inside, part) => (typeof inside === 'object' && inside ? Reflect.get(inside, part) : undefined), raw);
  const name = at.length === 0 ? 'This' : `"${sayPath(at)}"`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ at: [...at, key], message: `"${key}" is not a word that can stand here.` }));
    case 'invalid_type':
      if (value === undefined) return [{ at, message: `${name} is missing: ${NAME_OF_KIND[issue.expected] ?? issue.expected}.` }];
      return [{ at, message: `${name} is ${sayValue(value)}; ${NAME_OF_KIND[issue.expected] ?? issue.expected} stands here.` }];
    case 'invalid_value': {
      const [near] = typeof value === 'string' ? suggestWords(value, issue.values.map(String)) : [];
      const mean = near === undefined ? '' : ` Did you mean "${near}"?`;
      if (value === undefined) return [{ at, message: `${name} is missing. Allowed: ${issue.values.map(String).join(', ')}.` }];
      return [{ at, message: `${name} is ${sayValue(value)}. Allowed: ${issue.values.map(String).join(', ')}.${mean}` }];
    }
    case 'invalid_format':
      return [{ at, message: `${name} is ${sayValue(value)}. Write ${FORMATS[issue.format] ?? issue.message}.` }];
    case 'invalid_union': {
      const branch = nearestBranch(issue.errors);
      if (!branch) return [{ at, message: `${name} is ${sayValue(value)}, which cannot stand here.` }];
      return branch.flatMap((inner) => saySchemaIssue({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, raw));
    }
    default:
      return [{ at, message: `${name}: ${issue.message}.` }];
  }
}

/** Of several shapes that something may have, the one of which most is right. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const badness = (issues: readonly z.core.$ZodIssue[]): number =>
    issues.reduce((sum, { code, path }) => sum + (path.length > 0 ? 1 : code === 'invalid_type' ? 10 : 2), 0);
  return [...branches].sort((a, b) => badness(a) - badness(b))[0];
}

const FORMATS: Readonly<Record<string, string>> = { date: 'a day as 2026-05-01' };
const NAME_OF_KIND: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'keys with values { … }',
  record: 'keys with values { … }',
  tuple: 'a list of two',
};

function sayValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'a group of keys';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
