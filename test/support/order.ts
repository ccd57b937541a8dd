// In which order test files run. A clean checkout knows of no time that a file took: those that take longest are named here and
// begin first, so that at the end of a run no processor waits for the other.

import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = ['kills/kills', 'server/cli', 'export/round-trip', 'disk/disk', 'e2e/steward', 'e2e/casework', 'e2e/screens', 'e2e/roles'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(`test/${name}.test.ts`));
    return [...others.filter(isLong), ...others.filter((file) => !isLong(file))];
  }
}
