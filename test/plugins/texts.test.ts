// Texts of a plugin in files of their own: every "%key%" becomes the text of that key in all languages; what is missing, left over
// or no text at all is named.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { localize, type Localized } from '#shared/platform/localized.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { checkPackage, listAgainst } from '#server/plugins/check.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { PluginTexts } from '#server/plugins/texts.ts';
import { packageOf, type PackageParts } from './packages.ts';

const NOW = Date.UTC(2026, 10, 23);
const check = async (parts: PackageParts) => checkPackage(await packageOf(parts), listAgainst(createRegistry(), NOW));
const said = (issues: readonly { severity: string; message: string }[]) => issues.map(({ severity, message }) => `${severity}: ${message}`);
const resource = { shape: 'circle', icon: 'map-pin', colour: '--c-meal', needs: [], words: {} };

it('stand for their keys in the manifest and in files, in every language that has them', async () => {
  const { manifest, files } = await packageOf({
    manifest: { displayName: '%name%', description: '%about%', license: 'MIT' },
    permissions: { network: { 'api.example.org': '%why%' } },
    contributes: { themes: [{ id: 'x', label: '%name%', base: 'dark' }], resourceTypes: ['./types.yaml'] },
    files: {
      'package.nls.json': JSON.stringify({ name: 'Kitchens', about: 'Community kitchens', plural: 'Kitchens', why: 'It asks for hours' }),
      'package.nls.es.json': JSON.stringify({ name: 'Comedores', plural: 'Comedores' }),
      'types.yaml': `- ${JSON.stringify({ ...resource, id: 'kitchen', label: '%name%', plural: '%plural%' })}`,
    },
  });
  expect(manifest).toMatchObject({ displayName: { en: 'Kitchens', es: 'Comedores' }, description: 'Community kitchens' });
  // Where one text must stand, it is the English one.
  expect(manifest.waypost.permissions?.network).toEqual({ 'api.example.org': 'It asks for hours' });
  expect(manifest.waypost.contributes.themes).toMatchObject([{ label: { en: 'Kitchens', es: 'Comedores' } }]);
  expect(files.has('types.yaml')).toBe(true);
});

describe('the check', () => {
  const type = (label: string) => ({ contributes: { resourceTypes: [{ ...resource, id: 'kitchen', label, plural: 'Kitchens' }] } });

  it('names a key without a text as an error, and a text without a key as a warning', async () => {
    const report = await check({ ...type('%nobody.wrote.it%'), files: { 'package.nls.json': '{ "left": "Over" }' } });
    expect(report.ok).toBe(false);
    expect(said(report.issues)).toContain('error: made-up: package.json: "%nobody.wrote.it%" has no text in package.nls.json.');
    expect(said(report.issues)).toContainEqual(expect.stringMatching(/^warning: Nothing uses "left" of package\.nls\.json\./));
  });

  it('says how complete each language is', async () => {
    const files = {
      'package.nls.json': '{ "a": "A", "b": "B" }',
      'package.nls.fr.json': '{ "a": "Ah" }',
      'package.nls.pt-BR.json': '{ "a": "A", "b": "B" }',
    };
    const report = await check({
      contributes: {
        themes: [
          { id: 'x', label: '%a%', base: 'dark' },
          { id: 'y', label: '%b%', base: 'dark' },
        ],
      },
      files,
    });
    expect(said(report.issues)).toContain('warning: package.nls.fr.json has 1 of 2 texts; it lacks "b".');
    expect(said(report.issues).filter((line) => line.includes('pt-BR'))).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{ "a": ', /package\.nls\.json: it cannot be read/],
    ['a list', '["a"]', /it is no object/],
    ['a text that is none', '{ "a": { "en": "A" } }', /"a" is no text/],
    ['a prototype', '{ "__proto__": "A" }', /"__proto__" cannot be a key/],
    ['a constructor by path', '{ "a b": "A" }', /"a b" cannot be a key/],
    ['a text without end', JSON.stringify({ a: 'x'.repeat(5000) }), /longer than 4000/],
    [
      'a file without end',
      JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 'xxxxxxxx']))),
      /larger than 200 kB/,
    ],
  ])('refuses %s', async (_name, text, why) => {
    const report = await check({ ...type('%a%'), files: { 'package.nls.json': text } });
    expect(report.ok).toBe(false);
    expect(said(report.issues)).toContainEqual(expect.stringMatching(why));
    expect(({} as Record<string, unknown>)['en']).toBeUndefined();
  });

  it('a text is never looked through for further keys', () => {
    const texts = new PluginTexts([['package.nls.json', '{ "a": "%b%", "b": "%a%" }']]);
    expect(texts.resolve({ label: '%a%', id: 'a%b%c', plain: '%' }, () => undefined)).toEqual({
      label: { en: '%b%' },
      id: 'a%b%c',
      plain: '%',
    });
  });
});

describe('the first steps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-texts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  cpSync(join(PLUGINS_FOLDER, 'first-steps'), join(folder, 'first-steps'), { recursive: true });
  const registry = createRegistry();
  loadPlugins(folder, registry);

  it.each(['en', 'es', 'fr', 'ar'])('say everything in %s', (language) => {
    expect(registry.faults).toEqual([]);
    const guides = registry.getPoint<{ title: Localized; steps: { title: Localized; text: Localized }[] }>('walkthroughs').all();
    expect(guides.length).toBeGreaterThan(3);
    for (const { value } of guides)
      for (const text of [value.title, ...value.steps.flatMap((step) => [step.title, step.text])]) {
        expect(Object.keys(text as object)).toContain(language);
        expect(localize(text, language)).not.toMatch(/^$|^%/);
      }
  });
});
