// What the drawing is to show, derived from the wanted state (controller), the directory's data and the theme; and how one
// drawing is kept in step with it.

import { untrack } from 'svelte';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import type { WorkbenchApi } from '../workbench/types.ts';
import { classesBeside, middlesOf, type Middles } from './beside.ts';
import { mapState } from './controller.svelte.ts';
import { mapData } from './map-data.svelte.ts';
import type { DrawnMap, View } from './map.ts';
import { readPalette, type Palette } from './palette.ts';
import { splitPins } from './pin-features.ts';
import { toAreaFeatures, toReachFeatures, toSiteFeatures, toStartFeatures, toWayFeatures } from './search-features.ts';
import type { MapMode, StyleInput } from './style.ts';

/** Ids of the pins that are drawn larger. */
const marked = (): string[] => [mapState.selected, mapState.highlighted].filter((id) => id !== null);

export class MapLooks {
  readonly #workbench: WorkbenchApi;
  #themeReads = $state(0);
  #paletteSerial = 0;
  /** Read anew with every change of theme, and of the kinds of resource: these then look different under the same names. */
  readonly palette: Palette = $derived.by(() => {
    void [this.#themeReads, mapData.looks];
    this.#paletteSerial += 1;
    return readPalette(document.documentElement, String(this.#paletteSerial));
  });
  /** Parts of the analysis that change seldom, each an own value: the drawing hears of nothing else while a site is dragged. */
  readonly #cells = $derived(mapState.analysis?.cells);
  readonly #fills = $derived(mapState.analysis?.fills);
  readonly #standing = $derived(mapState.analysis?.standing);
  readonly #mode: MapMode = $derived(mapState.analysis ? 'analysis' : mapState.search ? 'find' : 'browse');

  constructor(workbench: WorkbenchApi) {
    this.#workbench = workbench;
  }

  watchTheme(): Disposable {
    const themes = new MutationObserver(() => (this.#themeReads += 1));
    themes.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-text', 'style'] });
    return toDisposable(() => themes.disconnect());
  }

  /** All that the style of the map is made of. */
  style(): StyleInput {
    return {
      palette: this.palette,
      basemaps: mapData.shownBasemaps,
      analysis: mapData.shownLayers,
      language: this.#workbench.language,
      origin: location.origin,
      fills: this.#fills,
      ...untrack(() => ({
        directoryVersion: mapData.status?.version ?? null,
        mode: this.#mode,
        marked: marked(),
      })),
    };
  }

  /**
   * Keeps the drawing in step, until the effects of the caller end. Each effect touches one part of the map.
   * @param view what is seen of it; reactive
   */
  follow(drawn: DrawnMap, view: () => View | null): void {
    this.#followDirectory(drawn);
    this.#followSearch(drawn);
    this.#followAnalysis(drawn, view);
  }

  #followDirectory(drawn: DrawnMap): void {
    $effect(() => drawn.setStyle(this.style()));
    $effect(() => {
      const version = mapData.status?.version;
      if (version !== undefined) drawn.setDirectoryVersion(version);
    });
    let loaded = this.#workbench.language;
    $effect(() => {
      if (this.#workbench.language === loaded) return;
      loaded = this.#workbench.language;
      void mapData.load(loaded);
    });
    $effect(() => drawn.setMode(this.#mode));
  }

  #followSearch(drawn: DrawnMap): void {
    $effect(() => {
      const { best, rest } = splitPins(mapState.search?.pins ?? [], marked());
      drawn.setPins(rest);
      drawn.setFeatures('best', best);
      drawn.setMarked(marked());
    });
    $effect(() => {
      const { search, area, analysis } = mapState;
      const reached = analysis ? null : (area ?? search);
      drawn.setFeatures('reach', reached ? toReachFeatures(reached) : []);
      drawn.setFeatures('start', search ? toStartFeatures(search.start, this.#workbench.t('map.start')) : []);
    });
    $effect(() => {
      const areas = mapState.search?.areas ?? [];
      if (areas.length === 0) return drawn.setFeatures('areas', []);
      return whenLoaded(import('#shared/geo/cells.ts'), ({ cellCenter }) => drawn.setFeatures('areas', toAreaFeatures(areas, cellCenter)));
    });
    $effect(() => drawn.setFeatures('way', toWayFeatures(mapState.path)));
  }

  #followAnalysis(drawn: DrawnMap, view: () => View | null): void {
    let middles = $state.raw<Middles | null>(null);
    const classify = () => {
      const { analysis, divide } = mapState;
      if (!analysis) return;
      const { beside, classes } = analysis;
      // The line stands still on the screen, and the cells pass under it.
      if (!beside || middles?.x.length !== classes.length || !view()) return drawn.cells.classify(analysis);
      drawn.cells.classify({
        ...analysis,
        classes: classesBeside({ now: classes, before: beside.classes }, middles, drawn.lineAt(divide)),
      });
    };
    $effect(() => {
      const cells = this.#cells ?? [];
      return whenLoaded(import('./cell-features.ts'), ({ toCellFeatures }) => {
        const features = toCellFeatures(cells);
        drawn.cells.set(features);
        middles = middlesOf(features);
        classify();
      });
    });
    $effect(classify);
    $effect(() => drawn.setFeatures('sites', toSiteFeatures(this.#standing ?? [])));
    $effect(() => drawn.setPlanned(mapState.analysis?.planned ?? []));
  }
}

/** For an effect that needs a module: does nothing where the effect was over, or had begun anew, before the module came. */
function whenLoaded<Module>(module: Promise<Module>, then: (module: Module) => void): () => void {
  let over = false;
  void module.then((loaded) => !over && then(loaded));
  return () => (over = true);
}
