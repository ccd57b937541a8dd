// Plants one violation of every direction in a small copy of the house and sees each one caught.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, describe, expect, test } from 'vitest';

// By address, not by name: the checker's own configuration is plain JavaScript.
const configuration = new URL('../../.dependency-cruiser.mjs', import.meta.url).href;
const rules = ((await import(/* @vite-ignore */ configuration)) as { default: { forbidden: IForbiddenRuleType[] } }).default.forbidden;

/** Rule → [file, what it imports]: each is refused by (at least) that rule. */
const PLANTED: [rule: string, from: string, to: string][] = [
  ['plugins-through-the-door', 'plugins/a/index.ts', 'shared/directory/hsds.ts'],
  ['plugins-through-the-door', 'plugins/a/index.ts', 'plugins/b/index.ts'],
  ['nobody-names-a-plugin', 'server/plugins/load.ts', 'plugins/a/index.ts'],
  ['nobody-imports-tests', 'server/main.ts', 'test/support/data.ts'],
  ['shared-is-pure', 'shared/geo/distance.ts', 'server/db/open.ts'],
  ['shared-without-node', 'shared/geo/distance.ts', 'node:fs'],
  ['platform-knows-no-domain', 'shared/platform/when.ts', 'shared/directory/hsds.ts'],
  ['shared-leaf-features', 'shared/eligibility/evaluate.ts', 'shared/directory/hsds.ts'],
  ['shared-facts-for-eligibility-only', 'shared/directory/search.ts', 'shared/intake/facts.ts'],
  ['shared-matching', 'shared/matching/match.ts', 'shared/plugin-api/index.ts'],
  ['shared-casework', 'shared/casework/record.ts', 'shared/handout/content.ts'],
  ['shared-below-casework', 'shared/matching/match.ts', 'shared/casework/record.ts'],
  ['only-the-door-leads-to-plugin-api', 'shared/platform/registry.ts', 'shared/plugin-api/index.ts'],
  ['server-foundations', 'server/db/open.ts', 'server/directory/queries.ts'],
  ['server-identity-audit', 'server/identity/sign-in.ts', 'server/directory/queries.ts'],
  ['server-feature-to-feature-by-queries', 'server/matching/router.ts', 'server/directory/tiles.ts'],
  ['server-features-below-the-top', 'server/directory/router.ts', 'server/main.ts'],
  ['server-knows-no-client', 'server/directory/router.ts', 'client/api.ts'],
  ['client-knows-the-server-by-type', 'client/api.ts', 'server/db/open.ts'],
  ['client-api-only', 'client/find/session.ts', 'server/router.ts'],
  ['client-workbench-and-ui-know-no-feature', 'client/workbench/frame.ts', 'client/find/session.ts'],
  ['client-workbench-and-ui-know-no-feature', 'client/ui/button.ts', 'shared/directory/hsds.ts'],
  ['client-map', 'client/map/map.ts', 'client/find/session.ts'],
  ['client-feature-to-feature', 'client/find/session.ts', 'client/directory/page.ts'],
  ['client-feature-to-feature', 'client/find/session.ts', 'client/map/map.ts'],
];

/** What the house does allow: none of these may be refused. */
const ALLOWED: [from: string, to: string][] = [
  ['plugins/a/index.ts', 'shared/plugin-api/index.ts'],
  ['shared/eligibility/evaluate.ts', 'shared/intake/facts.ts'],
  ['shared/matching/match.ts', 'shared/eligibility/evaluate.ts'],
  ['shared/directory/index.ts', 'shared/geo/distance.ts'],
  ['shared/casework/record.ts', 'shared/matching/match.ts'],
  ['shared/plugin-api/points.ts', 'shared/casework/assessment.ts'],
  ['server/matching/router.ts', 'server/directory/queries.ts'],
  ['server/identity/sign-in.ts', 'server/db/open.ts'],
  ['server/main.ts', 'server/directory/tiles.ts'],
  ['client/find/session.ts', 'client/map/types.ts'],
  ['client/find/session.ts', 'shared/matching/match.ts'],
  ['test/find/x.ts', 'server/main.ts'],
];

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function violations(from: string, to: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-house-'));
  folders.push(folder);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  if (!to.startsWith('node:')) write(to, 'export const x = 1;\n');
  const up = '../'.repeat(from.split('/').length - 1);
  write(from, `import { x } from '${to.startsWith('node:') ? to : up + to}';\nexport const y = x;\n`);
  const { output } = await cruise(
    [from],
    { baseDir: folder, ruleSet: { forbidden: rules }, validate: true, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
    { extensions: ['.ts', '.js'] },
  );
  return (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
}

describe('directions', () => {
  test.each(PLANTED)('%s: %s may not import %s', async (rule, from, to) => {
    expect(await violations(from, to)).toContain(rule);
  });

  test.each(ALLOWED)('%s may import %s', async (from, to) => {
    expect(await violations(from, to)).toEqual([]);
  });

  test('every direction has a planted violation', () => {
    const planted = new Set(PLANTED.map(([rule]) => rule));
    // These two need more than two files, or a real package: see below.
    const elsewhere = new Set(['no-circular', 'one-file-touches-maplibre']);
    expect(rules.map((rule) => rule.name).filter((name) => name !== undefined && !planted.has(name) && !elsewhere.has(name))).toEqual([]);
  });

  test('a circle and a second file with maplibre-gl are caught', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waypost-house-'));
    folders.push(folder);
    const files = {
      'shared/geo/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'shared/geo/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
      'client/find/pins.ts': "import { Map } from 'maplibre-gl';\nexport const map = Map;\n",
      'node_modules/maplibre-gl/package.json': '{ "name": "maplibre-gl", "version": "1.0.0", "main": "index.js" }',
      'node_modules/maplibre-gl/index.js': 'exports.Map = class {};\n',
      'package.json': '{ "type": "module", "dependencies": { "maplibre-gl": "*" } }',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { output } = await cruise(
      ['shared', 'client'],
      { baseDir: folder, ruleSet: { forbidden: rules }, validate: true, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
      { extensions: ['.ts', '.js'] },
    );
    const names = (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
    expect(names).toEqual(expect.arrayContaining(['no-circular', 'one-file-touches-maplibre']));
  });
});
