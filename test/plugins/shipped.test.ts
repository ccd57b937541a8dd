// What is shipped in plugins/ passes the same check as a package from a stranger, and says of itself what one should.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listUntranslated } from '#server/plugins/check-texts.ts';
import { checkPackage, listAgainst } from '#server/plugins/check.ts';
import { findShippedFolder, PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { readPluginFolder } from '#server/plugins/read-plugin.ts';
import { readParts } from '#server/plugins/written-parts.ts';

const registry = createRegistry();
loadPlugins(PLUGINS_FOLDER, registry);
const against = listAgainst(registry, Date.parse('2026-11-23T12:00:00Z'));

describe.each(readdirSync(PLUGINS_FOLDER))('plugins/%s', (name) => {
  const folder = join(PLUGINS_FOLDER, name);

  it('passes the check of plugins', async () => {
    const packed = await packFolder(folder);
    if (!packed.ok) throw new Error(packed.issues[0]?.message);
    const { issues, adds } = await checkPackage(packed.value, against, findShippedFolder(folder));
    expect(issues).toEqual([]);
    expect(adds).not.toEqual({});
  });

  it('has words in four languages and a read-me that says what it asks for', async () => {
    const plugin = readPluginFolder(folder, []);
    if (!plugin) throw new Error(`${name} has no manifest`);
    const packed = await packFolder(folder);
    if (!packed.ok) throw new Error(packed.issues[0]?.message);
    const named = [plugin.manifest.displayName, { en: '-', es: '-', fr: '-', ar: '-' }].map((raw) => ({
      point: 'name',
      raw,
      file: '',
      locate: () => ({}),
    }));
    expect(listUntranslated([...readParts(packed.value).parts, ...named])).toEqual([]);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const { network = {}, reads = {} } = plugin.manifest.waypost.permissions ?? {};
    const [talks, hears] = [network, reads].map((asked) => Object.keys(asked).length > 0);
    expect(readme).toMatch(talks ? /What leaves the house/ : hears ? /It asks to read/ : /It asks for no permissions/);
  });
});
