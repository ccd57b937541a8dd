// Looks up a dated table for a decision: the version of the day, the region, the entry by household size,
// the percentage, the rounding. Amounts come out per year.

import { toDayNumber } from '../intake/dates.ts';
import { fromYearly, toYearly } from '../intake/money.ts';
import type { Possibility } from '../intake/possibility.ts';
import type { BoundRange } from './compare.ts';
import type { TableReference } from './rule.ts';
import type { RuleTable } from './tables.ts';

export interface TableLookup {
  /** Per year; undefined where the table has nothing for that day or entry. */
  bound: BoundRange | undefined;
  /** First day of the version that was used, YYYY-MM-DD. */
  version?: string;
  source?: { title: string; url: string };
}

/** What a decision needs to know beside the facts. */
export interface TableContext {
  tables: ReadonlyMap<string, RuleTable>;
  /** Day of the decision as a day number. */
  day: number;
  /** Region of the tables, such as "alaska"; default: the first region of each table. */
  region?: string | undefined;
}

/** @param by what the fact that selects the entry may be */
export function lookUpTable(reference: TableReference, by: Possibility, context: TableContext): TableLookup {
  const table = context.tables.get(reference.of);
  const { region, found } = table ? figuresOf(table, context) : NO_FIGURES;
  if (!table || !region || !found) return { bound: undefined };
  const entries = toEntries(by);
  if (!entries) return { bound: undefined, ...found };
  const { values, each_more } = region;
  let [low, high] = [Infinity, entries.high === Infinity ? Infinity : -Infinity];
  const take = (entry: number): void => {
    const whole = Math.floor(entry);
    const amount = whole <= values.length ? values[whole - 1]! : values.at(-1)! + (each_more ?? NaN) * (whole - values.length);
    const yearly = roundTo(table, toYearly((amount * reference.percent) / 100, table.per));
    [low, high] = [Math.min(low, yearly), Math.max(high, yearly)];
  };
  take(entries.low);
  if (entries.high < Infinity) take(entries.high);
  // Limits rise with the household in nearly every table, but one that falls in between must be bounded too.
  for (let entry = Math.floor(entries.low) + 1; entry < entries.high && entry <= values.length; entry++) take(entry);
  return Number.isNaN(low) || Number.isNaN(high) ? { bound: undefined, ...found } : { bound: { low, high }, ...found };
}

type TableVersion = RuleTable['versions'][number];

/** What a table says on a day and in a region. */
interface Figures {
  region?: TableVersion['regions'][string] | undefined;
  found?: Pick<TableLookup, 'version' | 'source'>;
}

const NO_FIGURES: Figures = {};

const lastFigures = new WeakMap<RuleTable, Figures & { day: number; wanted: string | undefined }>();

/** Kept for the last day and region, since people are decided on today. */
function figuresOf(table: RuleTable, { day, region: wanted }: TableContext): Figures {
  const last = lastFigures.get(table);
  if (last && last.day === day && last.wanted === wanted) return last;
  const version = versionOn(table, day);
  const figures = version
    ? {
        region: findRegion(table, version, wanted),
        found: { version: version.from, source: { title: version.source.title, url: version.source.url } },
      }
    : NO_FIGURES;
  lastFigures.set(table, { ...figures, day, wanted });
  return figures;
}

/** The latest version in force on a day. */
function versionOn(table: RuleTable, day: number): TableVersion | undefined {
  const inForce = table.versions.filter((v) => toDayNumber(v.from) <= day && (v.to === undefined || toDayNumber(v.to) >= day));
  return inForce.sort((a, b) => (a.from < b.from ? 1 : -1))[0];
}

const regionNames = new WeakMap<RuleTable, ReadonlySet<string>>();

/** Regions of all versions of a table. */
function regionsOf(table: RuleTable): ReadonlySet<string> {
  let names = regionNames.get(table);
  if (!names) regionNames.set(table, (names = new Set(table.versions.flatMap((version) => Object.keys(version.regions)))));
  return names;
}

/**
 * The region that was asked for; the first where none was. A table that only ever had one region is for everybody. Where a
 * version lacks the region, nothing is known of it: another region's figures are no answer.
 */
function findRegion(table: RuleTable, { regions }: TableVersion, wanted: string | undefined): TableVersion['regions'][string] | undefined {
  const [first] = Object.keys(regions);
  const name = wanted === undefined || regionsOf(table).size === 1 ? first : wanted;
  return name !== undefined && Object.hasOwn(regions, name) ? regions[name] : undefined;
}

/** Smallest and largest entry that are possible. Entries count from 1. */
function toEntries(by: Possibility): BoundRange | undefined {
  if (by.kind === 'numbers') return { low: Math.max(1, Math.min(...by.values)), high: Math.max(1, ...by.values) };
  if (by.kind === 'interval') return { low: Math.max(1, by.low), high: Math.max(1, by.high) };
  return by.kind === 'unknown' ? { low: 1, high: Infinity } : undefined;
}

function roundTo(table: RuleTable, yearly: number): number {
  if (!table.round) return yearly;
  const { per, to, mode } = table.round;
  const steps = fromYearly(yearly, per) / to;
  // A hundredth of a cent is noise of the arithmetic, not a reason to round up.
  const rounded = mode === 'nearest' ? Math.round(steps) : mode === 'up' ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9);
  return toYearly(rounded * to, per);
}
