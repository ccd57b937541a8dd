// All checks and all duplicate candidates over 100,000 made-up resources, and again after one edit.

import { OWN_CHECKS, toDirectoryCheck } from '#shared/directory/checks.ts';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { ProblemSet } from '#shared/directory/problem-set.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { syntheticResources } from '../directory/resources.ts';
import { contributed } from '../support/contributed.ts';
import { benchRow, quantile, type Bench } from './bench.ts';

const RESOURCES = 100_000;
const EDITS = 200;
/** One in so many is listed a second time under the same number. */
const REPEATED = 50;
const NOW = new Date('2026-11-22T12:00:00Z');

export const bench: Bench = {
  name: 'problems',
  what: 'all checks and duplicate candidates over 100,000 resources in seconds; what one edit makes of them, milliseconds p50 and p99',
  async run() {
    const resources = [...listResources()];
    let index = DirectoryIndex.build(resources, '0');
    const checks = [...contributed('dataChecks').map(toDirectoryCheck), ...OWN_CHECKS];
    const started = performance.now();
    const problems = await ProblemSet.build(index, checks, { now: NOW });
    const all = performance.now() - started;
    const found = problems.codes.reduce((sum, code) => sum + problems.count(code), 0);
    const times: number[] = [];
    for (let i = 0; i < EDITS; i++) {
      const resource = resources[(i * 7919) % resources.length]!;
      index = index.apply({ upserts: [{ ...resource, phone: null, summary: `edited ${i}` }], removed: [] }, String(i + 1));
      const start = performance.now();
      if (!problems.apply(index)) throw new Error('one edit is a small change');
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return [
      benchRow({ id: 'all', unit: 's', ours: all / 1000 }),
      benchRow({ id: 'found', unit: 'problems', ours: found }),
      benchRow({ id: 'duplicates', unit: 'pairs', ours: problems.count('duplicate') }),
      benchRow({ id: 'edit-p50', unit: 'ms', ours: quantile(times, 0.5) }),
      benchRow({ id: 'edit-p99', unit: 'ms', ours: quantile(times, 0.99) }),
    ];
  },
};

function* listResources(): Generator<ResourceInput> {
  let i = 0;
  for (const resource of syntheticResources(RESOURCES)) {
    const phone = `555-${String(i % 1000).padStart(3, '0')}-${String(Math.floor(i / 1000)).padStart(4, '0')}`;
    const listed = { ...resource, phone };
    yield listed;
    if (i % REPEATED === 0) {
      const service = { id: `again-${resource.service.id}`, name: resource.service.name.toUpperCase() };
      yield { ...listed, id: `again-${resource.id}`, service, verified: null };
    }
    i++;
  }
}
