// A graph in pieces: small ones (a yard behind a gate, a one-way street that the file cuts off) are left out, so that no place is
// put on a street from which nothing can be reached, or to which no way leads; large ones stay, and that there is no way between them is told.

import type { StreetGraphData } from '#shared/geo/street-graph.ts';

/** A piece with less than this share of all nodes is left out. */
const SMALL = 0.005;

const MODES = [
  { name: 'On foot', secondsOf: (data: StreetGraphData) => data.walkSeconds },
  { name: 'By car', secondsOf: (data: StreetGraphData) => data.driveSeconds },
] as const;

/** Closes the streets of small pieces. Gives what is to be told. */
export function leaveOutPieces(data: StreetGraphData): string[] {
  return MODES.flatMap(({ name, secondsOf }) => {
    const seconds = secondsOf(data);
    const pieceOf = findPieces(data, seconds);
    const sizes = new Map<number, number>();
    let all = 0;
    const originals = pieceOf.length - (data.standsFor?.length ?? 0);
    const places = new Set(pieceOf.subarray(0, originals));
    for (const piece of pieceOf) {
      if (piece < 0) continue;
      sizes.set(piece, (sizes.get(piece) ?? 0) + 1);
      all++;
    }
    const isSmall = (piece: number): boolean => sizes.get(piece)! < Math.max(2, SMALL * all);
    // A junction that some arrive at with a forbidden turn before them is no place of its own.
    const small = [...sizes.keys()].filter((piece) => isSmall(piece) && places.has(piece)).length;
    let meters = 0;
    const closed: number[] = [];
    const isLeftOut = (node: number): boolean => pieceOf[node]! >= 0 && isSmall(pieceOf[node]!);
    for (let n = 0; n < pieceOf.length; n++) {
      for (let e = data.firstEdge[n]!; e < data.firstEdge[n + 1]!; e++) {
        if (seconds[e] === Infinity || !(isLeftOut(n) || isLeftOut(data.target[e]!))) continue;
        // Of a street that is open both ways each edge counts as half.
        meters += isOpenBack(data, seconds, n, e) ? data.meters[e]! / 2 : data.meters[e]!;
        closed.push(e);
      }
    }
    for (const e of closed) seconds[e] = Infinity;
    const large = sizes.size - small;
    return [
      ...(small > 0
        ? [`${name}: ${small} small pieces without a way to the others were left out (${(meters / 1000).toFixed(1)} km of streets).`]
        : []),
      ...(large > 1 ? [`${name}: the streets are in ${large} large pieces, and there is no way from one to another.`] : []),
    ];
  });
}

function isOpenBack({ firstEdge, target, meters }: StreetGraphData, seconds: Float32Array, from: number, edge: number): boolean {
  const to = target[edge]!;
  for (let e = firstEdge[to]!; e < firstEdge[to + 1]!; e++) {
    if (target[e] === from && seconds[e] !== Infinity && meters[e] === meters[edge]) return true;
  }
  return false;
}

/**
 * A number for each node that streets of the mode touch, the same for all between which one can go there and back; −1 for the others.
 * Tarjan's strongly connected components, with a list in place of recursion.
 */
function findPieces({ firstEdge, target }: StreetGraphData, seconds: Float32Array): Int32Array {
  const nodes = firstEdge.length - 1;
  const pieceOf = new Int32Array(nodes).fill(-1);
  const isUsed = new Uint8Array(nodes);
  for (let n = 0; n < nodes; n++) {
    for (let e = firstEdge[n]!; e < firstEdge[n + 1]!; e++) if (seconds[e] !== Infinity) isUsed[n] = isUsed[target[e]!] = 1;
  }
  /** When a node was met, from 1, and the earliest node on the path that can be reached from it. */
  const met = new Uint32Array(nodes);
  const earliest = new Uint32Array(nodes);
  const nextEdge = firstEdge.slice(0, nodes);
  const path = new Uint32Array(nodes);
  const open = new Uint32Array(nodes);
  const isOpen = new Uint8Array(nodes);
  let [count, depth, opened] = [0, 0, 0];
  const enter = (node: number): void => {
    met[node] = earliest[node] = ++count;
    path[depth++] = open[opened++] = node;
    isOpen[node] = 1;
  };
  for (let first = 0; first < nodes; first++) {
    if (isUsed[first] === 0 || met[first] !== 0) continue;
    enter(first);
    while (depth > 0) {
      const node = path[depth - 1]!;
      if (nextEdge[node]! < firstEdge[node + 1]!) {
        const e = nextEdge[node]!++;
        const there = target[e]!;
        if (seconds[e] === Infinity) continue;
        if (met[there] === 0) enter(there);
        else if (isOpen[there] === 1) earliest[node] = Math.min(earliest[node]!, met[there]!);
        continue;
      }
      depth--;
      if (depth > 0) earliest[path[depth - 1]!] = Math.min(earliest[path[depth - 1]!]!, earliest[node]!);
      if (earliest[node] !== met[node]) continue;
      for (let member = -1; member !== node;) {
        member = open[--opened]!;
        isOpen[member] = 0;
        pieceOf[member] = node;
      }
    }
  }
  return pieceOf;
}
