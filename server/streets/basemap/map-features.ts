// From an OpenStreetMap extract to what is drawn: three passes over the file (areas of several ways, ways, nodes), with columns for
// everything that is as many as there are nodes.

import { boundsOf, type Bounds } from '#shared/geo/bounds.ts';
import { METERS_PER_DEGREE } from '#shared/geo/distance.ts';
import { ringArea, ringsContain } from '#shared/geo/contour.ts';
import { placeNodes, type PlacedNodes } from '../node-ids.ts';
import { readOsmFile, type OsmTags } from '../osm-file.ts';
import { findSorted } from '../sorted.ts';
import { divideByCoast } from './coast.ts';
import { borderLevel, drawArea, drawAreaName, drawBorder, drawLine, drawPoint, MAX_ZOOM, roadDirection, type Drawn } from './drawn.ts';
import { joinWays, pointInside, type Position } from './rings.ts';

export type Shape =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'Polygon'; coordinates: Position[][] };

export interface MapFeature extends Drawn {
  shape: Shape;
}

export interface MapOfExtract {
  features: MapFeature[];
  bounds: Bounds;
  /** What whoever added the file should know. */
  told: string[];
}

interface MultiPolygon {
  tags: OsmTags;
  outer: number[];
  inner: number[];
}

/** What a way is by its own tags, or a border of that level, which only the areas know whose border it is. */
type DrawnWay = { refs: Float64Array } & ({ tags: OsmTags } | { border: number });

/** Throws a Problem where the file is broken. */
export async function readMapFeatures(file: string): Promise<MapOfExtract> {
  const polygons: MultiPolygon[] = [];
  const members = new Map<number, Float64Array | null>();
  /** By way, the border of the largest area that it is part of. */
  const borders = new Map<number, number>();
  const { bounds: extent } = await readOsmFile(file, {
    relation(_, list, tags) {
      const type = tags.get('type');
      if (type !== 'multipolygon' && type !== 'boundary') return;
      const level = borderLevel(tags);
      if (level !== undefined)
        for (const one of list) if (one.type === 'way') borders.set(one.id, Math.min(level, borders.get(one.id) ?? level));
      if (!drawArea(tags)) return;
      const of = (role: string): number[] => list.filter((one) => one.type === 'way' && one.role === role).map(({ id }) => id);
      const polygon = { tags, outer: [...of('outer'), ...of('')], inner: of('inner') };
      for (const id of [...polygon.outer, ...polygon.inner]) members.set(id, null);
      polygons.push(polygon);
    },
  });
  const ways: DrawnWay[] = [];
  const coast: Float64Array[] = [];
  await readOsmFile(file, {
    way(id, refs, tags) {
      if (refs.length < 2) return;
      if (members.has(id)) members.set(id, refs);
      if (tags.get('natural') === 'coastline') coast.push(refs);
      const border = borders.get(id);
      if (border !== undefined && borderLevel(tags) === undefined) ways.push({ refs, border });
      if (drawLine(tags) || (isClosed(refs) && (drawArea(tags) || drawPoint(tags)))) ways.push({ refs, tags });
    },
  });
  const points: MapFeature[] = [];
  const nodes = await placeNodes(
    file,
    [...ways.map(({ refs }) => refs), ...coast, ...[...members.values()].filter((refs) => refs !== null)],
    (_, { lon, lat }, tags) => {
      const drawn = tags.size > 0 ? drawPoint(tags) : undefined;
      if (drawn) points.push({ ...drawn, shape: { type: 'Point', coordinates: [lon, lat] } });
    },
  );
  const bounds = extent ?? boundsOf(nodes);
  if (!bounds) return { features: [], bounds: [0, 0, 0, 0], told: ['Nothing in the file can be drawn.'] };
  const areas = polygons.flatMap((polygon) => toAreas(polygon, members, nodes));
  const incomplete = polygons.length - new Set(areas.map(({ polygon }) => polygon)).size;
  const ground = layGround(coast, nodes, bounds);
  const features = [
    ...ground.features,
    ...areas.flatMap(({ polygon, rings }) => toAreaFeatures(polygon.tags, rings)),
    ...ways.flatMap((way) => toFeatures(way, nodes)),
    ...points,
  ];
  const isDry = coast.length === 0 && !features.some(({ layer }) => layer === 'water');
  return {
    features,
    bounds,
    told: [
      ...ground.told,
      ...(isDry ? ['The file has no water and no coast: all of its area is drawn as land.'] : []),
      ...(incomplete > 0 ? [`${incomplete} areas are cut off in the file and are not drawn.`] : []),
    ],
  };
}

/** Land and sea of the extract. Its border is no coast: the line of the coast is drawn by itself. */
function layGround(coast: readonly Float64Array[], nodes: PlacedNodes, bounds: Bounds): { features: MapFeature[]; told: string[] } {
  const { rings, open } = joinWays(coast, true);
  const lines = [...rings, ...open].map((refs) => toLine(refs, nodes)).filter((line) => line.length > 1);
  const ground = divideByCoast(lines, bounds);
  const [west, south, east, north] = bounds;
  const box: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const earth = { layer: 'earth', minZoom: 0, properties: { kind: 'extract' } } as const;
  return {
    features: [
      ...(ground?.land ?? [[box]]).map((coordinates): MapFeature => ({ ...earth, shape: { type: 'Polygon', coordinates } })),
      ...(ground?.sea ?? []).map((coordinates): MapFeature => ({
        layer: 'water',
        minZoom: 0,
        properties: { kind: 'ocean' },
        shape: { type: 'Polygon', coordinates },
      })),
      ...lines.map((coordinates): MapFeature => ({
        ...earth,
        minZoom: 5,
        properties: { kind: 'coastline' },
        shape: { type: 'LineString', coordinates },
      })),
    ],
    told: ground ? [] : ['The line of the coast is cut off within the file: everything is drawn as land.'],
  };
}

function toFeatures(way: DrawnWay, nodes: PlacedNodes): MapFeature[] {
  const { refs } = way;
  const line = toLine(refs, nodes);
  if (line.length < 2) return [];
  if ('border' in way) return [{ ...drawBorder(way.border), shape: { type: 'LineString', coordinates: line } }];
  const { tags } = way;
  const drawn = drawLine(tags);
  if (drawn) return [{ ...drawn, shape: { type: 'LineString', coordinates: roadDirection(tags) === -1 ? line.reverse() : line } }];
  return isClosed(refs) && line.length > 3 ? toAreaFeatures(tags, [line]) : [];
}

/** An area, and its name on a point in it. */
function toAreaFeatures(tags: OsmTags, rings: Position[][]): MapFeature[] {
  const drawn = drawArea(tags);
  const name = drawAreaName(tags);
  const seen = firstZoomOf(rings[0]!);
  return [
    ...(drawn ? [{ ...drawn, minZoom: Math.max(drawn.minZoom, seen), shape: { type: 'Polygon', coordinates: rings } } as const] : []),
    // A name needs more room than its area.
    ...(name
      ? [
          {
            ...name,
            minZoom: Math.min(MAX_ZOOM, Math.max(name.minZoom, seen + 3)),
            shape: { type: 'Point', coordinates: pointInside(rings) },
          } as const,
        ]
      : []),
  ];
}

/** Metres of a pixel at zoom 0, on tiles of 256. */
const PIXEL = 156_543;

/** The zoom from which an area is some pixels wide. */
function firstZoomOf(ring: readonly Position[]): number {
  const scale = Math.cos((ring[0]![1] * Math.PI) / 180);
  const metersWide = Math.sqrt(Math.abs(ringArea(ring)) * scale) * METERS_PER_DEGREE;
  const zoom = Math.ceil(Math.log2((5 * PIXEL * scale) / Math.max(1, metersWide)));
  return Math.max(0, Math.min(MAX_ZOOM, zoom));
}

/** One polygon for each outer ring, with the inner rings in it. Areas of which a part is missing give none. */
function toAreas(polygon: MultiPolygon, members: ReadonlyMap<number, Float64Array | null>, nodes: PlacedNodes) {
  const ringsOf = (ids: readonly number[]): Position[][] | null => {
    const refs = ids.map((id) => members.get(id) ?? null);
    if (refs.some((each) => each === null)) return null;
    const { rings, open } = joinWays(refs as Float64Array[]);
    const lines = rings.map((ring) => toLine(ring, nodes));
    return open.length > 0 || lines.some((line, i) => line.length !== rings[i]!.length) ? null : lines;
  };
  const [outer, inner] = [ringsOf(polygon.outer), ringsOf(polygon.inner)];
  if (!outer || outer.length === 0) return [];
  return outer.map((ring) => ({ polygon, rings: [ring, ...(inner ?? []).filter((hole) => ringsContain([ring], ...hole[0]!))] }));
}

/** Positions of nodes; those that the file does not say are passed over. */
function toLine(refs: ArrayLike<number>, { ids, lon, lat }: PlacedNodes): Position[] {
  const line: Position[] = [];
  for (let r = 0; r < refs.length; r++) {
    const at = findSorted(ids, refs[r]!);
    if (at >= 0 && !Number.isNaN(lon[at])) line.push([lon[at]!, lat[at]!]);
  }
  return line;
}

function isClosed(refs: ArrayLike<number>): boolean {
  return refs.length > 3 && refs[0] === refs[refs.length - 1];
}
