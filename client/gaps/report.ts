// What stands in a report, put together once for screen, paper and files: the figures, and what a reader must know to trust them.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import { MEASURES } from '#shared/gaps/measures.ts';
import { unreachedOf } from './outcome.ts';
import { FIRST_ORDER, orderCells } from './rows.ts';
import { sayCell, sayGroup, sayNeeds, sayNumber, sayPeople, sayShare, sayValue } from './say.ts';
import type { GapsSession } from './session.svelte.ts';

/** Rows on paper; all of them are in the CSV. */
const ROWS = 15;

export interface ReportLine {
  label: string;
  value: string;
}

export function reportTitle(gaps: GapsSession): string {
  return gaps.workbench.t('gaps.report.title', { need: sayNeeds(gaps), place: gaps.population?.name ?? '' });
}

/** Rows of the cells with the most people without help, most first. */
export function areaRows(gaps: GapsSession, most = ROWS): string[][] {
  const { demand, today, outcome, plans, workbench } = gaps;
  const nameOf = (cell: number) => sayCell(gaps, cell);
  return orderCells({ demand, today, outcome, chosen: null, nameOf }, FIRST_ORDER, workbench.language)
    .filter((cell) => outcome.reached[cell] === 0)
    .slice(0, most)
    .map((cell) => [
      nameOf(cell),
      sayPeople(demand[cell] ?? 0, workbench),
      ...(plans.sites.length > 0 ? [today, outcome] : [today]).map(({ values }) => sayValue(values[cell] ?? NaN, gaps)),
    ]);
}

/** Each group's people, and how many of them are without help; nothing where only everybody is known. */
export function groupRows(gaps: GapsSession): string[][] {
  const { world, today, outcome, plans, workbench } = gaps;
  if (!world || world.people.size < 2) return [];
  return [...world.people.keys()].map((group) => [
    sayGroup(gaps, group),
    sayPeople(unreachedOf(world, group, today.reached).people, workbench),
    ...(plans.sites.length > 0 ? [today, outcome] : [today]).map(({ reached }) => {
      const { people, unreached } = unreachedOf(world, group, reached);
      return `${sayPeople(unreached, workbench)} (${sayShare(people > 0 ? unreached / people : 0, workbench, 1)})`;
    }),
  ]);
}

/** What was kept and what it is compared with; nothing where nothing is kept. */
export function comparedRows({ compare, outcome, workbench }: GapsSession): string[][] {
  const { pinned, labels } = compare;
  if (!pinned || !labels) return [];
  return [pinned.outcome.summary, outcome.summary].map(({ demand, unreached }, i) => [
    labels[i]!,
    sayPeople(demand, workbench),
    sayPeople(unreached, workbench),
    sayShare(demand > 0 ? unreached / demand : 0, workbench, 1),
  ]);
}

/** Where everything comes from and how it was worked out, line by line. */
export function listMethod(gaps: GapsSession, date: string): ReportLine[] {
  const { world, question, population, workbench } = gaps;
  if (!world || !population) return [];
  const { t } = bind(workbench);
  const { formula, reference } = MEASURES[question.measure];
  const line = (label: string, value: string): ReportLine => ({ label: t(`gaps.report.method.${label}`), value });
  const counted = t('gaps.say.sites', { count: world.sites.length });
  const left = (['unusable', 'closed', 'hidden'] as const)
    .filter((why) => world.without[why] > 0)
    .map((why) => t(`gaps.say.without.${why}`, { count: world.without[why] }));
  return [
    line('measure', `${t(`gaps.measure.${question.measure}.say`)} (${formula}; ${reference}.)`),
    line('limit', t(`gaps.report.limit.${question.mode}`, { minutes: question.minutes })),
    line('travel', gaps.estimateSentence ?? t('gaps.report.streets')),
    line(
      'population',
      [`${population.name}: ${population.source}, ${population.vintage}.`, population.licence, ...world.data.notes]
        .filter(Boolean)
        .join(' '),
    ),
    line('supply', [counted, ...left].join(' ')),
    ...(world.data.directory ? [line('directory', dayOf(world.data.directory, workbench))] : []),
    line('cells', t('gaps.report.cells', { count: world.cells.length, resolution: sayNumber(population.resolution, workbench) })),
    line('made', date),
  ];
}

export function dayOf(iso: string, { locale }: Pick<WorkbenchApi, 'locale'>): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso));
}

function bind(workbench: WorkbenchApi): Pick<WorkbenchApi, 't'> {
  return { t: workbench.t.bind(workbench) };
}
