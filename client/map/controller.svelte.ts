// The wanted state of the map, kept whether or not the map is open. Features write it through `MapController`;
// the open editor reads it and reports what people do. It draws nothing itself.

import type { LonLat } from '#shared/geo/travel.ts';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { Emitter } from '#shared/platform/event.ts';
import type { Camera, MapAnalysis, MapBounds, MapController, MapOverlay, MapPadding, MapSearch, MovedSite, PickedPlace } from './types.ts';

/** A camera move that was asked for and not yet made. */
export type CameraWish = { fly: LonLat & { zoom?: number } } | { fit: MapBounds | 'results' };

/** What is reached on foot in so many minutes. */
export interface ReachedArea {
  minutes: number;
  reach: MapSearch['reach'];
  estimated: boolean;
}

/** What a command asks of the open map. */
export type MapAction = 'zoomIn' | 'zoomOut' | 'resetNorth' | 'locate' | 'toggleLayers' | 'focus';

const NO_PADDING: MapPadding = { top: 0, bottom: 0, start: 0, end: 0 };

class MapState implements MapController {
  search = $state.raw<MapSearch | null>(null);
  analysis = $state.raw<MapAnalysis | null>(null);
  selected = $state<string | null>(null);
  highlighted = $state<string | null>(null);
  path = $state.raw<readonly (readonly [number, number])[] | null>(null);
  /** What is reached from a place that somebody asked about, until it is taken away; it stands before that of a search. */
  area = $state.raw<ReachedArea | null>(null);
  padding = $state.raw<MapPadding>(NO_PADDING);
  picking = $state(false);
  /** Where the line between two analyses stands, as a share of the map's width. */
  divide = $state(0.5);
  overlays = $state.raw<readonly MapOverlay[]>([]);

  camera = $state.raw<Camera | null>(null);
  bounds = $state.raw<MapBounds | null>(null);
  ready = $state(false);

  /** The last move asked for; whoever makes it takes it away. */
  wish: CameraWish | null = null;

  readonly didSelect = new Emitter<string | null>();
  readonly didOpen = new Emitter<string>();
  readonly didPickPlace = new Emitter<PickedPlace>();
  readonly didChooseCell = new Emitter<number | null>();
  readonly didMoveSite = new Emitter<MovedSite>();
  readonly didChooseSite = new Emitter<string>();
  readonly didRemoveSite = new Emitter<string>();

  readonly didWish = new Emitter<void>();
  readonly asked = new Emitter<MapAction>();
  /** Asked for while the map was still loading: done when it opens. */
  askedBefore: MapAction | null = null;

  readonly onDidSelect = this.didSelect.event;
  readonly onDidOpen = this.didOpen.event;
  readonly onDidPickPlace = this.didPickPlace.event;
  readonly onDidChooseCell = this.didChooseCell.event;
  readonly onDidMoveSite = this.didMoveSite.event;
  readonly onDidChooseSite = this.didChooseSite.event;
  readonly onDidRemoveSite = this.didRemoveSite.event;

  setSearch(search: MapSearch | null): void {
    this.search = search;
  }

  setAnalysis(analysis: MapAnalysis | null): void {
    this.analysis = analysis;
  }

  setSelected(resourceId: string | null): void {
    this.selected = resourceId;
  }

  setHighlighted(resourceId: string | null): void {
    this.highlighted = resourceId;
  }

  setPath(points: readonly (readonly [number, number])[] | null): void {
    this.path = points;
  }

  flyTo(place: LonLat & { zoom?: number }): void {
    this.#wish({ fly: place });
  }

  fit(what: MapBounds | 'results'): void {
    this.#wish({ fit: what });
  }

  #wish(wish: CameraWish): void {
    this.wish = wish;
    this.didWish.fire();
  }

  setPadding(padding: Partial<MapPadding>): void {
    this.padding = { ...NO_PADDING, ...padding };
  }

  setPicking(picking: boolean): void {
    this.picking = picking;
  }

  /** A place was pointed at, or asked for in a menu. */
  pick(place: LonLat, how: PickedPlace['how']): void {
    this.picking = false;
    this.didPickPlace.fire({ lon: place.lon, lat: place.lat, how });
  }

  registerOverlay(overlay: MapOverlay): Disposable {
    this.overlays = [...this.overlays, overlay].sort((a, b) => a.order - b.order);
    return toDisposable(() => {
      this.overlays = this.overlays.filter((other) => other !== overlay);
    });
  }
}

/** For the editor in this folder alone: all of the state, with the emitters. */
export const mapState = new MapState();

/** What other features use. */
export const map: { readonly controller: MapController } = { controller: mapState };
