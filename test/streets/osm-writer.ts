// OpenStreetMap extracts written for tests: real .osm.pbf bytes, with or without what real files have.

import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

export interface OsmSource {
  /** [lon, lat] by id. */
  nodes: Record<number, readonly [number, number]>;
  nodeTags?: Record<number, Record<string, string>>;
  ways: { id: number; refs: number[]; tags: Record<string, string> }[];
  /** Members as role, type (0 node, 1 way) and id. */
  relations?: { id: number; members: readonly (readonly [role: string, type: 0 | 1, id: number])[]; tags: Record<string, string> }[];
  bounds?: readonly [west: number, south: number, east: number, north: number];
  features?: string[];
  /** Nodes one by one, as older writers did, instead of dense. */
  plainNodes?: boolean;
}

export function toOsmPbf(source: OsmSource): Buffer {
  return Buffer.concat([toBlob('OSMHeader', header(source)), toBlob('OSMData', block(source))]);
}

export function toBlob(type: string, data: Uint8Array): Buffer {
  const blob = new PbfWriter();
  blob.writeVarintField(2, data.length);
  blob.writeBytesField(3, deflateSync(data));
  const body = blob.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, body.length);
  const headBytes = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headBytes.length);
  return Buffer.concat([length, headBytes, body]);
}

function header({ bounds, features = ['OsmSchema-V0.6', 'DenseNodes'] }: OsmSource): Uint8Array {
  const pbf = new PbfWriter();
  if (bounds) {
    const [west, south, east, north] = bounds.map((degrees) => Math.round(degrees * 1e9)) as [number, number, number, number];
    pbf.writeMessage(1, (sides: number[], box: PbfWriter) => sides.forEach((side, i) => box.writeSVarintField(i + 1, side)), [
      west,
      east,
      north,
      south,
    ]);
  }
  for (const feature of features) pbf.writeStringField(4, feature);
  return pbf.finish();
}

function block(source: OsmSource): Uint8Array {
  const strings = [''];
  const numberOf = (text: string): number => {
    const known = strings.indexOf(text);
    return known >= 0 ? known : strings.push(text) - 1;
  };
  const steps = (degrees: number): number => Math.round(degrees * 1e7);
  const deltas = (numbers: readonly number[]): number[] => numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
  const tagged = (pbf: PbfWriter, tags: Record<string, string>): void => {
    pbf.writePackedVarint(2, Object.keys(tags).map(numberOf));
    pbf.writePackedVarint(3, Object.values(tags).map(numberOf));
  };
  const nodes = Object.entries(source.nodes).map(([id, [lon, lat]]) => ({
    id: Number(id),
    lon: steps(lon),
    lat: steps(lat),
    tags: source.nodeTags?.[Number(id)] ?? {},
  }));
  const group = new PbfWriter();
  if (source.plainNodes) {
    for (const node of nodes) {
      group.writeMessage(
        1,
        (one: (typeof nodes)[number], pbf: PbfWriter) => {
          pbf.writeSVarintField(1, one.id);
          tagged(pbf, one.tags);
          pbf.writeSVarintField(8, one.lat);
          pbf.writeSVarintField(9, one.lon);
        },
        node,
      );
    }
  } else {
    group.writeMessage(
      2,
      (_: null, pbf: PbfWriter) => {
        pbf.writePackedSVarint(1, deltas(nodes.map(({ id }) => id)));
        pbf.writePackedSVarint(8, deltas(nodes.map(({ lat }) => lat)));
        pbf.writePackedSVarint(9, deltas(nodes.map(({ lon }) => lon)));
        pbf.writePackedVarint(
          10,
          nodes.flatMap(({ tags }) => [...Object.entries(tags).flat().map(numberOf), 0]),
        );
      },
      null,
    );
  }
  for (const way of source.ways) {
    group.writeMessage(
      3,
      (one: (typeof source.ways)[number], pbf: PbfWriter) => {
        pbf.writeVarintField(1, one.id);
        tagged(pbf, one.tags);
        pbf.writePackedSVarint(8, deltas(one.refs));
      },
      way,
    );
  }
  for (const relation of source.relations ?? []) {
    group.writeMessage(
      4,
      (one: NonNullable<OsmSource['relations']>[number], pbf: PbfWriter) => {
        pbf.writeVarintField(1, one.id);
        tagged(pbf, one.tags);
        pbf.writePackedVarint(
          8,
          one.members.map(([role]) => numberOf(role)),
        );
        pbf.writePackedSVarint(9, deltas(one.members.map(([, , id]) => id)));
        pbf.writePackedVarint(
          10,
          one.members.map(([, type]) => type),
        );
      },
      relation,
    );
  }
  const groupBytes = group.finish();
  const pbf = new PbfWriter();
  // The group stands before the table of strings that it speaks with: a reader must not rely on their order.
  pbf.writeBytesField(2, groupBytes);
  pbf.writeMessage(1, (texts: string[], table: PbfWriter) => texts.forEach((text) => table.writeBytesField(1, Buffer.from(text))), strings);
  return pbf.finish();
}
