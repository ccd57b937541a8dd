// What the directory index weighs: bytes a service, counted over everything that it keeps, and the heap beside it.

import { gzipSync } from 'node:zlib';
import { DirectoryIndexBuilder } from '../../shared/directory/index.ts';
import { syntheticResources } from '../directory/resources.ts';
import { benchRow, type Bench } from './bench.ts';

const SERVICES = 300_000;
const SLICE = 20_000;

export const bench: Bench = {
  name: 'index',
  what: 'bytes a service of the directory index (typed arrays, text, bit sets of 40 needs), and of a slice of 20,000 on the wire',
  async run() {
    collectGarbage();
    const before = process.memoryUsage();
    const started = performance.now();
    const builder = new DirectoryIndexBuilder();
    for (const resource of syntheticResources(SERVICES)) builder.add(resource);
    const index = builder.finish('bench');
    const built = performance.now() - started;
    for (let need = 0; need < 40; need++) index.rowsWithNeed(`need-${need}`);
    collectGarbage();
    const after = process.memoryUsage();
    const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;

    const near = index.nearest(-95, 39, { count: SLICE });
    const sliceStarted = performance.now();
    const slice = JSON.stringify(index.toSlice(near.rows).slice);
    const sliced = performance.now() - sliceStarted;
    return [
      benchRow({ id: 'index-bytes', unit: 'bytes a service', ours: index.byteLength / SERVICES, goal: { kind: 'oursAtMost', value: 300 } }),
      benchRow({ id: 'index-process-bytes', unit: 'bytes a service, heap and array buffers', ours: grown / SERVICES }),
      benchRow({ id: 'index-build', unit: 'ms for 300,000, made-up data included', ours: built }),
      benchRow({
        id: 'index-slice-wire',
        unit: 'bytes gz of 20,000',
        ours: gzipSync(slice).length,
        goal: { kind: 'oursAtMost', value: 3_000_000 },
      }),
      benchRow({ id: 'index-slice-write', unit: 'ms for 20,000', ours: sliced }),
    ];
  },
};

/** Only where node runs with --expose-gc; without it the figure is an upper bound. */
function collectGarbage(): void {
  (globalThis as { gc?: () => void }).gc?.();
}
