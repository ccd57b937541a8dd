// Outlines of areas as rings of [lon, lat], outer ones and holes alike (even-odd): what lies inside, and which lie wholly apart.

export type Rings = readonly (readonly (readonly [number, number])[])[];

/** Pairs of edges that are compared at most; beyond, two overlapping boxes count as touching. */
const MOST_PAIRS = 4_000_000;

export function isInside(lon: number, lat: number, rings: Rings): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i]!;
      const [x2, y2] = ring[j]!;
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}

/** True where the two are known to share no ground: their edges never meet, and neither lies in the other. */
export function areApart(a: Rings, b: Rings): boolean {
  const [boxA, boxB] = [boxOf(a), boxOf(b)];
  if (!boxA || !boxB) return false;
  if (boxA.east < boxB.west || boxB.east < boxA.west || boxA.north < boxB.south || boxB.north < boxA.south) return true;
  const [edgesA, edgesB] = [edgesOf(a), edgesOf(b)];
  if (edgesA.length * edgesB.length > MOST_PAIRS) return false;
  if (edgesA.some((one) => edgesB.some((other) => meet(one, other)))) return false;
  // No edges meet: a part of one lies wholly inside the other, or wholly outside.
  return (
    !a.some((ring) => ring[0] && isInside(ring[0][0], ring[0][1], b)) && !b.some((ring) => ring[0] && isInside(ring[0][0], ring[0][1], a))
  );
}

type Edge = readonly [readonly [number, number], readonly [number, number]];

function edgesOf(rings: Rings): Edge[] {
  return rings.flatMap((ring) => ring.map((point, i): Edge => [point, ring[(i + 1) % ring.length]!]));
}

function boxOf(rings: Rings): { west: number; south: number; east: number; north: number } | undefined {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const ring of rings) {
    for (const [lon, lat] of ring) {
      box.west = Math.min(box.west, lon);
      box.east = Math.max(box.east, lon);
      box.south = Math.min(box.south, lat);
      box.north = Math.max(box.north, lat);
    }
  }
  return box.west === Infinity ? undefined : box;
}

/** Edges that cross or touch. */
function meet([p, q]: Edge, [r, s]: Edge): boolean {
  const [a, b, c, d] = [side(p, q, r), side(p, q, s), side(r, s, p), side(r, s, q)];
  if (a !== b && c !== d) return true;
  return (
    (a === 0 && isBetween(p, q, r)) || (b === 0 && isBetween(p, q, s)) || (c === 0 && isBetween(r, s, p)) || (d === 0 && isBetween(r, s, q))
  );
}

function side([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number], [x, y]: readonly [number, number]): number {
  return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}

function isBetween(p: readonly [number, number], q: readonly [number, number], [x, y]: readonly [number, number]): boolean {
  return x >= Math.min(p[0], q[0]) && x <= Math.max(p[0], q[0]) && y >= Math.min(p[1], q[1]) && y <= Math.max(p[1], q[1]);
}
