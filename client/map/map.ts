// The one file that touches the drawing library: a map on the page that draws what it is told and says what was pointed at.
// It knows no search, no rule and no component; it asks nothing of any server but the tiles that its style names.

import { Map as LibraryMap, setWorkerUrl, type GeoJSONSource, type VectorTileSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Feature } from 'geojson';
import type { LonLat } from '#shared/geo/travel.ts';
import { DrawnCells } from './drawn-cells.ts';
import type { Insets } from './free-space.ts';
import type { Drawing } from './pin-drawing.ts';
import { pinDelta, toCollection, type PinFeature } from './pin-features.ts';
import { PlannedMarks, type MarksEvents } from './planned-marks.ts';
import { FLIGHT_MS, Pointing, type PointingEvents } from './pointing.ts';
import { BASEMAP_SOURCE, buildStyle, LAYERS_OF, type MapMode, type StyleInput } from './style.ts';
import { OWN_SOURCES, type OwnSource } from './style-pins.ts';
import type { Camera, MapBounds, PlannedSite } from './types.ts';

setWorkerUrl(workerUrl);

export interface View extends Camera {
  bounds: MapBounds;
  /** Degrees clockwise from north. */
  bearing: number;
}

export interface MapEvents extends PointingEvents, Partial<MarksEvents> {
  /** While the map moves, at most once a frame. */
  onMove(view: View): void;
  onMoveEnd(view: View): void;
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

const MAX_ZOOM = 20;
/** Sharp on paper. */
const STILL_RATIO = 2;
const STILL_PATIENCE_MS = 8000;

const isBounds = (camera: Camera | MapBounds): camera is MapBounds => Array.isArray(camera);

export class DrawnMap {
  readonly #map: LibraryMap;
  readonly #events: MapEvents;
  readonly #drawn = new Set<string>();
  readonly #abort = new AbortController();
  readonly #marks: PlannedMarks;
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
    this.pointing = new Pointing(this.#map, events);
    this.cells = new DrawnCells(this.#map, (source, features) => this.setFeatures(source, features));
    this.#listen();
  }

  /** What stands at a point. */
  readonly pointing: Pointing;
  readonly cells: DrawnCells;

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

  setPlanned(sites: readonly PlannedSite[]): void {
    this.#marks.set(sites);
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

  /** Ends of the upright line at a share of the width. */
  lineAt(share: number): { top: LonLat; bottom: LonLat } {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    return { top: this.toPlace(share * clientWidth, 0), bottom: this.toPlace(share * clientWidth, clientHeight) };
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

  dispose(): void {
    this.#abort.abort();
    this.pointing.dispose();
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

  #listen(): void {
    this.#map.on('move', () => {
      this.#marks.follow();
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0;
        this.#events.onMove(this.view);
      });
    });
    this.#map.on('moveend', () => this.#events.onMoveEnd(this.view));
  }
}

/** What the drawing was last told of its cells. */

function paddingOf(container: HTMLElement, { still, insets }: MapSetup): number | Insets {
  return still?.margin ?? (insets ? squeezed(insets, container) : 24);
}

/** Where overlays leave next to nothing, a fit into what is left would show the whole world: they are thought smaller. */
function squeezed({ top, right, bottom, left }: Insets, { clientWidth, clientHeight }: HTMLElement): Insets {
  const by = Math.min(1, (clientWidth * 0.7) / (left + right + 1), (clientHeight * 0.7) / (top + bottom + 1));
  return { top: top * by, right: right * by, bottom: bottom * by, left: left * by };
}
