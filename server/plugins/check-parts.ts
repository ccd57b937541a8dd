// What is wrong with the contributions of a package one by one and among each other, with file and line: shapes, ids that stand
// twice, names of facts, kinds and needs that are nowhere.

import { isRecord } from '#shared/platform/record.ts';
import type { Issue } from '#shared/platform/result.ts';
import { suggestWords } from '#shared/platform/suggest.ts';
import { sayPath, toSchemaIssues, type PathIssue } from '#shared/eligibility/schema-issues.ts';
import type { Path } from '#shared/eligibility/rule-file.ts';
import { parseAmount } from '#shared/plugin-api/made/amounts.ts';
import { CONTRIBUTION_POINTS } from '#shared/plugin-api/points.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { listWords } from './point-words.ts';
import type { WrittenPart, WrittenParts } from './written-parts.ts';

/** @param registry what there is beside them */
export function checkParts({ parts, unread }: WrittenParts, registry: ContributionRegistry): Issue[] {
  // Of what cannot be read nobody knows what it has.
  const namings = NAMINGS.filter(({ names }) => !unread.has(names));
  return [...parts.flatMap(checkShape), ...listTwins(parts), ...listUnknown(parts, namings, registry)];
}

/** Rules are held to more than their schema, by a check of their own. */
const CHECKED_APART = 'eligibilityRules';

/** Whether its schema takes it as it stands. */
export function hasFault(part: WrittenPart): boolean {
  return checkShape(part).length > 0;
}

function checkShape(part: WrittenPart): Issue[] {
  const schema = Object.entries(CONTRIBUTION_POINTS).find(([id]) => id === part.point)?.[1];
  if (!schema || part.point === CHECKED_APART) return [];
  const parsed = schema.safeParse(part.raw);
  if (parsed.success) return [];
  const known = listWords(part.point);
  return toSchemaIssues(parsed.error, { code: 'invalid_contribution', raw: part.raw, known })
    .map((issue) => withRemedy(issue, part.raw))
    .map((issue) => place(part, issue));
}

/** Slips of the hand that a schema sees as something else. */
function withRemedy(issue: PathIssue, raw: unknown): PathIssue {
  const key = String(issue.at.at(-1) ?? '');
  const value = issue.at.reduce<unknown>(
    (inside, part) => (typeof inside === 'object' && inside ? Reflect.get(inside, part) : undefined),
    raw,
  );
  const amount = typeof value === 'string' ? parseAmount(value) : undefined;
  if (amount !== undefined) return { ...issue, message: `${issue.message} Write it as ${amount}, without marks and signs.` };
  if (/^\d+$/.test(key) && value === null)
    return { ...issue, message: `${issue.message} Figures have no commas in them: write 1700, not 1,700.` };
  if (/[“”„]/.test(JSON.stringify(value ?? raw)))
    return { ...issue, message: `${issue.message} Curly quotation marks are letters like others here: type straight ones, "…".` };
  return issue;
}

function place({ file, locate }: WrittenPart, { at, said: _, fix: __, ...issue }: PathIssue): Issue {
  return { ...issue, file, ...locate(at) };
}

/** By what contributions of a point are told apart. */
const KEYS = ['id', 'table', 'key'];

function listTwins(parts: readonly WrittenPart[]): Issue[] {
  const seen = new Map<string, WrittenPart>();
  return parts.flatMap((part) => {
    if (part.point === CHECKED_APART || !isRecord(part.raw)) return [];
    const raw = part.raw;
    const key = KEYS.find((one) => typeof raw[one] === 'string');
    if (key === undefined) return [];
    const id = `${part.point} ${String(raw[key])}`;
    const twin = seen.get(id);
    if (!twin) {
      seen.set(id, part);
      return [];
    }
    const where = `${twin.file === part.file ? 'line' : `${twin.file}, line`} ${twin.locate([key]).line ?? 1}`;
    return [
      tell(part, 'duplicate_id', {
        at: [key],
        message: `"${String(raw[key])}" stands in ${where} already. Give one of them another ${key}.`,
      }),
    ];
  });
}

/** A key whose text names a contribution of another point. */
interface Naming {
  point: string;
  key: string;
  names: string;
  what: string;
  /** Of a plugin that may not be there: it is told, and does not stand against this one. */
  elsewhere?: true;
}
const NAMINGS: readonly Naming[] = [
  { point: 'intakeQuestions', key: 'fact', names: 'facts', what: 'fact' },
  { point: 'ruleTables', key: 'by', names: 'facts', what: 'fact' },
  { point: 'dataChecks', key: 'types', names: 'resourceTypes', what: 'kind of place', elsewhere: true },
];

function listUnknown(parts: readonly WrittenPart[], namings: readonly Naming[], registry: ContributionRegistry): Issue[] {
  const known = (point: string): string[] => [
    ...parts
      .filter((part) => part.point === point)
      .flatMap(({ raw }) => (isRecord(raw) && typeof raw['id'] === 'string' ? [raw['id']] : [])),
    ...registry
      .getPoint<{ id: string }>(point)
      .all()
      .map(({ value }) => value.id),
  ];
  return namings.flatMap(({ point, key, names, what, elsewhere }) => {
    const ids = known(names);
    return parts
      .filter((part) => part.point === point)
      .flatMap((part) => {
        const value = isRecord(part.raw) ? part.raw[key] : undefined;
        const named: [unknown, Path][] = Array.isArray(value) ? value.map((one: unknown, i) => [one, [key, i]]) : [[value, [key]]];
        return named.flatMap(([id, at]) => {
          if (typeof id !== 'string' || ids.includes(id)) return [];
          const [near] = suggestWords(id, ids);
          const remedy = near === undefined ? `Write it down under "${names}" first, or name another.` : `Did you mean "${near}"?`;
          const told = tell(part, 'unknown_name', { at, message: `There is no ${what} "${id}". ${remedy}` });
          return [elsewhere ? { ...told, severity: 'warning' as const } : told];
        });
      });
  });
}

function tell({ file, locate }: WrittenPart, code: string, { at, message }: { at: Path; message: string }): Issue {
  return { code, severity: 'error', path: sayPath(at), file, message, ...locate(at) };
}
