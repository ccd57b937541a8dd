// Directed edges while a street graph is built, and the graph that they make.

import type { StreetGraphData } from '#shared/geo/street-graph.ts';

export interface Edge {
  source: number;
  target: number;
  meters: number;
  /** Seconds; Infinity where it is not allowed. */
  walk: number;
  drive: number;
  /** Id of the way it is part of. */
  way: number;
}

/** A list of edges in columns. */
export class EdgeList {
  count = 0;
  source: Uint32Array;
  target: Uint32Array;
  meters: Float32Array;
  walk: Float32Array;
  drive: Float32Array;
  way: Float64Array;

  constructor(room: number) {
    this.source = new Uint32Array(room);
    this.target = new Uint32Array(room);
    this.meters = new Float32Array(room);
    this.walk = new Float32Array(room);
    this.drive = new Float32Array(room);
    this.way = new Float64Array(room);
  }

  add({ source, target, meters, walk, drive, way }: Edge): void {
    if (this.count === this.source.length) this.#grow();
    const e = this.count++;
    this.source[e] = source;
    this.target[e] = target;
    this.meters[e] = meters;
    this.walk[e] = walk;
    this.drive[e] = drive;
    this.way[e] = way;
  }

  at(e: number): Edge {
    const { source, target, meters, walk, drive, way } = this;
    return { source: source[e]!, target: target[e]!, meters: meters[e]!, walk: walk[e]!, drive: drive[e]!, way: way[e]! };
  }

  #grow(): void {
    const room = 2 * this.source.length + 16;
    const grown = <T extends Uint32Array | Float32Array | Float64Array>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    this.source = grown(new Uint32Array(room), this.source);
    this.target = grown(new Uint32Array(room), this.target);
    this.meters = grown(new Float32Array(room), this.meters);
    this.walk = grown(new Float32Array(room), this.walk);
    this.drive = grown(new Float32Array(room), this.drive);
    this.way = grown(new Float64Array(room), this.way);
  }

  /** @param standsFor copies of nodes that come after all others, each with the number of the node whose copy it is */
  toGraph(nodes: { lon: Float64Array; lat: Float64Array }, standsFor: Uint32Array): StreetGraphData {
    const nodeOf = Uint32Array.from({ length: nodes.lon.length + standsFor.length }, (_, n) => standsFor[n - nodes.lon.length] ?? n);
    const count = nodeOf.length;
    const firstEdge = new Uint32Array(count + 1);
    for (let e = 0; e < this.count; e++) firstEdge[this.source[e]! + 1]!++;
    for (let n = 0; n < count; n++) firstEdge[n + 1]! += firstEdge[n]!;
    const next = firstEdge.slice(0, count);
    const data: StreetGraphData = {
      lon: Float64Array.from(nodeOf, (n) => nodes.lon[n]!),
      lat: Float64Array.from(nodeOf, (n) => nodes.lat[n]!),
      firstEdge,
      target: new Uint32Array(this.count),
      meters: new Float32Array(this.count),
      walkSeconds: new Float32Array(this.count),
      driveSeconds: new Float32Array(this.count),
      standsFor,
    };
    for (let e = 0; e < this.count; e++) {
      const at = next[this.source[e]!]!++;
      data.target[at] = this.target[e]!;
      data.meters[at] = this.meters[e]!;
      data.walkSeconds[at] = this.walk[e]!;
      data.driveSeconds[at] = this.drive[e]!;
    }
    return data;
  }
}
