// In which order test files run. A clean checkout knows of no time that a file took: those that take longest are named here and
// begin first, so that at the end of a run no processor waits for the other.

import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = [
  ...['kills/kills', 'casework/referral-matrix', 'casework/matrix', 'server/cli', 'rules-cli/rules-cli', 'export/round-trip', 'disk/disk'],
  ...['db/move', 'db/versions', 'eligibility/laws', 'history/laws', 'hidden/position', 'server/close', 'casework/disclosure'],
  ...['e2e/steward', 'e2e/screens', 'e2e/roles', 'e2e/import', 'e2e/hidden'],
].map((name) => `/test/${name}.test.ts`);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(name));
    return [...others.filter(isLong), ...others.filter((file) => !isLong(file))];
  }
}
