// Counts of our own unmet needs in words: what is held back is said to be, never shown as nothing.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import { sayIndex, sayNumber } from './say.ts';
import type { UnmetCounts } from './server.ts';
import type { GapsSession } from './session.svelte.ts';
import { isWide } from './unmet.svelte.ts';

type Told = Pick<UnmetCounts, 'count' | 'complete'>;

/** "37", "at least 37", "not shown". */
export function sayCount({ count, complete }: Told, workbench: Pick<WorkbenchApi, 't' | 'locale'>): string {
  if (count === null) return workbench.t('gaps.unmet.notShown');
  const said = sayNumber(count, workbench);
  return complete ? said : workbench.t('gaps.unmet.atLeast', { count: said });
}

/** "Jul – Sep 2026" of 2026-Q3. */
export function sayQuarter(quarter: string, { locale }: Pick<WorkbenchApi, 'locale'>): string {
  const [year, number] = quarter.split('-Q').map(Number) as [number, number];
  const month = (of: number) => new Date(Date.UTC(year, of, 15));
  const format = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return format.formatRange(month(3 * number - 3), month(3 * number - 1));
}

/** What was found nothing for, how often and when. */
export function sayUnmet({ unmet, workbench }: Pick<GapsSession, 'unmet' | 'workbench'>, counts: UnmetCounts): string {
  const { t } = { t: workbench.t.bind(workbench) };
  const [first, last] = [unmet.quarters[0]?.quarter, unmet.quarters.at(-1)?.quarter];
  if (first === undefined || last === undefined) return t('gaps.unmet.none');
  if (counts.count === null) return t('gaps.unmet.say.few');
  const when =
    first === last
      ? sayQuarter(first, workbench)
      : t('gaps.unmet.from', { first: sayQuarter(first, workbench), last: sayQuarter(last, workbench) });
  const sentence = t(`gaps.unmet.say.${unmet.of}`, { count: counts.count, when });
  return counts.complete ? sentence : `${sentence} ${t('gaps.unmet.say.more')}`;
}

/** An area of a count, by what stands in its middle. */
export function sayArea(gaps: GapsSession, cell: string): string {
  const name = gaps.names.of(cell);
  return name === null ? sayIndex(cell, gaps) : gaps.workbench.t(isWide(cell) ? 'gaps.unmet.aroundWide' : 'gaps.unmet.around', { name });
}
