// The one file that touches the drawing library: a map on the page that draws what it is told and says what was pointed at.
// It knows no search, no rule and no component; it asks nothing of any server but the tiles that its style names.

import {
  Map as LibraryMap,
  setWorkerUrl,
  type GeoJSONSource,
  type MapGeoJSONFeature,
  type PointLike,
  type VectorTileSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Feature, Point } from 'geojson';
import type { LonLat } from '#shared/geo/travel.ts';
import { isCluster, isNear, toChoice, toSpot, type Choice } from './choice.ts';
import type { Insets } from './free-space.ts';
import { onLongPress } from './long-press.ts';
import type { Drawing } from './pin-drawing.ts';
import { pinDelta, toCollection, type PinFeature } from './pin-features.ts';
import { PlannedMarks, type MarksEvents } from './planned-marks.ts';
import { BASEMAP_SOURCE, buildStyle, LAYERS_OF, type MapMode, type StyleInput } from './style.ts';
import { NO_CLASS } from './style-analysis.ts';
import { OWN_SOURCES, PIN_LAYERS, SITE_LAYERS, type OwnSource } from './style-pins.ts';
import type { Camera, MapAnalysis, MapBounds, PlannedSite } from './types.ts';

setWorkerUrl(workerUrl);

export interface View extends Camera {
  bounds: MapBounds;
  /** Degrees clockwise from north. */
  bearing: number;
}

export interface MapEvents extends Partial<MarksEvents> {
  /** While the map moves, at most once a frame. */
  onMove(view: View): void;
  onMoveEnd(view: View): void;
  /** One resource, several on one spot, or empty ground; clusters that can be taken apart are zoomed into instead. */
  onChoose(choices: Choice[], at: { place: LonLat; x: number; y: number }): void;
  onOpen(choice: Choice): void;
  onHover(choice: Choice | null, at: { x: number; y: number }): void;
  /** Right click, long press, or the menu key. */
  onMenu(place: LonLat, at: { x: number; y: number }): void;
  /** A tile of a basemap came, or could not be had. */
  onGround?(basemap: string, came: boolean): void;
  /** Draws the picture that a layer names; null where there is none of that name. */
  draw(image: string): Promise<Drawing | null>;
}

export interface MapSetup {
  style: StyleInput;
  camera: Camera | MapBounds;
  reduceMotion: boolean;
  /** Spoken name of the map. */
  title: string;
  /** Id of the element that describes it. */
  describedBy?: string;
  /** What the frame lies over: bounds are fitted into what is left. */
  insets?: Insets | undefined;
  /** A picture to be taken with `toPicture`: nothing moves it. Px around what is fitted. */
  still?: { margin: number };
}

/** px around a pointer within which a pin counts as hit: a mouse is finer than a finger. */
const REACH_PX = { mouse: 3, touch: 12 } as const;
const FLIGHT_MS = 240;
const MAX_ZOOM = 20;
/** Sharp on paper. */
const STILL_RATIO = 2;
const STILL_PATIENCE_MS = 8000;
/** A cluster that stays together beyond this zoom is listed, not zoomed into. */
const LIST_ZOOM = 18.5;
const LIST_LIMIT = 50;

const isBounds = (camera: Camera | MapBounds): camera is MapBounds => Array.isArray(camera);

export class DrawnMap {
  readonly #map: LibraryMap;
  readonly #events: MapEvents;
  readonly #drawn = new Set<string>();
  readonly #abort = new AbortController();
  readonly #marks: PlannedMarks;
  #cells: CellStates = NO_CELL_STATES;
  #style: StyleInput;
  #pins = new Map<string, PinFeature>();
  #frame = 0;

  constructor(container: HTMLElement, setup: MapSetup, events: MapEvents) {
    this.#events = events;
    this.#style = setup.style;
    const { camera } = setup;
    this.#map = new LibraryMap({
      container,
      style: buildStyle(setup.style),
      ...(isBounds(camera)
        ? {
            bounds: [...camera] as [number, number, number, number],
            fitBoundsOptions: { padding: paddingOf(container, setup), maxZoom: 16 },
          }
        : { center: [camera.lon, camera.lat], zoom: camera.zoom }),
      maxZoom: MAX_ZOOM,
      maxPitch: 0,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      reduceMotion: setup.reduceMotion,
      fadeDuration: setup.reduceMotion || setup.still ? 0 : 120,
      validateStyle: false,
      renderWorldCopies: true,
      cancelPendingTileRequestsWhileZooming: true,
      ...(setup.still && { interactive: false, pixelRatio: STILL_RATIO, canvasContextAttributes: { preserveDrawingBuffer: true } }),
      locale: { 'Map.Title': setup.title },
    });
    if (setup.describedBy) this.#map.getCanvas().setAttribute('aria-describedby', setup.describedBy);
    this.#map.setMissingStyleImageResolver((image) => this.#resolve(image));
    // A tile that cannot be had leaves a gap, not a message: offline is a normal way to work.
    this.#map.on('error', (event) => this.#noteGround(event, false));
    this.#map.on('sourcedata', (event) => event.tile && this.#noteGround(event, true));
    this.ready = new Promise((resolve) => this.#map.once('style.load', () => resolve()));
    this.#marks = new PlannedMarks(container, this, {
      onMoveSite: (moved) => events.onMoveSite?.(moved),
      onChooseSite: (id) => events.onChooseSite?.(id),
      onRemoveSite: (id) => events.onRemoveSite?.(id),
    });
    this.#listen(container);
  }

  /** Settles when the style is there and data can be set; tiles may still be on their way. */
  readonly ready: Promise<void>;

  get view(): View {
    const center = this.#map.getCenter();
    const bounds = this.#map.getBounds();
    return {
      lon: center.lng,
      lat: center.lat,
      zoom: this.#map.getZoom(),
      bearing: this.#map.getBearing(),
      bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
    };
  }

  /** Theme, basemaps, language or layers changed: the data that is drawn stays. */
  setStyle(style: StyleInput): void {
    this.#style = style;
    const stale = [...this.#drawn].filter((image) => image.split('|')[1] !== style.palette.id);
    this.#map.setStyle(buildStyle(style), {
      diff: true,
      transformStyle: (previous, next) => {
        if (!previous) return next;
        const kept = OWN_SOURCES.flatMap((id) => (previous.sources[id] ? [[id, previous.sources[id]] as const] : []));
        return { ...next, sources: { ...next.sources, ...Object.fromEntries(kept) } };
      },
    });
    this.#map.once('idle', () => {
      for (const image of stale) {
        this.#drawn.delete(image);
        if (this.#map.hasImage(image)) this.#map.removeImage(image);
      }
    });
  }

  setMode(mode: MapMode): void {
    this.#style = { ...this.#style, mode };
    for (const [of, layers] of Object.entries(LAYERS_OF)) {
      for (const layer of layers)
        if (this.#map.getLayer(layer)) this.#map.setLayoutProperty(layer, 'visibility', of === mode ? 'visible' : 'none');
    }
  }

  setDirectoryVersion(version: string | number): void {
    const source = this.#map.getSource<VectorTileSource>('browse');
    const style = { ...this.#style, directoryVersion: version };
    if (!source) return this.setStyle(style);
    this.#style = style;
    source.setTiles([`${style.origin}/tiles/resources/${version}/{z}/{x}/{y}.mvt`]);
  }

  /** Marks the directory's own pins; the pins of a search carry their mark in their data. */
  setMarked(marked: readonly string[]): void {
    this.#style = { ...this.#style, marked };
    const style = buildStyle(this.#style);
    for (const layer of style.layers) {
      if (layer.id !== 'browse-pins' && layer.id !== 'browse-selected') continue;
      if (this.#map.getLayer(layer.id) && 'filter' in layer) this.#map.setFilter(layer.id, layer.filter ?? null);
    }
  }

  setFeatures(source: Exclude<OwnSource, 'pins'>, features: readonly Feature[]): void {
    void this.#source(source)?.setData(toCollection(features));
  }

  /** The cells of an analysis, with their index as id; they have no class until `classify`. */
  setCells(features: readonly Feature[]): void {
    this.#map.removeFeatureState({ source: 'cells' });
    this.#cells = NO_CELL_STATES;
    this.setFeatures('cells', features);
  }

  /** Tells the drawing what has changed of the cells since the last time, and nothing else. */
  classify({ classes, chosen, marked }: Pick<MapAnalysis, 'classes' | 'chosen' | 'marked'>): void {
    const before = this.#cells;
    for (let id = 0; id < classes.length; id++) {
      const [cellClass, faded] = [classes[id]!, chosen !== null && chosen[id] === 0];
      const wasFaded = before.chosen !== null && before.chosen[id] === 0;
      if (cellClass === (before.classes[id] ?? NO_CLASS) && faded === wasFaded) continue;
      this.#map.setFeatureState({ source: 'cells', id }, { class: cellClass, faded });
    }
    if (marked !== before.marked) {
      if (before.marked !== null) this.#map.setFeatureState({ source: 'cells', id: before.marked }, { marked: false });
      if (marked !== null) this.#map.setFeatureState({ source: 'cells', id: marked }, { marked: true });
    }
    this.#cells = { classes: classes.slice(), chosen: chosen?.slice() ?? null, marked };
  }

  setPlanned(sites: readonly PlannedSite[]): void {
    this.#marks.set(sites);
  }

  /** Index of the cell at a point; null where there is none. */
  cellAt(x: number, y: number): number | null {
    if (!this.#map.getLayer('cells')) return null;
    const [hit] = this.#map.queryRenderedFeatures([x, y], { layers: ['cells'] });
    return typeof hit?.id === 'number' ? hit.id : null;
  }

  /** The pins that may cluster; sends what changed where that is little. */
  setPins(features: readonly PinFeature[]): void {
    const source = this.#source('pins');
    if (!source) return;
    const delta = pinDelta(this.#pins, features);
    this.#pins = new Map(features.map((feature) => [feature.id, feature]));
    if (!delta) void source.setData(toCollection(features));
    else if (delta.add.length + delta.remove.length > 0) void source.updateData({ add: delta.add, remove: delta.remove });
  }

  flyTo(place: LonLat & { zoom?: number }, padding: Insets): void {
    this.#map.easeTo({
      center: [place.lon, place.lat],
      ...(place.zoom === undefined ? {} : { zoom: place.zoom }),
      offset: [(padding.left - padding.right) / 2, (padding.top - padding.bottom) / 2],
      duration: FLIGHT_MS,
    });
  }

  fit(bounds: MapBounds, padding: Insets): void {
    const fitted = squeezed(padding, this.#map.getContainer());
    this.#map.fitBounds([...bounds] as [number, number, number, number], { padding: fitted, maxZoom: 16, duration: FLIGHT_MS });
  }

  /** Settles when no flight is under way. */
  async landed(): Promise<void> {
    if (this.#map.isMoving()) await new Promise((resolve) => this.#map.once('moveend', resolve));
  }

  zoomIn(): void {
    this.#map.zoomIn({ duration: FLIGHT_MS });
  }

  zoomOut(): void {
    this.#map.zoomOut({ duration: FLIGHT_MS });
  }

  resetNorth(): void {
    this.#map.resetNorth({ duration: FLIGHT_MS });
  }

  focus(): void {
    this.#map.getCanvas().focus();
  }

  toPlace(x: number, y: number): LonLat {
    const { lng, lat } = this.#map.unproject([x, y]);
    return { lon: lng, lat };
  }

  toPoint(place: LonLat): { x: number; y: number } {
    const { x, y } = this.#map.project([place.lon, place.lat]);
    return { x, y };
  }

  /** A picture of the map once it is all drawn, or of what there is after eight seconds; as a data address. */
  async toPicture(): Promise<string> {
    await Promise.race([
      new Promise((resolve) => this.#map.once('idle', resolve)),
      new Promise((resolve) => setTimeout(resolve, STILL_PATIENCE_MS)),
    ]);
    return this.#map.getCanvas().toDataURL('image/webp', 0.9);
  }

  /** Name of the pin at a point; undefined where there is none. */
  labelAt(x: number, y: number, reach: number): string | undefined {
    const hit = this.#hits(x, y, reach, [...PIN_LAYERS, ...SITE_LAYERS]).find((feature) => !isCluster(feature));
    return hit && toChoice(hit).label;
  }

  /** Chooses what stands at a point of the map, as a click there does. */
  async chooseAt(x: number, y: number, reach: number = REACH_PX.mouse): Promise<void> {
    const at = { place: this.toPlace(x, y), x, y };
    const hits = this.#hits(x, y, reach);
    const [top] = hits;
    if (!top) return this.#events.onChoose([], at);
    const spot = toSpot(top);
    const together = hits.filter((hit) => isNear(toSpot(hit), spot));
    const clusters = together.filter(isCluster);
    if (isCluster(top)) {
      const zoom = await this.#expansionZoom(top);
      if (zoom <= LIST_ZOOM && this.#map.getZoom() < LIST_ZOOM) {
        this.#map.easeTo({ center: [spot.lon, spot.lat], zoom: Math.max(zoom, this.#map.getZoom() + 1), duration: FLIGHT_MS });
        return;
      }
    }
    const leaves = (await Promise.all(clusters.map((cluster) => this.#leaves(cluster)))).flat();
    const choices = new Map([...together.filter((hit) => !isCluster(hit)).map(toChoice), ...leaves].map((choice) => [choice.id, choice]));
    this.#events.onChoose([...choices.values()], at);
  }

  dispose(): void {
    this.#abort.abort();
    cancelAnimationFrame(this.#frame);
    this.#marks.dispose();
    this.#map.remove();
  }

  #noteGround(event: object, came: boolean): void {
    const source = 'sourceId' in event ? String(event.sourceId) : '';
    if (source.startsWith(BASEMAP_SOURCE)) this.#events.onGround?.(source.slice(BASEMAP_SOURCE.length), came);
  }

  #source(id: OwnSource): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>(id);
  }

  async #resolve(image: string): Promise<void> {
    const drawing = await this.#events.draw(image);
    if (!drawing || this.#abort.signal.aborted || this.#map.hasImage(image)) return;
    this.#drawn.add(image);
    this.#map.addImage(image, drawing.image, { pixelRatio: drawing.pixelRatio });
  }

  #hits(x: number, y: number, reach: number, among: readonly string[] = PIN_LAYERS): MapGeoJSONFeature[] {
    const layers = among.filter((layer) => this.#map.getLayer(layer));
    const box: [PointLike, PointLike] = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ];
    return this.#map.queryRenderedFeatures(box, { layers: [...layers] });
  }

  async #expansionZoom(cluster: MapGeoJSONFeature): Promise<number> {
    if (cluster.source !== 'pins') return this.#map.getZoom() + 2;
    return (await this.#source('pins')?.getClusterExpansionZoom(Number(cluster.properties['cluster_id']))) ?? Infinity;
  }

  async #leaves(cluster: MapGeoJSONFeature): Promise<Choice[]> {
    if (cluster.source !== 'pins') return [];
    const leaves = (await this.#source('pins')?.getClusterLeaves(Number(cluster.properties['cluster_id']), LIST_LIMIT, 0)) ?? [];
    return leaves.map((leaf) => toChoice(leaf as Feature<Point>));
  }

  #listen(container: HTMLElement): void {
    const map = this.#map;
    map.on('move', () => {
      this.#marks.follow();
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0;
        this.#events.onMove(this.view);
      });
    });
    map.on('moveend', () => this.#events.onMoveEnd(this.view));
    map.on('click', (event) => {
      const touch = 'pointerType' in event.originalEvent && event.originalEvent.pointerType === 'touch';
      void this.chooseAt(event.point.x, event.point.y, touch ? REACH_PX.touch : REACH_PX.mouse);
    });
    map.on('dblclick', (event) => {
      const hit = this.#hits(event.point.x, event.point.y, REACH_PX.mouse).find((feature) => !isCluster(feature));
      if (!hit) return;
      event.preventDefault();
      this.#events.onOpen(toChoice(hit));
    });
    map.on('mousemove', (event) => {
      const [hit] = this.#hits(event.point.x, event.point.y, 0);
      map.getCanvas().style.cursor = hit ? 'pointer' : '';
      const named = hit ?? this.#hits(event.point.x, event.point.y, REACH_PX.mouse, SITE_LAYERS)[0];
      this.#events.onHover(named && !isCluster(named) ? toChoice(named) : null, event.point);
    });
    map.on('mouseout', () => this.#events.onHover(null, { x: 0, y: 0 }));
    map.on('contextmenu', (event) => {
      event.preventDefault();
      this.#events.onMenu({ lon: event.lngLat.lng, lat: event.lngLat.lat }, event.point);
    });
    onLongPress(container, this.#abort.signal, (at) => this.#events.onMenu(this.toPlace(at.x, at.y), at));
  }
}

/** What the drawing was last told of its cells. */
type CellStates = Pick<MapAnalysis, 'classes' | 'chosen' | 'marked'>;
const NO_CELL_STATES: CellStates = { classes: new Uint8Array(), chosen: null, marked: null };

function paddingOf(container: HTMLElement, { still, insets }: MapSetup): number | Insets {
  return still?.margin ?? (insets ? squeezed(insets, container) : 24);
}

/** Where overlays leave next to nothing, a fit into what is left would show the whole world: they are thought smaller. */
function squeezed({ top, right, bottom, left }: Insets, { clientWidth, clientHeight }: HTMLElement): Insets {
  const by = Math.min(1, (clientWidth * 0.7) / (left + right + 1), (clientHeight * 0.7) / (top + bottom + 1));
  return { top: top * by, right: right * by, bottom: bottom * by, left: left * by };
}
