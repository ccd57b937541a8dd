// PLUGINS.md and the schema for editors are what the server holds plugins to, and every contribution point has what the page says:
// a meaning for each field, a place where it is used, a test that holds it, and a plugin that uses it. After a change on purpose:
// `vitest run --project node test/plugins/reference -u`.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findApiMismatch, PLUGIN_API_VERSION } from '#shared/plugin-api/api-version.ts';
import { PluginManifest } from '#shared/plugin-api/manifest.ts';
import { CONTEXT_KEYS, EMPTY_PLACES, MENUS } from '#shared/plugin-api/places.ts';
import { POINT_NOTES } from '#shared/plugin-api/point-notes.ts';
import { CONTRIBUTION_POINTS, type ContributionPointId } from '#shared/plugin-api/points.ts';
import { createManifestSchema, writeReference } from '#server/plugins/reference.ts';
import { z } from 'zod';
import { shippedPlugins } from '../support/contributed.ts';

const root = join(import.meta.dirname, '../..');
const ids = Object.keys(CONTRIBUTION_POINTS) as ContributionPointId[];

/** File under test/ and the name of a test in it that would fail without what the point is for. */
const HELD_BY: Readonly<Record<ContributionPointId, readonly [file: string, name: string]>> = {
  resourceTypes: ['matching/needs.test.ts', 'each with a shape, a colour role, a glyph, needs that exist and words in every language'],
  taxonomies: ['matching/needs.test.ts', 'ids are there once, parents exist, everything is named in four languages'],
  synonyms: ['matching/needs.test.ts', 'every term has other words in every language'],
  facts: ['intake/read-facts.test.ts', 'every fact is named in four languages'],
  intakeQuestions: ['intake/read-facts.test.ts', 'every question asks a fact of the catalogue'],
  assessments: ['casework/forms.test.ts', 'covers health, money, housing, supports and legal'],
  planTemplates: ['casework/plan-templates.test.ts', 'there is one for each of the situations'],
  noteTemplates: ['casework/letters.test.ts', 'headings stand below what is written already'],
  letterTemplates: ['casework/letters.test.ts', 'says what the record holds, and leaves a line for the rest'],
  eligibilityRules: ['demo-town/rules.test.ts', 'passes its own tests'],
  ruleTables: ['eligibility/poverty-guidelines.test.ts', 'each version ends on the day before the next'],
  importers: ['plugins/vcard.test.ts', 'takes an address book of many cards in the cage'],
  exporters: ['export/round-trip.test.ts', 'the demo town, byte for byte'],
  importMappings: ['plugins/points.test.ts', 'a known sheet is mapped as its plugin says'],
  fixes: ['problems/fixes.test.ts', 'a fix of a plugin is a button beside its problem, and its edit is undone'],
  dataChecks: ['problems/checks.test.ts', 'refuses a check that asks for nothing, or for two things'],
  geocoders: ['server/plugin-views.test.ts', 'a geocoder of a plugin answers where this machine knows nothing'],
  travelTimes: ['demo-town/town.test.ts', 'hangs together: from the middle of the town every node is reached'],
  ways: ['plugins/valhalla.test.ts', 'Find says the minutes that it gave'],
  mapLayers: ['server/plugin-views.test.ts', 'are checked against the style specification, and listed without their data'],
  markerStyles: ['find/marks.test.ts', 'the first mark that fits holds, by what is public of the service'],
  basemaps: ['demo-town/town.test.ts', 'has the layers of the Protomaps schema'],
  commands: ['e2e/plugins.test.ts', 'brings a view, drawn from its nodes, commands, tabs and places; what cannot be done or made says so'],
  menus: ['plugins/contributed.browser.test.ts', 'an entry of a plugin stands in the menu that it names, runs there'],
  keybindings: ['plugins/contributed.browser.test.ts', 'a key of a plugin runs the command that it names'],
  views: ['server/plugin-views.test.ts', 'of a function are made each time, in the language asked for'],
  emptyStates: ['plugins/contributed.browser.test.ts', 'words of a plugin stand below those of the product where a list is empty'],
  walkthroughs: ['plugins/first-steps.browser.test.ts', 'a step is ticked when what it asks for was done'],
  frames: ['e2e/frames.test.ts', 'is shut off from everything but its own plugin'],
  handoutTemplates: ['handout/compose.test.ts', 'what stands on the paper'],
  settings: ['server/settings.test.ts', 'hold by the narrowest scope'],
  settingDefaults: ['server/settings.test.ts', 'a plugin suggests what people choose for themselves, and nothing else'],
  themes: ['plugins/hostile-data.test.ts', 'an honest theme and an honest layer are taken'],
  translations: ['matching/server.test.ts', 'translations that plugins bring are used'],
  demos: ['demo-town/directory.test.ts', 'has about 400 services of the 12 types'],
  demoPeople: ['casework/demo.test.ts', 'sixty made-up clients of two agencies'],
};

const tests = Object.fromEntries(ids.map((id) => [id, `\`test/${HELD_BY[id][0]}\`: ${HELD_BY[id][1]}`]));

it('PLUGINS.md is current', async () => {
  await expect(writeReference({ plugins: shippedPlugins.shipped, tests })).toMatchFileSnapshot(join(root, 'shared/plugin-api/PLUGINS.md'));
});

it('the schema for editors is current, and takes every manifest that is shipped', async () => {
  const schema = createManifestSchema();
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(join(root, 'shared/plugin-api/plugin.schema.json'));
  const manifest = z.fromJSONSchema(schema);
  for (const { name, folder } of shippedPlugins.list) {
    const json: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect([name, manifest.safeParse(json).error?.issues ?? []]).toEqual([name, []]);
  }
  const wrong = { name: 'a', version: '1.0.0', engines: { waypost: '^1' }, waypost: { contributes: { themes: [{ id: 'x' }] } } };
  expect(manifest.safeParse(wrong).success).toBe(false);
});

describe.each(ids)('%s', (id) => {
  it('is used where the page says, and held by the test that it names', () => {
    expect(readFileSync(join(root, POINT_NOTES[id].used), 'utf8')).toMatch(new RegExp(`\\b${id}\\b`));
    const [file, name] = HELD_BY[id];
    expect(readFileSync(join(root, 'test', file), 'utf8')).toContain(name);
  });

  it('says of each of its fields what it means', () => {
    const { properties = {} } = z.toJSONSchema(CONTRIBUTION_POINTS[id], { io: 'input', unrepresentable: 'any' });
    for (const [field, schema] of Object.entries(properties))
      expect([field, (schema as { description?: string }).description ?? '']).toEqual([field, expect.stringMatching(/.{4,}/)]);
  });
});

it('every point is used by a plugin that is shipped', () => {
  const uses = shippedPlugins.shipped.flatMap(({ manifest }) => Object.keys(manifest.waypost.contributes));
  expect(ids.filter((id) => !uses.includes(id))).toEqual([]);
});

it('every place of a menu, every list that may be empty and every key of conditions is there in the workbench', () => {
  const files = globSync('client/**/*.{ts,svelte}', { cwd: root });
  const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  for (const menu of Object.keys(MENUS)) expect([menu, source.includes(`menuItems('${menu}'`)]).toEqual([menu, true]);
  for (const at of Object.keys(EMPTY_PLACES)) expect([at, source.includes(`at="${at}"`)]).toEqual([at, true]);
  for (const key of Object.keys(CONTEXT_KEYS).filter((name) => !name.includes('<')))
    expect([key, /(setContext|context\.set)\('/.test(source) && source.includes(`'${key}',`)]).toEqual([key, true]);
});

describe('the version of the API', () => {
  it.each([
    ['^1', undefined],
    ['1', undefined],
    ['^1.0', undefined],
    ['1.0.3', undefined],
    [`^${PLUGIN_API_VERSION}`, undefined],
    ['^1.99', /made for version 1\.99 of the plugin API, and this server has version/],
    ['^2', /made for version 2\.0/],
    ['^0.9', /made for version 0\.9/],
    ['latest', /"latest" is no version of the plugin API; write "\^1"/],
  ])('%s', (range, why) => {
    const mismatch = findApiMismatch(range);
    if (why) expect(mismatch).toMatch(why);
    else expect(mismatch).toBeUndefined();
    const manifest = { name: 'a', version: '1.0.0', engines: { waypost: range }, waypost: { contributes: {} } };
    expect(PluginManifest.safeParse(manifest).success).toBe(why === undefined);
  });
});
