// Notes to begin with and letters to take along: what is shipped is whole in every language, says nothing of what somebody needs
// help with, and takes from the record what its reader may see there. That one was printed is on record.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letterValues } from '#client/casework/letter-values.ts';
import { LETTER_FIELDS, LetterTemplate, writeLetter } from '#shared/casework/letter-template.ts';
import { beginNote } from '#shared/casework/note-template.ts';
import { foldRecord } from '#shared/casework/record.ts';
import type { Localized } from '#shared/platform/localized.ts';
import { contributed } from '../support/contributed.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { hire } from './staff.ts';

const [letters, notes] = [contributed('letterTemplates'), contributed('noteTemplates')];
const LANGUAGES = ['en', 'es', 'fr', 'ar'];

test('there are letters and notes for what comes again and again', () => {
  expect(letters.map(({ id }) => id).sort()).toEqual(['appointment', 'id-fee-waiver', 'proof-of-stay']);
  expect(notes.map(({ id }) => id).sort()).toEqual(['call-to-provider', 'crisis', 'denial', 'visit']);
});

test('every one speaks every language, and fills in the same in each', () => {
  const texts: Localized[] = [
    ...notes.flatMap(({ label, headings }) => [label, ...headings]),
    ...letters.flatMap(({ label, description, to, asks, paragraphs, closing }) => [label, description!, to, closing, ...paragraphs, ...asks.map((ask) => ask.label)]),
  ]; // prettier-ignore
  expect(texts.filter((text) => typeof text === 'string' || LANGUAGES.some((language) => !text[language]))).toEqual([]);
  const places = (text = '') => [...new Set(text.match(/\{\w+\}/g))].sort();
  for (const { paragraphs } of letters)
    for (const paragraph of paragraphs as Record<string, string>[])
      for (const language of LANGUAGES) expect(places(paragraph[language])).toEqual(places(paragraph['en']));
});

test('a letter has room for nothing else', () => {
  const letter = { id: 'a', label: 'A', to: 'You', paragraphs: ['It is {diagnosis}.'], closing: 'Yours' };
  expect(LetterTemplate.safeParse(letter).error?.issues[0]?.message).toContain('"{diagnosis}" is nothing that a letter has');
  expect(LetterTemplate.safeParse({ ...letter, asks: [{ id: 'diagnosis', label: 'What' }] }).success).toBe(true);
});

test('headings stand below what is written already', () => {
  const visit = notes.find(({ id }) => id === 'visit')!;
  expect(beginNote(visit, 'en')).toMatch(/^What they said matters most:\n\n/);
  expect(beginNote(visit, 'es', 'Llamó.  ')).toMatch(/^Llamó\.\n\nLo que dijo que más le importa:\n/);
});

describe('of a client', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test('says what the record holds, and leaves a line for the rest', async () => {
    const worker = await hire(app, 'case_manager', { agency: 'Harbor House' });
    const { id } = await worker.call.people.create({
      entries: [{ payload: { kind: 'identity', mode: 'named', givenName: { value: 'Ana' }, familyName: { value: 'Ruiz' }, nameUsed: { value: 'Annie' } } }],
    }); // prettier-ignore
    const { entries, person } = await worker.call.people.get({ person: id });
    const values = letterValues(foldRecord(entries), {
      language: 'fr',
      since: person.createdAt,
      worker: 'Sam Lee',
      agency: 'Harbor House',
    });
    const proof = letters.find(({ id: one }) => one === 'proof-of-stay')!;
    const written = writeLetter(proof, 'fr', { ...values, address: '2 Quay Street' });
    expect(written.paragraphs[0]).toMatch(
      /^Nous attestons que Ana Ruiz, date de naissance _+, est hébergé\(e\) par Harbor House depuis _+\.$/,
    );
    expect(written.paragraphs.join()).toContain('2 Quay Street');
    // What staff call somebody is on no paper.
    expect(JSON.stringify(written)).not.toContain('Annie');
    expect(written.says.every((field) => (LETTER_FIELDS as readonly string[]).includes(field))).toBe(true);
    expect(written.says).not.toContain('birth_date');
    // Whoever may not see the name gets a line.
    const hidden = letterValues(foldRecord([]), { language: 'en', since: '', worker: 'Sam Lee', agency: 'Harbor House' });
    expect(Object.keys(hidden).sort()).toEqual(['agency', 'today', 'worker']);
  });

  test('that it was printed is on record, of those alone whose record one may open', async () => {
    const worker = await hire(app, 'case_manager', { agency: 'Harbor House' });
    const other = await hire(app, 'case_manager', { agency: 'Elsewhere' });
    const { id } = await worker.call.people.create({
      entries: [{ payload: { kind: 'identity', mode: 'alias', alias: { value: 'Blue' } } }],
    });
    await worker.call.people.letter({ person: id, template: 'appointment' });
    await expect(other.call.people.letter({ person: id, template: 'appointment' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(worker.call.people.letter({ person: id, template: 'my words' })).rejects.toThrow('There is no letter "my words"');
    const log = await worker.call.people.accessLog({ person: id });
    expect(log.filter(({ action }) => action === 'person.letter').map(({ why }) => why)).toEqual(['own appointment']);
    expect(log.some(({ action }) => action === 'person.refused')).toBe(true);
  });
});
