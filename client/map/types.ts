// What other features may ask of the map and hear from it. They state what should be seen; the map draws it whenever
// it is open. Nothing here names the drawing library, and no hidden position ever reaches it.

import type { Component } from 'svelte';
import type { Verdict } from '#shared/eligibility/rule.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import type { Event } from '#shared/platform/event.ts';

/** A small disc at a pin that says one more thing of it, or a fainter pin. */
export interface PinMark {
  /** Name of a glyph; null: no disc. */
  icon: string | null;
  tone: 'note' | 'good' | 'attention';
  fade: boolean;
}

/** A match with a position, as a pin. */
export interface PinInput {
  /** Id of the resource. */
  id: string;
  lon: number;
  lat: number;
  /** Id of a resource type; null draws the plain shape. */
  type: string | null;
  verdict: Verdict;
  /** Name that is drawn beside the pin and spoken. */
  label: string;
  /** Place in the list, 0 first; the first few get a label and stay out of clusters. */
  rank?: number;
  selected?: boolean;
  shortlisted?: boolean;
  mark?: PinMark;
}

/** A match whose site is private: only its coarse cell is known, and is drawn as an area that is the same at every zoom. */
export interface AreaInput {
  id: string;
  /** H3 index of the coarse cell. */
  cell: string;
  label: string;
}

/** All that one search puts on the map. */
export interface MapSearch {
  start: (LonLat & { label?: string }) | null;
  /** Rings of [lon, lat] around what can be reached; empty where no limit was asked. */
  reach: readonly (readonly [number, number][])[];
  /** The reach is estimated from straight lines and not computed on streets. */
  estimated: boolean;
  pins: readonly PinInput[];
  areas?: readonly AreaInput[];
}

/** How the cells of one class are filled. */
export interface CellFill {
  /** A colour token. */
  colour: string;
  /** 0 to 1. */
  opacity: number;
}

/** A place that offers help already. */
export interface StandingSite extends LonLat {
  id: string;
  /** Id of a resource type; null draws the plain shape. */
  type: string | null;
  label: string;
}

/** A site that is being thought about: a numbered mark that can be dragged, or moved with the arrow keys. */
export interface PlannedSite extends LonLat {
  id: string;
  /** What stands in the mark: a number, a letter. */
  mark: string;
  /** Spoken name. */
  label: string;
  /** Proposed and not taken up yet: drawn as an outline, and not to be moved. */
  proposed?: boolean;
  selected?: boolean;
}

/** Another analysis of the same cells, and what tells the two apart. */
export interface AnalysisBeside {
  classes: Uint8Array;
  before: string;
  now: string;
}

/** All that one analysis puts on the map, instead of a search or the directory. */
export interface MapAnalysis {
  /** H3 indexes. A new list draws new cells; the same one with other classes only fills them anew. */
  cells: readonly string[];
  /** Class of each cell: index into `fills`, or 255 where there is no figure. */
  classes: Uint8Array;
  fills: readonly CellFill[];
  /** 1 for each cell that is chosen; the others fade. null: nothing is chosen. */
  chosen: Uint8Array | null;
  /** Index of the one cell that is looked at. */
  marked: number | null;
  /** Other classes of the same cells, left of a line that can be moved; null: none. */
  beside?: AnalysisBeside | null;
  standing: readonly StandingSite[];
  planned: readonly PlannedSite[];
}

/** A planned site is somewhere else now; `done` when it was let go. */
export interface MovedSite extends LonLat {
  id: string;
  done: boolean;
}

/** [west, south, east, north], degrees. */
export type MapBounds = readonly [number, number, number, number];

/** Space in px that something outside the map covers, such as the sheet on a phone. */
export interface MapPadding {
  top: number;
  bottom: number;
  start: number;
  end: number;
}

export interface Camera extends LonLat {
  zoom: number;
}

/** A place that was pointed at. `how` tells an idle click from one that asks: a menu choice or a long press. */
export interface PickedPlace extends LonLat {
  how: 'click' | 'menu';
}

/** Where a part of another feature stands over the map; parts of one place stand in `order`. */
export type OverlayPlace = 'top-start' | 'top-end' | 'bottom-start' | 'bottom';

export interface MapOverlay {
  id: string;
  place: OverlayPlace;
  order: number;
  /** Stands over an analysis; absent: over anything else that the map shows. */
  over?: 'analysis';
  /** Shown only while this is true; reactive. */
  visible?: () => boolean;
  load(): Promise<{ default: Component }>;
}

/**
 * The one map of the workbench. It is always there: what is set while the map is closed or still loading is drawn
 * when it opens, and the last camera move asked for is then made.
 */
export interface MapController {
  /** null: no search, all resources of the directory are browsed. */
  setSearch(search: MapSearch | null): void;
  setSelected(resourceId: string | null): void;
  /** Cells and sites of an analysis, shown instead of the search; null takes them away. */
  setAnalysis(analysis: MapAnalysis | null): void;
  /** A row that is pointed at: drawn like the selected one, and the map stays where it is. */
  setHighlighted(resourceId: string | null): void;
  /** The way to the selected resource as [lon, lat] points; null takes it away. */
  setPath(points: readonly (readonly [number, number])[] | null): void;

  flyTo(place: LonLat & { zoom?: number }): void;
  /** Shows all of this, clear of the parts that lie over the map. 'results': start, reach and pins of the search. */
  fit(what: MapBounds | 'results'): void;
  setPadding(padding: Partial<MapPadding>): void;

  /** A pin was chosen on the map, or null: empty ground was. Not fired by `setSelected`. */
  readonly onDidSelect: Event<string | null>;
  /** A pin was asked to open: Enter or a double click. */
  readonly onDidOpen: Event<string>;
  readonly onDidPickPlace: Event<PickedPlace>;
  /** A cell of the analysis was chosen, by its index; null: ground beside the cells. */
  readonly onDidChooseCell: Event<number | null>;
  readonly onDidMoveSite: Event<MovedSite>;
  /** A planned site was chosen: clicked, or Enter on it. */
  readonly onDidChooseSite: Event<string>;
  /** A planned site is to go: Delete on it. */
  readonly onDidRemoveSite: Event<string>;
  /** While true the next click on the map gives a place instead of a selection; Escape ends it. */
  setPicking(picking: boolean): void;

  registerOverlay(overlay: MapOverlay): Disposable;

  /** What is seen now; reactive. null until the map has been shown. */
  readonly camera: Camera | null;
  readonly bounds: MapBounds | null;
  readonly selected: string | null;
  /** The next click gives a place; reactive. */
  readonly picking: boolean;
  /** The map is drawn; reactive. */
  readonly ready: boolean;
}
