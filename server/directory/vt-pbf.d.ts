declare module 'vt-pbf' {
  export interface EncodableFeature {
    type: 1 | 2 | 3;
    id?: number | undefined;
    properties: Record<string, string | number | boolean>;
    loadGeometry(): { x: number; y: number }[][];
  }
  export interface EncodableLayer {
    name: string;
    version: number;
    extent: number;
    length: number;
    feature(i: number): EncodableFeature;
  }
  const vtpbf: {
    fromVectorTileJs(tile: { layers: Record<string, EncodableLayer> }): Uint8Array;
    fromGeojsonVt(layers: Record<string, { features: unknown[] }>, options?: { version?: number; extent?: number }): Uint8Array;
  };
  export default vtpbf;
}
