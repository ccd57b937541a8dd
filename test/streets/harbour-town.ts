// A made-up town by the sea with all that a map can have: coast and island, a river and a lake with islands in them, parks with holes,
// houses with yards, borders whose ways say nothing themselves, a motorway with ramps, one-way streets, and names in many scripts.

import type { Bounds } from '#shared/geo/bounds.ts';
import type { OsmSource } from './osm-writer.ts';

/** Where nothing is: off the coast of Portugal. */
export const HARBOUR: Bounds = [-9.66, 41.46, -9.6, 41.5];
export const HARBOUR_MIDDLE = { lon: -9.6256, lat: 41.4796 };

type Point = readonly [x: number, y: number];
type Tags = Record<string, string>;

/** Streets from south to north, at x; names as they are written in their scripts. */
const NORTHWARD = ['Rua do Cais', 'شارع الميناء', 'Οδός Λιμένος', 'Đường Bến Cảng', 'Ulica Żeglarska'];
const EASTWARD = ['רחוב הים', 'Улица Маяка', 'Вулиця Портова', 'Rua da Alfândega', 'Rua de São Tomé', 'Lighthouse Road'];

/** Writes ways point by point. Points are in steps of 1 / 2000 degree from the south-west corner: about 42 by 56 m. */
class Drawing {
  readonly source: OsmSource = { nodes: {}, nodeTags: {}, ways: [], relations: [], bounds: HARBOUR };
  #nodes = new Map<string, number>();
  #last = 0;

  node([x, y]: Point, tags?: Tags): number {
    const key = `${x} ${y}`;
    let id = this.#nodes.get(key);
    if (id === undefined) {
      this.#nodes.set(key, (id = ++this.#last));
      this.source.nodes[id] = [HARBOUR[0] + x / 2000, HARBOUR[1] + y / 2000];
    }
    if (tags) this.source.nodeTags![id] = tags;
    return id;
  }

  line(points: readonly Point[], tags: Tags = {}): number {
    const id = this.source.ways.length + 1;
    this.source.ways.push({ id, refs: points.map((point) => this.node(point)), tags });
    return id;
  }

  area(points: readonly Point[], tags: Tags = {}): number {
    return this.line([...points, points[0]!], tags);
  }

  /** An area of several ways: those around it, and the holes in it. */
  areaOf(outer: readonly number[], inner: readonly number[], tags: Tags): void {
    const members = [...outer.map((id) => ['outer', 1, id] as const), ...inner.map((id) => ['inner', 1, id] as const)];
    this.source.relations!.push({ id: this.source.relations!.length + 1, members, tags });
  }
}

const box = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

export function harbourTown(): OsmSource {
  const town = new Drawing();
  drawWater(town);
  drawStreets(town);
  drawBlocks(town);
  town.node([70, 40], { place: 'town', name: 'Porto Farol', 'name:ar': 'بورتو فارول', population: '48 000' });
  town.node([58, 52], { place: 'suburb', name: 'Bairro Alto' });
  town.node([88, 24], { place: 'suburb', name: 'Ribeira' });
  return town.source;
}

function drawWater(town: Drawing): void {
  // Land on the left: from north to south with the land in the east.
  // prettier-ignore
  town.line([[44, 90], [42, 74], [38, 66], [41, 58], [40, 50], [44, 44], [43, 36], [47, 26], [45, 16], [49, 6], [50, -8]], { natural: 'coastline' });
  town.area([[20, 50], [26, 47], [31, 52], [28, 58], [22, 57]], { natural: 'coastline' }); // prettier-ignore
  // A river of two ways with an island; its mouth lies in the sea.
  const south = town.line([[43, 29], [60, 28], [80, 30], [100, 27], [125, 29]]); // prettier-ignore
  const north = town.line([[125, 29], [125, 33], [100, 31], [80, 34], [60, 32], [43, 33], [43, 29]]); // prettier-ignore
  const island = town.area([[76, 31], [84, 31.4], [84, 32.4], [77, 32.6]], { natural: 'wood' }); // prettier-ignore
  town.areaOf([south, north], [island], { type: 'multipolygon', natural: 'water', water: 'river', name: 'Rio Farol' });
  town.line([[43, 31], [60, 30], [80, 32.8], [100, 29], [125, 31]], { waterway: 'river', name: 'Rio Farol' }); // prettier-ignore
  town.line([[110, 75], [106, 62], [101, 50], [100, 30]], { waterway: 'stream', name: 'Ribeiro Velho' }); // prettier-ignore
}

function drawStreets(town: Drawing): void {
  const ys = EASTWARD.map((_, i) => 36 + 4 * i);
  for (const [i, name] of NORTHWARD.entries()) {
    const x = 52 + 6 * i;
    const kind = i === 2 ? 'secondary' : i === 4 ? 'tertiary' : 'residential';
    const oneway: Tags = i % 2 === 1 ? { oneway: i === 1 ? 'yes' : '-1' } : {};
    town.line([[x, 20], ...ys.map((y): Point => [x, y])], { highway: kind, name, ...oneway });
  }
  for (const [i, name] of EASTWARD.entries()) {
    const y = ys[i]!;
    town.line([...NORTHWARD.map((_, k): Point => [52 + 6 * k, y]), [84, y], [92, y + 1]], {
      highway: i === 0 ? 'primary' : 'residential',
      name,
    });
  }
  town.line([[92, -4], [92, 20], [94, 37], [96, 60], [104, 84]], { highway: 'motorway', oneway: 'yes', ref: 'A 7', name: 'Autoestrada do Farol' }); // prettier-ignore
  town.line([[105, 84], [97, 60], [95, 37], [93, 20], [93, -4]], { highway: 'motorway', oneway: 'yes', ref: 'A 7' }); // prettier-ignore
  town.line([[92, 20], [90, 28], [92, 37]], { highway: 'motorway_link', oneway: 'yes' }); // prettier-ignore
  town.line([[110, 0], [104, 30], [106, 60], [112, 84]], { railway: 'rail' }); // prettier-ignore
  town.line([[58, 56], [60, 60], [66, 62], [70, 60], [70, 56]], { highway: 'footway' }); // prettier-ignore
  town.node([105, 40], { railway: 'station', name: 'Farol-Norte' });
}

function drawBlocks(town: Drawing): void {
  town.area(box(50, 34, 38, 24), { landuse: 'residential' });
  const ways = [town.line([[56, 57], [72, 57], [72, 66]]), town.line([[56, 57], [56, 66], [72, 66]])]; // prettier-ignore
  const pond = town.area(box(61, 59, 4, 3), { natural: 'water', name: 'Lago' });
  town.areaOf(ways, [pond], { type: 'multipolygon', leisure: 'park', name: 'Jardim do Farol' });
  town.area(box(84, 44, 6, 5), { amenity: 'hospital', name: 'Hospital do Farol' });
  town.area(box(98, 64, 20, 14), { landuse: 'forest', name: 'Mata' });
  for (let x = 53; x < 80; x += 2) {
    for (const y of [37, 41, 45, 49, 53]) if ((x + y) % 6 !== 4) town.area(box(x, y, 1.3, 1.1), { building: 'yes' });
  }
  const [house, yard] = [town.area(box(85, 37.4, 5, 4)), town.area(box(86.5, 38.6, 2, 1.6))];
  town.areaOf([house], [yard], { type: 'multipolygon', building: 'yes' });
  // Two municipalities of one county: who they are only the relations say.
  const middle = town.line([[40, 35], [68, 34.6], [101, 43], [125, 46]]); // prettier-ignore
  const upper = town.line([[125, 46], [125, 82], [40, 82], [40, 35]]); // prettier-ignore
  const lower = town.line([[125, 46], [125, -2], [40, -2], [40, 35]]); // prettier-ignore
  town.areaOf([middle, upper], [], { type: 'boundary', boundary: 'administrative', admin_level: '7', name: 'Norte' });
  town.areaOf([middle, lower], [], { type: 'boundary', boundary: 'administrative', admin_level: '7', name: 'Sul' });
  town.areaOf([upper, lower], [], { type: 'boundary', boundary: 'administrative', admin_level: '6', name: 'Farol' });
}
