// The maps of a report, in the light theme: what was kept to compare with, or today, beside the scenario, and the difference where
// that is what is shown. Planned sites are numbered marks that whoever shows the map draws.

import type { Still } from '#client/map/still.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { classify, type ValueClass } from './classes.ts';
import { DIFFERENCE_CLASSES } from './compare.ts';
import { labelParts } from './label.ts';
import { differenceTitle, measureTitle, sayDifference, sayValueRange } from './say.ts';
import type { GapsSession } from './session.svelte.ts';

export interface LegendEntry {
  /** A colour token. */
  colour: string;
  opacity: number;
  label: string;
}

export interface ReportLegend {
  title: string;
  entries: readonly LegendEntry[];
}

export interface ReportMap extends Still {
  width: number;
  height: number;
  /** What it is of; null where it is the only one. */
  label: string | null;
  legend: ReportLegend;
}

interface WantedMap {
  label: string | null;
  classes: Uint8Array;
  legend: 'measure' | 'difference';
  places: readonly LonLat[];
}

/** px: of one alone, and of those that share a row. */
const ALONE = { width: 720, height: 470 };
const SHARED = { width: 480, height: 500 };
const MARGIN = 16;

/** One after another, as each needs a drawing of its own; null where this browser draws no maps. */
export async function drawReportMaps(gaps: GapsSession): Promise<readonly ReportMap[] | null> {
  const { world, population, workbench } = gaps;
  if (!world || !population) return null;
  const { drawStill } = await import('#client/map/still.ts');
  const wanted = listWanted(gaps);
  const size = wanted.length > 1 ? SHARED : ALONE;
  const standing = world.sites.map(({ id, lon, lat, type, name }) => ({ id, lon, lat, type, label: name }));
  const legends = { measure: measureLegend(gaps), difference: differenceLegend(gaps) };
  const maps: ReportMap[] = [];
  for (const { label, classes, legend, places } of wanted) {
    const fills = (legend === 'measure' ? gaps.measureClasses : DIFFERENCE_CLASSES).map(({ fill }) => fill);
    const still = await drawStill({
      bounds: population.bounds,
      places,
      ...size,
      margin: MARGIN,
      language: workbench.language,
      analysis: { cells: world.cells, classes, fills, standing },
    });
    if (!still) return null;
    maps.push({ ...still, ...size, label, legend: legends[legend] });
  }
  return maps;
}

function listWanted(gaps: GapsSession): WantedMap[] {
  const { compare, outcome, today, demand, measureClasses, plans, workbench } = gaps;
  const classesOf = (values: Float64Array) => classify(values, demand, measureClasses);
  const now = { classes: classesOf(outcome.values), legend: 'measure' as const, places: plans.sites };
  const wanted: WantedMap[] = [];
  if (compare.pinned && compare.labels) {
    const [before, label] = compare.labels;
    if (compare.classesBefore)
      wanted.push({ label: before, classes: compare.classesBefore, legend: 'measure', places: compare.pinned.sites });
    wanted.push({ ...now, label });
    if (compare.differences)
      wanted.push({
        label: workbench.t('gaps.compare.difference'),
        classes: classify(compare.differences, demand, DIFFERENCE_CLASSES),
        legend: 'difference',
        places: plans.sites,
      });
  } else if (plans.scenario && plans.sites.length > 0) {
    const todays = labelParts(gaps, null).find(({ of }) => of === 'scenario')!.text;
    wanted.push({ label: todays, classes: classesOf(today.values), legend: 'measure', places: [] }, { ...now, label: plans.scenario.name });
  } else wanted.push({ ...now, label: null });
  return wanted;
}

function measureLegend(gaps: GapsSession): ReportLegend {
  return { title: measureTitle(gaps), entries: toEntries(gaps.measureClasses, (range) => sayValueRange(range, gaps)) };
}

function differenceLegend(gaps: GapsSession): ReportLegend {
  return { title: differenceTitle(gaps), entries: toEntries(DIFFERENCE_CLASSES, (range) => sayDifference(range, gaps)) };
}

function toEntries(classes: readonly ValueClass[], say: (range: ValueClass) => string): LegendEntry[] {
  return classes.map((one) => ({ ...one.fill, label: say(one) }));
}
