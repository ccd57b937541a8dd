// The analysis on the map while its view is open, and what is done there brought back.

import { untrack } from 'svelte';
import type { AnalysisBeside, MapAnalysis, MapController, PlannedSite } from '#client/map/types.ts';
import { withProps } from '#client/ui/with-props.ts';
import type { GapsSession } from './session.svelte.ts';
import { UNMET_FILLS } from './unmet.svelte.ts';

export function syncMap(gaps: GapsSession, map: MapController): void {
  $effect.root(() => {
    // Lists that keep their identity as long as they are the same, so that a dragged site redraws no cells and no pins.
    const standing = $derived(gaps.world?.sites.map(({ id, lon, lat, type, name }) => ({ id, lon, lat, type, label: name })) ?? []);
    const fills = $derived(gaps.classes.map(({ fill }) => fill));
    const fillsKey = $derived(JSON.stringify(fills));
    const kept = $derived.by(() => {
      void fillsKey;
      return fills;
    });
    const isAsked = $derived(gaps.question.needs.length > 0);
    // The answer lies on the map: a page that lies over it goes behind.
    $effect(() => {
      if (isAsked && !gaps.workbench.phone) untrack(() => gaps.workbench.openEditor('map', {}));
    });
    $effect(() => {
      const { world, shown, unmet } = gaps;
      if (shown && unmet.isShown) return map.setAnalysis(analysisOfUnmet(gaps, standing));
      if (!shown || !world || gaps.stage !== 'ready') return map.setAnalysis(null);
      map.setAnalysis({
        cells: world.cells,
        classes: gaps.cellClasses,
        fills: kept,
        chosen: gaps.chosen,
        marked: gaps.cell,
        beside: besideOf(gaps),
        standing,
        planned: [...listPlanned(gaps), ...listProposed(gaps), ...listProbed(gaps)],
      });
    });
  });

  map.onDidPickPlace((place) => {
    if (gaps.shown) gaps.plans.takePlace(place);
  });
  map.onDidMoveSite((moved) => gaps.plans.moveSite(moved));
  map.onDidRemoveSite((id) => gaps.plans.removeSite(id));
  map.onDidChooseCell((cell) => {
    const { unmet } = gaps;
    if (unmet.isShown) unmet.look(cell === null ? null : (unmet.cells[cell] ?? null));
    else gaps.look(cell === gaps.cell ? null : cell);
  });
}

/** Where needs of our own found no answer, with the places that stand. */
function analysisOfUnmet({ unmet }: GapsSession, standing: MapAnalysis['standing']): MapAnalysis {
  const { cells, classes, cell } = unmet;
  const marked = cell === null ? -1 : cells.indexOf(cell);
  return { cells, classes, fills: UNMET_FILLS, chosen: null, marked: marked < 0 ? null : marked, standing, planned: [] };
}

/** What is compared with, left of the line. */
function besideOf({ compare }: GapsSession): AnalysisBeside | null {
  if (compare.way !== 'swipe' || !compare.classesBefore || !compare.labels) return null;
  const [before, now] = compare.labels;
  return { classes: compare.classesBefore, before, now };
}

function listPlanned(gaps: GapsSession): PlannedSite[] {
  return gaps.plans.sites.map((site, i) => ({
    id: site.id,
    lon: site.lon,
    lat: site.lat,
    mark: String(i + 1),
    // What is seen in it is spoken too.
    label: `${i + 1} ${gaps.workbench.t('gaps.site.spoken', { name: gaps.plans.nameOf(site) })}`,
  }));
}

/** Letters, so that they are not taken for sites that are placed already. */
function listProposed({ next, workbench }: GapsSession): PlannedSite[] {
  return (next.proposal?.sites ?? []).map(({ place: { id, lon, lat, name } }, i) => {
    const mark = String.fromCharCode(65 + i);
    return {
      id,
      lon,
      lat,
      mark,
      label: name === null ? workbench.t('gaps.next.unnamed', { letter: mark }) : `${mark} ${name}`,
      proposed: true,
    };
  });
}

function listProbed({ probe, workbench }: GapsSession): PlannedSite[] {
  if (!probe.at) return [];
  const { lon, lat, name } = probe.at;
  return [{ id: 'probe', lon, lat, mark: '?', label: name ?? workbench.t('gaps.probe.here'), proposed: true }];
}

export function registerOverlays(gaps: GapsSession, map: MapController): void {
  const isWide = () => gaps.shown && !gaps.workbench.phone;
  const isReady = () => isWide() && gaps.stage === 'ready';
  const given = { session: gaps };
  map.registerOverlay({
    id: 'gaps.legend',
    place: 'bottom-start',
    order: 20,
    over: 'analysis',
    visible: () => isReady() || (isWide() && gaps.unmet.isShown),
    load: async () => ({ default: withProps((await import('./Legend.svelte')).default, given) }),
  });
  map.registerOverlay({
    id: 'gaps.cell',
    place: 'top-end',
    order: 20,
    over: 'analysis',
    visible: () => isReady() && gaps.cell !== null && !gaps.unmet.isShown,
    load: async () => ({ default: withProps((await import('./CellCard.svelte')).default, given) }),
  });
  map.registerOverlay({
    id: 'gaps.probe',
    place: 'top-end',
    order: 10,
    over: 'analysis',
    visible: () => gaps.shown && gaps.stage === 'ready' && gaps.probe.at !== null && !gaps.unmet.isShown,
    load: async () => ({ default: withProps((await import('./ProbeCard.svelte')).default, given) }),
  });
  map.registerOverlay({
    id: 'gaps.figures',
    place: 'bottom',
    order: 20,
    over: 'analysis',
    visible: isReady,
    load: async () => ({ default: withProps((await import('./FiguresPanel.svelte')).default, given) }),
  });
}
