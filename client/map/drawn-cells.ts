// The cells of an analysis as they are drawn: told what has changed of them since the last time, and nothing else.

import type { Feature } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { NO_CLASS } from './style-analysis.ts';
import type { MapAnalysis } from './types.ts';

type Source = 'cells' | 'cells-none' | 'cells-marked';
type Told = Pick<MapAnalysis, 'classes' | 'chosen' | 'marked'>;

const NOTHING_TOLD: Told = { classes: new Uint8Array(), chosen: null, marked: null };

export class DrawnCells {
  readonly #map: MapLibreMap;
  readonly #show: (source: Source, features: readonly Feature[]) => void;
  #features: readonly Feature[] = [];
  #told = NOTHING_TOLD;
  /** Of which there is no figure. */
  #none: readonly number[] = [];

  constructor(map: MapLibreMap, show: (source: Source, features: readonly Feature[]) => void) {
    this.#map = map;
    this.#show = show;
  }

  /** Their ids are their indexes; they have no class until `classify`. */
  set(features: readonly Feature[]): void {
    this.#map.removeFeatureState({ source: 'cells' });
    [this.#features, this.#told, this.#none] = [features, NOTHING_TOLD, []];
    this.#show('cells', features);
    this.#show('cells-none', []);
    this.#show('cells-marked', []);
  }

  classify({ classes, chosen, marked }: Told): void {
    const before = this.#told;
    const none: number[] = [];
    for (let id = 0; id < classes.length; id++) {
      const [cellClass, faded] = [classes[id]!, chosen !== null && chosen[id] === 0];
      if (cellClass === NO_CLASS) none.push(id);
      const wasFaded = before.chosen !== null && before.chosen[id] === 0;
      if (cellClass === (before.classes[id] ?? NO_CLASS) && faded === wasFaded) continue;
      this.#map.setFeatureState({ source: 'cells', id }, { class: cellClass, faded });
    }
    if (none.length !== this.#none.length || none.some((id, i) => id !== this.#none[i])) this.#showSome('cells-none', none);
    if (marked !== before.marked) this.#showSome('cells-marked', marked === null ? [] : [marked]);
    this.#none = none;
    this.#told = { classes: classes.slice(), chosen: chosen?.slice() ?? null, marked };
  }

  #showSome(source: Source, ids: readonly number[]): void {
    this.#show(
      source,
      ids.flatMap((id) => this.#features[id] ?? []),
    );
  }
}
