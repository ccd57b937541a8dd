// Exporters and geocoders of installed plugins: the same text gives the same on both sides of the cage, and what comes out of it is
// held to the signature before anyone sees it.

import { afterAll, describe, expect, it } from 'vitest';
import { createCagedFunction } from '#server/plugins/caged-functions.ts';
import type { ExporterFunction, ExportSource, GeocoderFunction, PluginMain } from '#shared/plugin-api/functions.ts';
import { caged, NOTHING, testCage } from './caged.ts';

const cage = testCage();
afterAll(() => cage.dispose());

const TEXT = `export default {
  exporters: {
    async *lines(source) {
      yield { path: 'services.txt', chunks: (async function* () {
        for await (const batch of source.records('service')) for (const { id, name } of batch) yield id + ' ' + name + '\\n';
      })() };
      yield { path: 'more/phones.txt', chunks: (async function* () {
        for await (const batch of source.records('service')) {
          const phones = await source.where('phone', 'service_id', batch.map(({ id }) => id));
          for (const { number } of phones) yield number + '\\n';
          yield Uint8Array.from({ length: batch.length }, (_, i) => 200 + i);
        }
      })() };
    },
  },
  geocoders: {
    async find({ text, limit }) {
      return Array.from({ length: limit }, (_, i) => ({ id: 'p' + i, label: text.toUpperCase(), detail: 'é\\u2028"', kind: 'address', lon: i, lat: 10 - i }));
    },
  },
};`;
const here = ((await import(`data:text/javascript,${encodeURIComponent(TEXT)}`)) as { default: PluginMain }).default;
const plugin = (text: string) => ({ cage, code: caged('made-up', text), ...NOTHING });

/** Five services in three batches, each with a telephone number. */
const source: ExportSource = {
  async *records(object) {
    if (object !== 'service') return;
    for (const ids of [['a', 'b'], ['c', 'd'], ['e']]) yield ids.map((id) => ({ id, name: `Küche "${id}"` })) as never;
  },
  where: async (_object, _field, values) => values.map((id) => ({ id: `p-${id}`, number: `555 0${id}` })) as never,
};

async function exportAll(run: ExporterFunction): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { path, chunks } of run(source)) {
    let text = '';
    for await (const chunk of chunks) text += typeof chunk === 'string' ? chunk : `bytes ${Buffer.from(chunk).toString('hex')};`;
    files[path] = text;
  }
  return files;
}

it('an exporter gives the same files, and only reads what it asks for', async () => {
  const inCage = await exportAll(createCagedFunction(plugin(TEXT), 'exporters', 'lines'));
  expect(inCage).toEqual(await exportAll(here.exporters!['lines']!));
  expect(Object.keys(inCage)).toEqual(['services.txt', 'more/phones.txt']);
  expect(inCage['more/phones.txt']).toContain('bytes c8c9;');
  expect(cage.records.at(-1)).toMatchObject({ kind: 'exporters', name: 'lines', fields: ['records'], outcome: 'ok' });
});

it('a geocoder gives the same places', async () => {
  const query = { text: 'main street', language: 'en', limit: 3 };
  const inProcess = here.geocoders!['find'] as unknown as (query: object) => ReturnType<GeocoderFunction>;
  expect(await createCagedFunction(plugin(TEXT), 'geocoders', 'find')(query)).toEqual(await inProcess(query));
  expect(cage.records.at(-1)).toMatchObject({ kind: 'geocoders', fields: ['text', 'language', 'limit'], outcome: 'ok' });
});

describe('what is no file is refused with the name of the plugin', () => {
  const exporter = (body: string) => plugin(`export default { exporters: { async *lines(source) { ${body} } } };`);
  it.each([
    ['a path that leads out', `yield { path: '../../etc/cron.d/x', chunks: ['x'] };`],
    ['an absolute path', `yield { path: '/etc/passwd', chunks: ['x'] };`],
    ['a path with a zero in it', `yield { path: 'a\\u0000b', chunks: ['x'] };`],
    ['text that is none', `yield { path: 'a', chunks: [{ toString: 1 }] };`],
    [
      'records of what is no object',
      `for await (const batch of source.records('account')) yield { path: 'a', chunks: [JSON.stringify(batch)] };`,
    ],
  ])('%s', async (_, body) => {
    await expect(exportAll(createCagedFunction(exporter(body), 'exporters', 'lines'))).rejects.toThrow('The plugin "made-up"');
  });
});

describe('what is no place is refused', () => {
  const place = { id: 'p', label: 'Here', detail: '', kind: 'address', lon: 1, lat: 2 };
  it.each<[string, unknown]>([
    ['nothing', null],
    ['off the earth', [{ ...place, lat: 91 }]],
    ['of no kind', [{ ...place, kind: 'planet' }]],
    ['a very long name', [{ ...place, label: 'x'.repeat(501) }]],
    ['too many', Array(101).fill(place)],
  ])('%s', async (_, places) => {
    const code = plugin(`export default { geocoders: { find: async () => (${JSON.stringify(places)}) } };`);
    await expect(createCagedFunction(code, 'geocoders', 'find')({ text: 'x', language: 'en', limit: 1 })).rejects.toThrow();
  });
});
