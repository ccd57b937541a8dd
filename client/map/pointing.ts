// What stands at a point of the map: pins, clusters and cells under a mouse, a finger or the cross of the keyboard.

import type { Map as LibraryMap, GeoJSONSource, MapGeoJSONFeature, PointLike } from 'maplibre-gl';
import type { Feature, Point } from 'geojson';
import type { LonLat } from '#shared/geo/travel.ts';
import { isCluster, isNear, toChoice, toSpot, type Choice } from './choice.ts';
import { onLongPress } from './long-press.ts';
import { PIN_LAYERS, SITE_LAYERS } from './style-pins.ts';

export interface PointingEvents {
  /** One resource, several on one spot, or empty ground; clusters that can be taken apart are zoomed into instead. */
  onChoose(choices: Choice[], at: { place: LonLat; x: number; y: number }): void;
  onOpen(choice: Choice): void;
  onHover(choice: Choice | null, at: { x: number; y: number }): void;
  /** Right click, long press, or the menu key. */
  onMenu(place: LonLat, at: { x: number; y: number }): void;
}

/** How long a move of the map takes that was asked for. */
export const FLIGHT_MS = 240;
/** px around a pointer within which a pin counts as hit: a mouse is finer than a finger. */
const REACH_PX = { mouse: 3, touch: 12 } as const;
/** A cluster that stays together beyond this zoom is listed, not zoomed into. */
const LIST_ZOOM = 18.5;
const LIST_LIMIT = 50;

export class Pointing {
  readonly #map: LibraryMap;
  readonly #events: PointingEvents;
  readonly #abort = new AbortController();

  constructor(map: LibraryMap, events: PointingEvents) {
    this.#map = map;
    this.#events = events;
    this.#listen();
  }

  dispose(): void {
    this.#abort.abort();
  }

  /** Name of the pin at a point; undefined where there is none. */
  labelAt(x: number, y: number, reach: number): string | undefined {
    const hit = this.#hits(x, y, reach, [...PIN_LAYERS, ...SITE_LAYERS]).find((feature) => !isCluster(feature));
    return hit && toChoice(hit).label;
  }

  /** Chooses what stands at a point of the map, as a click there does. */
  async chooseAt(x: number, y: number, reach: number = REACH_PX.mouse): Promise<void> {
    const at = { place: this.#toPlace(x, y), x, y };
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

  /** Index of the cell at a point; null where there is none. */
  cellAt(x: number, y: number): number | null {
    if (!this.#map.getLayer('cells')) return null;
    const [hit] = this.#map.queryRenderedFeatures([x, y], { layers: ['cells'] });
    return typeof hit?.id === 'number' ? hit.id : null;
  }

  #toPlace(x: number, y: number): LonLat {
    const { lng, lat } = this.#map.unproject([x, y]);
    return { lon: lng, lat };
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
    return (await this.#pins()?.getClusterExpansionZoom(Number(cluster.properties['cluster_id']))) ?? Infinity;
  }

  async #leaves(cluster: MapGeoJSONFeature): Promise<Choice[]> {
    if (cluster.source !== 'pins') return [];
    const leaves = (await this.#pins()?.getClusterLeaves(Number(cluster.properties['cluster_id']), LIST_LIMIT, 0)) ?? [];
    return leaves.map((leaf) => toChoice(leaf as Feature<Point>));
  }

  #pins(): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>('pins');
  }

  #listen(): void {
    const map = this.#map;
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
    onLongPress(map.getContainer(), this.#abort.signal, (at) => this.#events.onMenu(this.#toPlace(at.x, at.y), at));
  }
}
