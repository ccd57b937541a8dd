// A graph in pieces: small ones (a yard behind a gate, a path that the file cuts off) are left out, so that no place is put on a
// street from which nothing can be reached; large ones stay, and that there is no way between them is told.

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
    for (const piece of pieceOf) {
      if (piece < 0) continue;
      sizes.set(piece, (sizes.get(piece) ?? 0) + 1);
      all++;
    }
    const isSmall = (piece: number): boolean => sizes.get(piece)! < SMALL * all;
    const small = [...sizes.keys()].filter(isSmall).length;
    let meters = 0;
    for (let n = 0; n < pieceOf.length; n++) {
      if (pieceOf[n]! < 0 || !isSmall(pieceOf[n]!)) continue;
      for (let e = data.firstEdge[n]!; e < data.firstEdge[n + 1]!; e++) {
        if (seconds[e] === Infinity) continue;
        meters += data.meters[e]!;
        seconds[e] = Infinity;
      }
    }
    const large = sizes.size - small;
    return [
      ...(small > 0
        ? [`${name}: ${small} small pieces without a way to the others were left out (${(meters / 2000).toFixed(1)} km of streets).`]
        : []),
      ...(large > 1 ? [`${name}: the streets are in ${large} large pieces, and there is no way from one to another.`] : []),
    ];
  });
}

/** A number for each node that streets of the mode touch, the same for all that hang together whatever the direction; −1 for the others. */
function findPieces({ firstEdge, target, standsFor }: StreetGraphData, seconds: Float32Array): Int32Array {
  const nodes = firstEdge.length - 1;
  const parent = Int32Array.from({ length: nodes }, (_, n) => n);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const isUsed = new Uint8Array(nodes);
  for (let n = 0; n < nodes; n++) {
    for (let e = firstEdge[n]!; e < firstEdge[n + 1]!; e++) {
      if (seconds[e] === Infinity) continue;
      isUsed[n] = isUsed[target[e]!] = 1;
      parent[root(n)] = root(target[e]!);
    }
  }
  for (const [k, original] of (standsFor ?? []).entries()) parent[root(nodes - standsFor!.length + k)] = root(original);
  return Int32Array.from(parent, (_, n) => (isUsed[n] === 1 ? root(n) : -1));
}
