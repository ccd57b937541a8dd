// A row of the answer, and what narrows and folds the list. Filters hide, they never change a verdict.

import type { ResourceInput } from '#shared/directory/resource.ts';
import type { Verdict } from '#shared/eligibility/rule.ts';
import type { HandoutOrder } from '#shared/handout/order.ts';
import type { Match } from '#shared/matching/request.ts';
import type { FindDraft } from './draft.ts';

/** A match together with what the directory says of the resource. */
export interface ResultRow {
  id: string;
  match: Match;
  resource: ResourceInput;
}

export interface ResultFilters {
  openNow: boolean;
  /** Code of a language that must be spoken there; null: any. */
  language: string | null;
  /** Resource types; empty: all. */
  types: readonly string[];
  /** Checked in the last 90 days. */
  fresh: boolean;
  /** Has a place free, as far as it is known. */
  room: boolean;
  /** Only this verdict. */
  verdict: Verdict | null;
  text: string;
}

export const NO_FILTERS: ResultFilters = { openNow: false, language: null, types: [], fresh: false, room: false, verdict: null, text: '' };

/** How many filters are on, beside the verdict's. */
export function countFilters(filters: ResultFilters): number {
  return (
    Number(filters.openNow) +
    Number(filters.language !== null) +
    Number(filters.types.length > 0) +
    Number(filters.fresh) +
    Number(filters.room) +
    Number(filters.text.trim() !== '')
  );
}

const FRESH_DAYS = 90;

export function passes(row: ResultRow, filters: ResultFilters, now: Date): boolean {
  const { match, resource } = row;
  if (filters.openNow && match.open.state !== 'open') return false;
  if (filters.language !== null && !resource.languages.includes(filters.language)) return false;
  if (filters.types.length > 0 && !filters.types.includes(resource.type ?? '')) return false;
  if (filters.fresh && !(resource.verified && now.getTime() - Date.parse(resource.verified) <= FRESH_DAYS * 86_400_000)) return false;
  if (filters.room && resource.capacity?.available === 0) return false;
  if (filters.verdict !== null && match.verdict !== filters.verdict) return false;
  return matchesText(resource, filters.text);
}

function matchesText(resource: ResourceInput, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = [resource.service.name, resource.organization?.name, resource.location?.name, resource.summary, resource.address]
    .join(' ')
    .toLowerCase();
  return words.every((word) => haystack.includes(word));
}

export interface Listing {
  /** What can be used, or could be: in the order of the answer. */
  rows: readonly ResultRow[];
  /** What cannot be used now: folded, each with its reason. */
  folded: readonly ResultRow[];
  /** How many the filters hide. */
  hidden: number;
  tally: Readonly<Record<Verdict, number>>;
}

/** The answer as the list shows it. The tally counts everything that the filters leave, whatever verdict is chosen. */
export function toListing(all: readonly ResultRow[], filters: ResultFilters, now: Date): Listing {
  const tally: Record<Verdict, number> = { eligible: 0, likely: 0, unknown: 0, not_stated: 0, ineligible: 0 };
  const rows: ResultRow[] = [];
  const folded: ResultRow[] = [];
  const others = { ...filters, verdict: null };
  let left = 0;
  for (const row of all) {
    if (!passes(row, others, now)) continue;
    left += 1;
    tally[row.match.verdict] += 1;
    if (filters.verdict !== null && row.match.verdict !== filters.verdict) continue;
    if (row.match.verdict === 'ineligible' && filters.verdict !== 'ineligible') folded.push(row);
    else rows.push(row);
  }
  return { rows, folded, hidden: all.length - left, tally };
}

/** Facts that are still open in a row's reasons: what "Ask 2 things" counts. */
export function openFacts(match: Match): string[] {
  return [...new Set(match.reasons.flatMap((reason) => (reason.outcome === 'open' && reason.fact ? [reason.fact] : [])))];
}

/** The sentences that stand under the name: those that decided, the fewest that are enough. */
export function sentences(match: Match): string[] {
  const outcome = { eligible: 'met', likely: 'staff', unknown: 'open', not_stated: null, ineligible: 'failed' }[match.verdict];
  const core = match.reasons.filter((reason) => reason.core && (outcome === null || reason.outcome === outcome));
  const chosen = core.length > 0 ? core : match.reasons.filter((reason) => outcome === null || reason.outcome === outcome);
  return [...new Set(chosen.map((reason) => withFullStop(reason.say)))];
}

/** Sentences stand behind one another, so each must end. */
function withFullStop(sentence: string): string {
  return /[.!?؟。…]$/u.test(sentence) ? sentence : `${sentence}.`;
}

/** Each value once, in order of the alphabet. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

export function idsOf(rows: readonly ResultRow[]): ReadonlySet<string> {
  return new Set(rows.map((row) => row.id));
}

/** The set with the value if it was without, and without it if it had it. */
export function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

/** What goes on the paper: these rows with the way to each, in this language. */
export function toHandoutOrder(rows: readonly ResultRow[], { place, mode, needs }: FindDraft, language: string): HandoutOrder {
  return {
    resources: rows.map(({ id, match }) => ({
      id,
      travel: match.minutes === null ? null : { minutes: match.minutes, estimated: match.estimated },
    })),
    mode,
    start: place && { lon: place.lon, lat: place.lat, label: place.label },
    needs,
    language,
  };
}
