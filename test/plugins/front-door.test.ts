// What the shipped plugins for the front door say: lists of needs that exist, commands that somebody brings, and a board whose
// languages all say the same.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { ServicesNode } from '#shared/plugin-api/index.ts';
import { browse, BrowseRequest } from '#server/directory/browse.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { contributed } from '../support/contributed.ts';
import { testApp } from '../support/test-app.ts';

it('open now: asks for needs that there are, and finds some of each in the demo town on a Thursday afternoon', async () => {
  await using app = await testApp({ demo: true, clock: () => Date.parse('2026-11-19T16:40:00-08:00') });
  const view = contributed('views').find(({ id }) => id === 'now');
  const lists = (view?.nodes ?? []).filter((node): node is ServicesNode => node.kind === 'services');
  expect(lists).toHaveLength(5);
  const terms = contributed('taxonomies').flatMap((taxonomy) => taxonomy.terms.map(({ id }) => id));
  for (const { needs = [], open, limit } of lists) {
    expect(terms).toEqual(expect.arrayContaining(needs));
    expect(open).toBe(true);
    const { total, hits } = await browse(app.deps, BrowseRequest.parse({ filters: { needs, open }, limit }));
    expect([needs, total > 0]).toEqual([needs, true]);
    expect(hits.every(({ hours }) => hours.now.state === 'open')).toBe(true);
  }
});

it('the language board has all sentences and answers in each of its languages, and reaches for nothing', () => {
  const page = readFileSync(join(PLUGINS_FOLDER, 'front-desk/board.html'), 'utf8');
  const [, table = ''] = /const WORDS = (\{[\s\S]*?\n\s*\});/.exec(page) ?? [];
  const words = runInNewContext(`(${table})`) as Record<
    string,
    { sentences: string[]; answers: string[]; back: string; name: string; direction: string }
  >;
  expect(Object.keys(words)).toEqual(expect.arrayContaining(['en', 'es', 'fr', 'ar', 'uk', 'fa']));
  for (const [language, { sentences, answers, back, name, direction }] of Object.entries(words)) {
    expect([language, sentences.length, answers.length]).toEqual([language, 6, 3]);
    expect([...sentences, ...answers, back, name].every((text) => text.trim() !== '')).toBe(true);
    expect(direction).toBe(['ar', 'fa'].includes(language) ? 'rtl' : 'ltr');
    expect(new Set(sentences).size).toBe(6);
  }
  expect(page).not.toMatch(/fetch\(|XMLHttpRequest|https?:|url\(|innerHTML|localStorage/);
});
