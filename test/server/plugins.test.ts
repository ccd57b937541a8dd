// Loading plugins: folders, files, faults with names, code on first use, and nothing left behind.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-plugins-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, unknown>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const manifest = (name: string, contributes: Record<string, unknown>, more: object = {}) => ({
  name,
  version: '1.0.0',
  engines: { waypost: '^1' },
  waypost: { contributes },
  ...more,
});
const theme = (id: string) => ({ id, label: id, base: 'light' });

function load() {
  const registry = createRegistry();
  const plugins = loadPlugins(folder, registry);
  const themes = () =>
    registry
      .getPoint<{ id: string }>('themes')
      .all()
      .map(({ plugin, value }) => `${plugin}:${value.id}`);
  return { registry, plugins, themes };
}

describe('contributions', () => {
  it('come from the manifest, from files and from all files of a folder, one or several in each', () => {
    write({
      'one/package.json': manifest('one', { themes: [theme('in-place'), './more.json', './themes/*.yaml'] }),
      'one/more.json': [theme('list-1'), theme('list-2')],
      'one/themes/b.yaml': '{ id: b, label: B, base: dark }\n---\n{ id: c, label: C, base: dark }\n',
      'one/themes/a.yaml': '- { id: a, label: A, base: dark }\n',
      'one/themes/notes.txt': 'no contribution',
      'two/package.json': manifest('two', { themes: [theme('t')] }),
      'no-plugin/readme.txt': 'x',
    });
    const { plugins, themes } = load();
    expect(themes()).toEqual(['one:in-place', 'one:list-1', 'one:list-2', 'one:a', 'one:b', 'one:c', 'two:t']);
    expect(plugins.list.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(plugins.faults).toEqual([]);
  });

  it('are taken back without a trace', () => {
    write({ 'one/package.json': manifest('one', { themes: [theme('a'), { id: 'faulty' }] }) });
    const { plugins, themes, registry } = load();
    expect(themes()).toEqual(['one:a']);
    plugins.dispose();
    expect(registry.pointIds().flatMap((id) => registry.getPoint(id).all())).toEqual([]);
    expect(registry.faults).toEqual([]);
  });
});

describe('a fault is said with its place, and costs nothing else', () => {
  const healthy = { 'zz/package.json': manifest('zz', { themes: [theme('t')] }) };
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['no JSON', { 'bad/package.json': '{' }, 'invalid_manifest', /bad\/package\.json cannot be read/],
    ['no name', { 'bad/package.json': { version: '1.0.0' } }, 'invalid_manifest', /bad: package\.json: name/],
    [
      'a file that is not there',
      { 'bad/package.json': manifest('bad', { themes: ['./gone.yaml'] }) },
      'missing_file',
      /bad: themes: there is no file \.\/gone\.yaml/,
    ],
    ['broken YAML', { 'bad/package.json': manifest('bad', { themes: ['./x.yaml'] }), 'bad/x.yaml': 'a: [' }, 'unreadable_file', /x\.yaml/],
    [
      'YAML that unfolds without end',
      { 'bad/package.json': manifest('bad', { themes: ['./x.yaml'] }), 'bad/x.yaml': bomb() },
      'unreadable_file',
      /alias/i,
    ],
    [
      'a contribution that does not fit',
      { 'bad/package.json': manifest('bad', { themes: [{ id: 'x', label: 'x', base: 'grey' }] }) },
      'invalid_contribution',
      /bad: themes\.0\.base/,
    ],
    [
      'a point that does not exist',
      { 'bad/package.json': manifest('bad', { tehmes: [theme('x')] }) },
      'unknown_point',
      /there is no contribution point "tehmes"/,
    ],
    [
      'a path that leaves the folder',
      { 'bad/package.json': manifest('bad', { themes: ['./../zz/package.json'] }) },
      'invalid_contribution',
      /bad/,
    ],
    [
      'a second plugin of one name',
      { 'yy/package.json': manifest('zz', {}), 'a/package.json': manifest('a', {}) },
      'duplicate_plugin',
      /"zz" is loaded already/,
    ],
  ])('%s', (_name, files, code, message) => {
    write({ ...healthy, ...files });
    const { plugins, themes } = load();
    expect(plugins.faults.map((fault) => fault.code)).toContain(code);
    expect(plugins.faults.find((fault) => fault.code === code)?.message).toMatch(message);
    if (code !== 'duplicate_plugin') expect(themes()).toEqual(['zz:t']);
  });

  it('leaves the plugin its sound contributions', () => {
    write({ 'bad/package.json': manifest('bad', { themes: [theme('good'), { id: 'x' }], settings: 'none' }) });
    expect(load().themes()).toEqual(['bad:good']);
  });
});

describe('functions', () => {
  const code = (name: string, text: string) => ({
    [`${name}/package.json`]: manifest(name, {}, { main: 'main.ts', type: 'module' }),
    [`${name}/main.ts`]: text,
  });

  it('are loaded on first use, once', async () => {
    write(
      code(
        'one',
        `globalThis.loads = (globalThis.loads ?? 0) + 1; export default { geocoders: { here: async () => [globalThis.loads] } };`,
      ),
    );
    const { plugins } = load();
    expect(Reflect.get(globalThis, 'loads')).toBeUndefined();
    const query = { text: '', language: 'en', limit: 1 };
    expect(await (await plugins.getFunction('one', 'geocoders', 'here'))(query)).toEqual([1]);
    expect(await (await plugins.getFunction('one', 'geocoders', 'here'))(query)).toEqual([1]);
    Reflect.deleteProperty(globalThis, 'loads');
  });

  it.each([
    ['no such plugin', 'none', 'here', 'There is no plugin "none".'],
    ['no such function', 'one', 'there', 'The plugin "one" has no function "there" among its geocoders.'],
    ['code that fails', 'two', 'here', 'The plugin "two" cannot be loaded.'],
    ['no default export', 'three', 'here', 'The plugin "three" cannot be loaded.'],
  ])('that are not there are a problem in words: %s', async (_name, plugin, name, message) => {
    write({
      ...code('one', 'export default { geocoders: {} };'),
      ...code('two', 'throw new Error("in the plugin");'),
      ...code('three', 'export const geocoders = {};'),
    });
    const { plugins } = load();
    await expect(plugins.getFunction(plugin, 'geocoders', name)).rejects.toThrow(message);
    const faults = plugins.faults.map((fault) => fault.code);
    expect(faults).toEqual(plugin === 'two' || plugin === 'three' ? ['plugin_code'] : []);
  });
});

it('our own plugins are without a fault', () => {
  const plugins = loadPlugins(PLUGINS_FOLDER, createRegistry());
  expect(plugins.faults).toEqual([]);
  expect(plugins.list.map(({ name }) => name)).toContain('@waypost/settings');
});

/** Nine lists of nine of the one before. */
function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}
