// A street network as typed arrays: nodes with positions, directed edges in compressed rows.

/** Plain data of a street graph (compressed sparse rows), as a `travelTimes` contribution gives it. */
export interface StreetGraphData {
  /** Degrees, one of each a node. */
  lon: Float64Array;
  lat: Float64Array;
  /** Edges of node n are `firstEdge[n] .. firstEdge[n + 1]`; length = nodes + 1. */
  firstEdge: Uint32Array;
  /** Node where each edge ends. */
  target: Uint32Array;
  /** Length of each edge, metres. */
  meters: Float32Array;
  /** Seconds to pass each edge on foot and by car; Infinity where it is not allowed. */
  walkSeconds: Float32Array;
  driveSeconds: Float32Array;
}
