// Faults that a schema finds, as sentences for people who are no programmers: what stands there, what is allowed, and the
// word that was probably meant.

import type { z } from 'zod';
import type { Issue } from '../platform/result.ts';
import { isRecord } from '../platform/record.ts';
import { suggestWords } from '../platform/suggest.ts';
import { said, sayInEnglish, type Said, type Sayable } from './faults.ts';
import type { RuleFix } from './fix.ts';
import type { Path } from './rule-file.ts';

/** An issue that still knows its path in parts, so that a line can be found for it. */
export interface PathIssue extends Issue {
  at: Path;
  /** The message before it was said in English; absent: it has no other language. */
  said?: Said;
  /** What would mend it. */
  fix?: RuleFix;
}

export interface SchemaIssueOptions {
  code: string;
  /** What was checked. */
  raw: unknown;
  /** Keys that can stand in it: of one that cannot the nearest is named. */
  known?: readonly string[];
}

/** @returns one issue for each fault, unknown keys one by one */
export function toSchemaIssues(error: z.ZodError, { code, raw, known = [] }: SchemaIssueOptions): PathIssue[] {
  return error.issues.flatMap((issue) => saySchemaIssue(issue, raw, known)).map(({ at, fault }) => toPathIssue(code, at, fault));
}

export function toPathIssue(code: string, at: Path, fault: Sayable): PathIssue {
  const issue = { code, severity: 'error' as const, message: sayInEnglish(fault), path: sayPath(at), at };
  return typeof fault === 'string' ? issue : { ...issue, said: fault };
}

/** "eligible_when.all[2].fact" */
export function sayPath(at: Path): string {
  return at.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

interface Placed {
  at: Path;
  fault: Said;
}

function saySchemaIssue(issue: z.core.$ZodIssue, raw: unknown, known: readonly string[]): Placed[] {
  const at = issue.path as Path;
  const value = at.reduce<unknown>((inside, part) => (typeof inside === 'object' && inside ? Reflect.get(inside, part) : undefined), raw);
  const path = at.length === 0 ? 'none' : sayPath(at);
  const found = sayFound(value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const near = suggestWords(key, known, 1);
        return {
          at: [...at, key],
          fault: near.length === 0 ? said('fault.schema_key', { key }) : said('fault.schema_key_near', { key, near }),
        };
      });
    case 'invalid_type':
      if (value === undefined) return [{ at, fault: said('fault.schema_missing', { path, kind: issue.expected }) }];
      return [{ at, fault: said('fault.schema_kind', { path, found, kind: issue.expected }) }];
    case 'invalid_value': {
      const allowed = issue.values.map(String).join(', ');
      const near = typeof value === 'string' ? suggestWords(value, issue.values.map(String)).slice(0, 1) : [];
      if (value === undefined) return [{ at, fault: said('fault.schema_missing_value', { path, allowed }) }];
      if (near.length === 0) return [{ at, fault: said('fault.schema_value', { path, found, allowed }) }];
      return [{ at, fault: said('fault.schema_value_near', { path, found, allowed, near }) }];
    }
    case 'invalid_format':
      return [{ at, fault: said('fault.schema_format', { path, found, format: issue.format === 'date' ? 'date' : issue.message }) }];
    case 'invalid_union': {
      const branch = nearestBranch(issue.errors);
      if (!branch) return [{ at, fault: said('fault.schema_union', { path, found }) }];
      return branch.flatMap((inner) => saySchemaIssue({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, raw, known));
    }
    default:
      return [{ at, fault: said('fault.schema_other', { path, message: issue.message }) }];
  }
}

/** Of several shapes that something may have, the one of which most is right. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const badness = (issues: readonly z.core.$ZodIssue[]): number =>
    issues.reduce((sum, { code, path }) => sum + (path.length > 0 ? 1 : code === 'invalid_type' ? 10 : 2), 0);
  return [...branches].sort((a, b) => badness(a) - badness(b))[0];
}

/** What stands there: a word of the message, or the value itself. */
function sayFound(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'list';
  if (isRecord(value)) return 'keys';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
