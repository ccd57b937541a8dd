// Figures and sentences in the reader's language.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import { haversine } from '#shared/geo/distance.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { distanceInWords } from '#shared/platform/distance-words.ts';
import type { ValueClass } from './classes.ts';
import type { Outcome } from './outcome.ts';
import type { GapsSession } from './session.svelte.ts';

type Words = Pick<WorkbenchApi, 't' | 'locale'>;

/** Supply is told for so many people: one place for each is nothing that anybody can picture. */
export const SUPPLY_FOR = 10_000;

/** Kept by what they are made of: making one takes longer than a hundred figures, and a table that follows a drag has many. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

export function sayNumber(value: number, { locale }: Pick<Words, 'locale'>, digits = 0): string {
  return formatOf(locale, { maximumFractionDigits: digits }).format(value);
}

/** @param digits after the point, always that many, so that figures under one another can be compared */
export function sayShare(share: number, { locale }: Pick<Words, 'locale'>, digits = 0): string {
  return formatOf(locale, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
}

/** People, as whole ones. */
export function sayPeople(people: number, words: Pick<Words, 'locale'>): string {
  return sayNumber(Math.round(people), words);
}

/** Minutes that are enough: a way of a little more than fifteen is not one of fifteen. */
export function wholeMinutes(minutes: number): number {
  return Math.ceil(minutes - 1e-6);
}

/** One value of the measure: minutes, places, or places for so many people. */
export function sayValue(value: number, gaps: GapsSession): string {
  const { workbench } = gaps;
  const { measure } = gaps.question;
  if (measure === 'nearest') {
    return Number.isFinite(value)
      ? workbench.t('gaps.minutes', { minutes: sayNumber(wholeMinutes(value), workbench) })
      : workbench.t('gaps.none');
  }
  if (value === 0) return workbench.t('gaps.none');
  return measure === 'count' ? sayNumber(value, workbench) : saySupply(value, workbench);
}

/** Two digits that count. */
function saySupply(value: number, { locale }: Pick<Words, 'locale'>): string {
  return formatOf(locale, { maximumSignificantDigits: 2 }).format(value * SUPPLY_FOR);
}

/** What the colours of the measure stand for. */
export function measureTitle({ question, workbench }: GapsSession): string {
  const { measure, mode, minutes } = question;
  if (measure === 'nearest') return workbench.t(`gaps.legend.${mode}`);
  return measure === 'count' ? workbench.t('gaps.legend.count', { minutes }) : workbench.t('gaps.legend.supply');
}

/** What the colours stand for where two analyses are compared. */
export function differenceTitle({ compare, workbench }: GapsSession): string {
  return workbench.t('gaps.legend.difference', { label: compare.labels?.[0] ?? '' });
}

export function legendTitle(gaps: GapsSession): string {
  return gaps.compare.differences ? differenceTitle(gaps) : measureTitle(gaps);
}

/** How much shorter or longer ways are. */
export function sayDifference({ from, to }: Pick<ValueClass, 'from' | 'to'>, { workbench }: Pick<GapsSession, 'workbench'>): string {
  if (from < 0 && to > 0) return workbench.t('gaps.legend.same');
  const minutes = sayNumber(from < 0 ? Math.round(-to) : Math.round(from), workbench);
  return workbench.t(from < 0 ? 'gaps.legend.shorter' : 'gaps.legend.longer', { minutes: minutes === '0' ? '1' : minutes });
}

/** A range of values, as in a legend. */
export function sayRange({ from, to }: Pick<ValueClass, 'from' | 'to'>, gaps: GapsSession): string {
  if (gaps.compare.differences) return sayDifference({ from, to }, gaps);
  return sayValueRange({ from, to }, gaps);
}

/** A range of values of the measure. */
export function sayValueRange({ from, to }: Pick<ValueClass, 'from' | 'to'>, gaps: GapsSession): string {
  const { workbench } = gaps;
  const { measure } = gaps.question;
  const isWhole = measure === 'count';
  const say = (value: number) =>
    measure === 'nearest' || isWhole ? sayNumber(value, workbench) : value <= Number.MIN_VALUE ? '0' : saySupply(value, workbench);
  if (!Number.isFinite(to)) return workbench.t('gaps.legend.more', { from: say(from) });
  if (isWhole && to - from === 1) return say(from);
  if (!isWhole && measure !== 'nearest' && to <= Number.MIN_VALUE) return '0';
  return workbench.t('gaps.legend.range', { from: say(from), to: say(isWhole ? to - 1 : to) });
}

export function sayNeeds({ question, vocabulary, workbench }: GapsSession): string {
  const labels = question.needs.map((need) => vocabulary?.needLabel(need) ?? need);
  return new Intl.ListFormat(workbench.locale, { type: 'disjunction' }).format(labels);
}

/** The same within a sentence: "food", but "ID". */
function sayNeedsWithin(gaps: GapsSession): string {
  const { locale } = gaps.workbench;
  const said = sayNeeds(gaps);
  const [first = '', second = ''] = said;
  return second === second.toLocaleLowerCase(locale) ? first.toLocaleLowerCase(locale) + said.slice(first.length) : said;
}

export function sayGroup({ question, population, workbench }: GapsSession, group = question.group): string {
  if (group === 'all') return workbench.t('gaps.group.all');
  return population?.groups.find(({ id }) => id === group)?.name ?? group;
}

/** "12,400 people live more than 20 minutes' walk from the nearest place for food." */
export function sayGap(gaps: GapsSession, outcome: Outcome = gaps.outcome): string {
  const { workbench, question } = gaps;
  const people = Math.round(outcome.summary.unreached);
  const sentence = workbench.t(people === 0 ? `gaps.say.none.${question.mode}` : `gaps.say.${question.mode}`, {
    people,
    minutes: question.minutes,
    need: sayNeedsWithin(gaps),
  });
  return question.group === 'all' ? sentence : workbench.t('gaps.say.group', { group: sayGroup(gaps), sentence });
}

/**
 * How a cell is called: by the area that most of its people live in, by what stands in it, by how far it is from a place that
 * stands, else by the part of its index that differs.
 */
export function sayCell(gaps: GapsSession, cell: number): string {
  const { world, names } = gaps;
  const index = world?.cells[cell] ?? '';
  return world?.areaOf[cell] ?? names.of(index) ?? sayNear(gaps, cell) ?? sayIndex(index, gaps);
}

/** The same as far as it is known already: for sorting many cells at once. */
export function sayKnownCell(gaps: GapsSession, cell: number): string {
  return knownName(gaps, cell) ?? sayIndex(gaps.world?.cells[cell] ?? '', gaps);
}

/** The same for a file of all cells: nothing is asked for. */
export function sayCellInFile(gaps: GapsSession, cell: number): string {
  return knownName(gaps, cell) ?? sayNear(gaps, cell) ?? sayKnownCell(gaps, cell);
}

function knownName({ world, names }: GapsSession, cell: number): string | null {
  return world?.areaOf[cell] ?? names.known(world?.cells[cell] ?? '');
}

/** A cell by its H3 index alone. */
export function sayIndex(index: string, { workbench }: Pick<GapsSession, 'workbench'>): string {
  return workbench.t('gaps.cell.name', { code: index.replace(/f+$/, '').slice(-5) });
}

/** "1.2 km southeast of Health unit 3"; null where no place stands. */
function sayNear({ world, workbench }: GapsSession, cell: number): string | null {
  if (!world) return null;
  const [lon, lat] = [world.lon[cell]!, world.lat[cell]!];
  let [nearest, meters] = [-1, Infinity];
  for (const [i, site] of world.sites.entries()) {
    const way = haversine(lon, lat, site.lon, site.lat);
    if (way < meters) [nearest, meters] = [i, way];
  }
  const site = world.sites[nearest];
  if (!site) return null;
  const direction = DIRECTIONS[(Math.round(bearing(site, { lon, lat }) / 45) + 8) % 8]!;
  return workbench.t(`gaps.cell.${direction}`, { distance: distanceInWords(meters, workbench.locale), name: site.name });
}

const DIRECTIONS = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'] as const;

/** Degrees clockwise from north, over a few kilometres. */
function bearing(from: LonLat, to: LonLat): number {
  const east = (to.lon - from.lon) * Math.cos((from.lat * Math.PI) / 180);
  return (Math.atan2(east, to.lat - from.lat) * 180) / Math.PI;
}
