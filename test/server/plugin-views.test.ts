// What a plugin adds beyond its manifest: views, layers and geocoders are checked, asked for one by one, and a fault of one
// costs only that one.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pluginsFolderWith } from '../support/plugins-folder.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const folder = pluginsFolderWith('lookout');
let app: TestApp;
beforeAll(async () => {
  app = await testApp({ demo: true, pluginsFolder: folder.path });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const plugin = 'lookout';
const viewer = () => app.caller('viewer');
const view = (id: string, language = 'en') => viewer().plugins.view({ plugin, id, language });

describe('views', () => {
  test('are listed without their content, the faulty one left out and named', async () => {
    const { views } = await viewer().plugins.contributions({ language: 'en' });
    const own = views.filter((one) => one.plugin === plugin);
    expect(own.map(({ value }) => value.id)).toEqual(['towers', 'tonight', 'report', 'broken', 'script', 'missing', 'hidden']);
    expect(own[0]?.value).toEqual({ id: 'towers', title: { en: 'Towers', es: 'Torres' }, icon: 'binoculars', where: 'activity' });
    const faults = app.deps.plugins.faults.filter((fault) => fault.point === 'views');
    expect(faults.map(({ message }) => message)).toEqual([expect.stringMatching(/^lookout: views\.7\.nodes\.0\.kind: /)]);
  });

  test('of data are given as they stand', async () => {
    expect(await view('report')).toEqual([{ kind: 'heading', text: 'All quiet' }]);
    expect((await view('towers')).map(({ kind }) => kind)).toEqual(['text', 'text', 'list', 'card']);
  });

  test('of a function are made each time, in the language asked for', async () => {
    expect(await view('tonight')).toEqual([{ kind: 'text', tone: 'plain', text: 'en: opened 1 times' }]);
    expect(await view('tonight', 'es')).toEqual([{ kind: 'text', tone: 'plain', text: 'es: opened 2 times' }]);
  });

  test.each(['broken', 'script', 'missing'])('that go wrong say whose fault it is, and nothing of it: %s', async (id) => {
    await expect(view(id)).rejects.toThrow(`The plugin "lookout" could not make the view "${id}".`);
  });

  test('that nobody brought are not found', async () => {
    await expect(view('nowhere')).rejects.toThrow('There is no view "nowhere" of a plugin "lookout".');
  });
});

describe('map layers', () => {
  test('are checked against the style specification, and listed without their data', async () => {
    const { mapLayers } = await viewer().plugins.contributions({ language: 'en' });
    const own = mapLayers.filter((one) => one.plugin === plugin).map(({ value }) => value);
    expect(own.map(({ id }) => id)).toEqual(['watch', 'unread']);
    expect(Object.keys(own[0]!)).toEqual(['id', 'label', 'layers']);
    const faults = app.deps.plugins.faults.filter((fault) => fault.point === 'mapLayers').map(({ message }) => message);
    expect(faults).toEqual([
      expect.stringMatching(/mapLayers\.2: layers\[0\]\.paint\.fill-color: /),
      expect.stringMatching(/mapLayers\.3: data is not GeoJSON/),
      expect.stringMatching(/mapLayers\.4\.layers\.0: .*source/),
    ]);
  });

  test('are read from the plugin’s folder when they are asked for', async () => {
    expect(await viewer().plugins.mapLayer({ plugin, id: 'watch' })).toMatchObject({
      type: 'FeatureCollection',
      features: [{ properties: { tower: 1 } }],
    });
  });

  test('whose file is not there say so', async () => {
    await expect(viewer().plugins.mapLayer({ plugin, id: 'unread' })).rejects.toThrow('The data of the map layer "unread" cannot be read.');
    await expect(viewer().plugins.mapLayer({ plugin, id: 'bad-style' })).rejects.toThrow('There is no map layer "bad-style"');
  });
});

test('a geocoder of a plugin answers where this machine knows nothing', async () => {
  const found = await viewer().places.search({ text: 'Tower Seventeen', language: 'en', limit: 5 });
  expect(found).toContainEqual({ id: 'lookout/17', label: 'Tower Seventeen', detail: 'Lookout', kind: 'place', lon: -128.03, lat: 44.01 });
});
