// The interface's languages are whole: every text of every feature is there in each, with the same places for values.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMessages, type MessageBundle } from '#shared/platform/messages.ts';
import { TranslationContribution } from '#shared/plugin-api/points.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'plugins/languages');

/** Every file of a feature that brings texts. */
const MESSAGE_FILE = /^(?:[\w-]+-)?messages\.ts$|^import-(?:codes|says)\.ts$/;

async function readEnglish(): Promise<Record<string, string>> {
  const english: Record<string, string> = {};
  for (const feature of readdirSync(join(root, 'client'))) {
    const folder = join(root, 'client', feature);
    for (const file of statSync(folder).isDirectory() ? readdirSync(folder) : []) {
      if (!MESSAGE_FILE.test(file)) continue;
      const path = join(folder, file);
      const bundles = Object.values((await import(path)) as Record<string, Record<string, string>>);
      for (const [id, text] of bundles.flatMap((bundle) => Object.entries(bundle))) {
        expect(english, `${id} is brought twice`).not.toHaveProperty([id]);
        english[id] = text;
      }
    }
  }
  return english;
}

function readLanguage(language: string): { bundle: Record<string, string>; twice: string[] } {
  const bundle: Record<string, string> = {};
  const twice: string[] = [];
  for (const file of readdirSync(join(folder, language))) {
    const translation = TranslationContribution.parse(parse(readFileSync(join(folder, language, file), 'utf8')));
    expect(translation.language).toBe(language);
    for (const [id, text] of Object.entries(translation.messages)) {
      if (id in bundle) twice.push(id);
      bundle[id] = text;
    }
  }
  return { bundle, twice };
}

/** Names of the values that an ICU message takes, with what is done to each: "count:plural", "name". */
function listPlaces(message: string): string[] {
  const places = new Set<string>();
  let depth = 0;
  for (let at = 0; at < message.length; at += 1) {
    if (message[at] === '}') depth -= 1;
    if (message[at] !== '{') continue;
    depth += 1;
    const place = /^\{\s*([A-Za-z]\w*)\s*(?:,\s*(\w+)|\})/.exec(message.slice(at));
    // Odd depths hold names; even ones are the branches of a plural or a choice.
    if (place && depth % 2 === 1) places.add(place[2] ? `${place[1]}:${place[2]}` : (place[1] ?? ''));
  }
  return [...places].sort();
}

/** Words of a choice (not of a plural, where each language has its own categories). */
function listBranches(message: string): string[] {
  const words = new Set<string>();
  for (const choice of message.matchAll(/,\s*select\s*,/g)) {
    let at = choice.index + choice[0].length;
    for (let word = /^\s*(\w+)\s*\{/.exec(message.slice(at)); word; word = /^\s*(\w+)\s*\{/.exec(message.slice(at))) {
      words.add(word[1] ?? '');
      at += word[0].length;
      for (let depth = 1; depth > 0 && at < message.length; at += 1) depth += message[at] === '{' ? 1 : message[at] === '}' ? -1 : 0;
    }
  }
  return [...words].sort();
}

test('places of a message', () => {
  expect(listPlaces('{name}: {count, plural, one {# of {total}} other {# things}} {n, number}')).toEqual([
    'count:plural',
    'n:number',
    'name',
    'total',
  ]);
  expect(listBranches('{same, select, true {On {from}.} other {Between {from} and {to}.}} Call.')).toEqual(['other', 'true']);
});

const english = await readEnglish();
const languages = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test('Spanish, French and Arabic are there, and English has words for everything', () => {
  expect(languages).toEqual(expect.arrayContaining(['ar', 'es', 'fr']));
  expect(Object.keys(english).length).toBeGreaterThan(300);
});

describe.each(languages)('%s', (language) => {
  const { bundle, twice } = readLanguage(language);

  test('has every text, and none that nobody asks for', () => {
    expect(Object.keys(english).filter((id) => !(id in bundle))).toEqual([]);
    expect(Object.keys(bundle).filter((id) => !(id in english))).toEqual([]);
    expect(twice).toEqual([]);
  });

  test('takes the same values and makes the same choices as English', () => {
    const wrong = Object.entries(bundle)
      .filter(([id]) => id in english)
      .filter(
        ([id, text]) =>
          String(listPlaces(text)) !== String(listPlaces(english[id] ?? '')) ||
          String(listBranches(text)) !== String(listBranches(english[id] ?? '')),
      )
      .map(([id, text]) => `${id}: ${text}`);
    expect(wrong).toEqual([]);
  });

  test('has the plurals of its language, and every text can be formatted', () => {
    const categories = new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    // French and Spanish have "many" for millions alone, which no count here reaches.
    if (language !== 'ar') categories.delete('many');
    const messages = createMessages({ language, bundles: [[language, bundle as MessageBundle]] });
    for (const [id, text] of Object.entries(bundle)) {
      for (const [, branches] of text.matchAll(/plural,((?:\s*[=\w]+\s*\{(?:[^{}]|\{[^{}]*\})*\})+)/g)) {
        for (const category of categories) expect(branches, id).toMatch(new RegExp(`\\b${category}\\s*\\{`));
      }
      const values = Object.fromEntries(
        listPlaces(text).map((place) => [place.split(':')[0] ?? '', /:(plural|number)/.test(place) ? 3 : 'x']),
      );
      const said = messages.format(id, values);
      expect(said, id).not.toMatch(/[{}]/);
      expect(said, id).not.toBe(id);
    }
  });
});
