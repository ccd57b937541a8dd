// Port Alder as a basemap: GeoJSON by layer, with the `kind` values of the Protomaps basemap schema, version 4.

import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { BasemapLayers } from '../../shared/plugin-api/index.ts';
import { areaOf, findBlocks, insideOf } from './town/blocks.ts';
import { build } from './town/buildings.ts';
import { DISTRICTS } from './town/districts.ts';
import { crossing, mixPoints, simplified, type Point } from './town/geometry.ts';
import type { Land } from './town/land.ts';
import { listLandmarks } from './town/landmarks.ts';
import type { RoadClass } from './town/main-roads.ts';
import type { Network, Piece } from './town/network.ts';
import { COUNTY_BOUNDS, toLonLat } from './town/projection.ts';
import { getTown, type Town } from './town/town.ts';

type Properties = Record<string, string | number | boolean>;

/** The basemap's layers, made on first use. */
export async function portAlderBasemap(): Promise<BasemapLayers> {
  return (layers ??= drawBasemap(getTown()));
}
let layers: BasemapLayers | undefined;

function drawBasemap(town: Town): BasemapLayers {
  return {
    earth: collection([polygon(town.land.coast, { kind: 'earth', name: 'Port Alder County', min_zoom: 0 })]),
    landuse: collection(landuse(town)),
    water: collection(water(town)),
    roads: collection(roads(town.network)),
    buildings: collection(
      build(town.land, town.quarters, town.network).map(({ ring, height }) => polygon(ring, { kind: 'building', height })),
    ),
    places: collection(places()),
    pois: collection(pois(town)),
    boundaries: collection([]),
  };
}

/** Larger areas come first, so that smaller ones are drawn over them. */
function landuse({ land, quarters, network }: Town): Feature[] {
  const blocks = findBlocks(network).flatMap((ring) => {
    const district = DISTRICTS[quarters.districtAt(insideOf(ring))];
    if (!district) return [];
    const kind = district.id === 'harbor-works' ? 'industrial' : district.id === 'old-town' ? 'commercial' : 'residential';
    return [polygon(simplified(ring, 1), { kind, min_zoom: 11, sort_rank: 10 })];
  });
  const areas = land.places
    .toSorted((a, b) => areaOf(b.ring) - areaOf(a.ring))
    .map(({ kind, name, ring }) =>
      polygon(simplified(ring, 1.5), { kind, ...(name && { name }), min_zoom: areaOf(ring) > 300_000 ? 8 : 11, sort_rank: 20 }),
    );
  const country = areas.filter((area) => ['farmland', 'wood', 'grass', 'scrub'].includes(area.properties?.kind as string));
  const banks = land.banks.map((ring) => polygon(simplified(ring, 1.5), { kind: 'park', min_zoom: 11, sort_rank: 21 }));
  return [...country, ...blocks, ...banks, ...areas.filter((area) => !country.includes(area))];
}

function water({ land, network }: Town): Feature[] {
  const [west, south, east, north] = COUNTY_BOUNDS;
  const sea = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const island = closed(land.coast).map(toLonLat).reverse();
  return [
    feature({ type: 'Polygon', coordinates: [sea, island] }, { kind: 'ocean', min_zoom: 0, sort_rank: 200 }),
    ...riverAndMouth(land, network),
    line(simplified(land.river.line, 2), { kind: 'river', name: 'Wend River', min_zoom: 9, sort_rank: 202 }),
    line(simplified(land.brook, 1), { kind: 'stream', name: 'Alder Brook', min_zoom: 11, sort_rank: 203 }),
    feature(
      { type: 'Point', coordinates: toLonLat([3250, -620]) },
      { kind: 'bay', name: 'Port Alder Harbor', min_zoom: 11, sort_rank: 204 },
    ),
    feature({ type: 'Point', coordinates: toLonLat([4700, 200]) }, { kind: 'ocean', name: 'Alder Sound', min_zoom: 9, sort_rank: 204 }),
  ];
}

/**
 * The river down to the Station Road bridge, and the tidal mouth below it as a part of the sea: where maps draw an edge around
 * rivers it ends under the bridge, and not as a line across open water.
 */
function riverAndMouth({ river }: Land, network: Network): Feature[] {
  const bridge = network.pieces.find(({ street, bridge }) => bridge && network.streets[street]?.name === 'Station Road');
  const half = river.ring.length / 2;
  const [left, right] = [river.ring.slice(0, half), river.ring.slice(half).reverse()];
  const cuts = [left, right].map((bank) => cutAt(bank, bridge?.line ?? []));
  const [l, r] = cuts;
  if (!l || !r) return [polygon(river.ring, { kind: 'river', min_zoom: 8, sort_rank: 201 })];
  const upper = [...left.slice(0, l.before), l.point, r.point, ...right.slice(0, r.before).reverse()];
  const mouth = [l.point, ...left.slice(l.before), ...right.slice(r.before).reverse(), r.point];
  return [polygon(upper, { kind: 'river', min_zoom: 8, sort_rank: 201 }), polygon(mouth, { kind: 'ocean', min_zoom: 8, sort_rank: 201 })];
}

/** Where a line crosses a bank, and how many of the bank's points come before; undefined where it does not. */
function cutAt(bank: readonly Point[], line: readonly Point[]): { point: Point; before: number } | undefined {
  for (let i = 1; i < bank.length; i++) {
    for (let k = 1; k < line.length; k++) {
      const [a, b] = [bank[i - 1] as Point, bank[i] as Point];
      const met = crossing(a, b, line[k - 1] as Point, line[k] as Point);
      if (met) return { point: mixPoints(a, b, met.first), before: i };
    }
  }
  return undefined;
}

/** By our class: the schema's `kind` and `kind_detail`, from which zoom on, and the order in drawing. */
const ROAD_KINDS: Record<RoadClass, Properties> = {
  highway: { kind: 'highway', kind_detail: 'trunk', min_zoom: 6, sort_rank: 370, ref: '9' },
  major: { kind: 'major_road', kind_detail: 'primary', min_zoom: 8, sort_rank: 360 },
  medium: { kind: 'major_road', kind_detail: 'tertiary', min_zoom: 10, sort_rank: 350 },
  minor: { kind: 'minor_road', kind_detail: 'residential', min_zoom: 12, sort_rank: 330 },
  path: { kind: 'path', kind_detail: 'footway', min_zoom: 13, sort_rank: 310 },
  rail: { kind: 'rail', kind_detail: 'rail', min_zoom: 9, sort_rank: 380 },
};

/** Streets as long lines: consecutive pieces of one street that are alike are one feature, so that names fit along them. */
function roads(network: Network): Feature[] {
  const features: Feature[] = [];
  const draw = (pieces: Piece[]) => {
    const first = pieces[0] as Piece;
    const street = network.streets[first.street];
    if (!street) return;
    const points = pieces.flatMap((piece, i) => (i === 0 ? piece.line : piece.line.slice(1)));
    features.push(
      line(simplified(points, 0.6), {
        ...ROAD_KINDS[street.class],
        ...(street.name && { name: street.name }),
        ...(first.bridge && { is_bridge: true }),
        ...(street.oneWay && { oneway: 'yes' }),
      }),
    );
  };
  let run: Piece[] = [];
  for (const piece of network.pieces) {
    const last = run.at(-1);
    if (last && (last.street !== piece.street || last.to !== piece.from || last.bridge !== piece.bridge)) {
      draw(run);
      run = [];
    }
    run.push(piece);
  }
  if (run.length > 0) draw(run);
  return features.sort((a, b) => Number(a.properties?.sort_rank) - Number(b.properties?.sort_rank));
}

function places(): Feature[] {
  const city = feature(
    { type: 'Point', coordinates: toLonLat([100, 120]) },
    { kind: 'locality', kind_detail: 'city', name: 'Port Alder', min_zoom: 5, population: 56_000, population_rank: 9, sort_rank: 1 },
  );
  const quarters = DISTRICTS.map((district) =>
    feature(
      { type: 'Point', coordinates: toLonLat(district.label ?? district.center) },
      district.village
        ? { kind: 'locality', kind_detail: 'village', name: district.name, min_zoom: 9, population_rank: 3, sort_rank: 20 }
        : { kind: 'neighbourhood', kind_detail: 'neighbourhood', name: district.name, min_zoom: 12, sort_rank: 30 },
    ),
  );
  return [city, ...quarters];
}

function pois(town: Town): Feature[] {
  const landmarks = listLandmarks(town).map(({ name, kind, point, minZoom }) =>
    feature({ type: 'Point', coordinates: toLonLat(point) }, { kind, name, min_zoom: minZoom, sort_rank: 100 }),
  );
  const areas = town.land.places.flatMap(({ name, kind, ring }) => {
    if (!name || kind === 'farmland' || DISTRICTS.some((district) => district.name === name)) return [];
    const kinds: Record<string, string> = { wood: 'forest', railway: 'industrial' };
    return [
      feature(
        { type: 'Point', coordinates: toLonLat(insideOf(ring)) },
        { kind: kinds[kind] ?? kind, name, min_zoom: areaOf(ring) > 200_000 ? 12 : 14, sort_rank: 90 },
      ),
    ];
  });
  return [...landmarks, ...areas];
}

const closed = (ring: readonly Point[]): Point[] => [...ring, ring[0] as Point];

function polygon(ring: readonly Point[], properties: Properties): Feature {
  const outer = areaOf(ring) > 0 ? ring : ring.toReversed();
  return feature({ type: 'Polygon', coordinates: [closed(outer).map(toLonLat)] }, properties);
}

function line(points: readonly Point[], properties: Properties): Feature {
  return feature({ type: 'LineString', coordinates: points.map(toLonLat) }, properties);
}

function feature(geometry: Geometry, properties: Properties): Feature {
  return { type: 'Feature', geometry, properties };
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}
