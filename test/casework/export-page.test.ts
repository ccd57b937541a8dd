// The page of a person's own record speaks the language that was asked for: every field and closed word that an entry can have has
// its word in each of them, held to the schema; and a page made of all kinds of entries shows no word of ours in English.

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EntryPayload } from '#shared/casework/entry.ts';
import { RELATIONS } from '#shared/casework/access.ts';
import { FIELD_WORDS } from '#server/casework/export-fields.ts';
import { DONE_WORDS, RIGHT_WORDS, VALUE_WORDS } from '#server/casework/export-values.ts';
import { PAGE_LANGUAGES } from '#server/casework/export-words.ts';
import { addDemoPeople } from '#server/casework/demo.ts';
import { TEST_PASSWORD, testApp } from '../support/test-app.ts';
import { callAs, hire } from './staff.ts';

/** Ids and what only machines read. */
const NO_FIELD = ['kind', 'id', 'personId', 'serviceId', 'locationId', 'referralId', 'sitting', 'recipient', 'cell', 'value'];

type Schema = { [key: string]: unknown };

/** Every field of an entry, and the words that a closed one may hold. */
function listWords(): { fields: Set<string>; values: [string, string][] } {
  const root = z.toJSONSchema(EntryPayload, { unrepresentable: 'any', io: 'output' }) as Schema;
  const fields = new Set<string>();
  const values: [string, string][] = [];
  const seen = new Set<unknown>();
  const walk = (node: unknown, key: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const schema = node as Schema;
    if (typeof schema['$ref'] === 'string') {
      const at = `${key} ${schema['$ref']}`;
      if (seen.has(at)) return;
      seen.add(at);
      return walk(schema['$ref'].split('/').slice(1).reduce<unknown>((part, name) => (part as Schema)[name], root), key); // prettier-ignore
    }
    const closed = [...((schema['enum'] as unknown[] | undefined) ?? []), ...('const' in schema ? [schema['const']] : [])];
    if (key !== 'kind') for (const value of closed) values.push([key, String(value)]);
    for (const [name, field] of Object.entries((schema['properties'] as Schema | undefined) ?? {})) {
      fields.add(name);
      walk(field, name);
    }
    for (const many of ['anyOf', 'oneOf', 'allOf']) for (const one of (schema[many] as unknown[] | undefined) ?? []) walk(one, key);
    walk(schema['items'], key);
    walk(schema['additionalProperties'], key);
  };
  walk(root, '');
  return { fields, values };
}

describe('the page of a person’s own record', () => {
  it('has a word for every field of an entry and every word that a closed field may hold', () => {
    const { fields, values } = listWords();
    expect(fields.size).toBeGreaterThan(100);
    expect(values.length).toBeGreaterThan(200);
    expect([...fields].filter((field) => !NO_FIELD.includes(field) && !(field in FIELD_WORDS))).toEqual([]);
    expect(values.filter(([field, word]) => !(`${field}.${word}` in VALUE_WORDS) && !(word in VALUE_WORDS))).toEqual([]);
    expect(RELATIONS.filter((relation) => !(relation in RIGHT_WORDS))).toEqual([]);
    for (const [id, term] of [FIELD_WORDS, VALUE_WORDS, DONE_WORDS, RIGHT_WORDS].flatMap((words) => Object.entries(words)))
      expect([id, term.filter((word) => word.trim() === '').length, term.length]).toEqual([id, 0, PAGE_LANGUAGES.length]);
  });

  it('says everything of the made-up people in the language asked for, and nothing of ours in another', async () => {
    await using app = await testApp();
    const { workers } = await addDemoPeople(app.deps, TEST_PASSWORD);
    const boss = workers.find(({ role }) => role === 'supervisor')!;
    const account = await app.deps.db.selectFrom('account').select('id').where('email', '=', boss.email).executeTakeFirstOrThrow();
    const agency = await app.deps.db.selectFrom('agency').selectAll().where('name', '=', boss.agency).executeTakeFirstOrThrow();
    const member = await hire(app, 'supervisor', { agency: boss.agency });
    const actor = {
      ...member.actor,
      user: { ...member.actor.user!, id: account.id },
      agency: { id: agency.id, name: agency.name, team: null },
    };
    const people = await app.deps.casework.db.selectFrom('person').select('id').where('agency_id', '=', agency.id).limit(12).execute();
    await app.deps.casework.db.updateTable('person').set({ worker_id: account.id }).where('agency_id', '=', agency.id).execute();
    const call = callAs(app.deps, actor);
    // A word with an underscore or a capital inside is one of ours that was not translated; so is a field that stands as it is named.
    const raw =
      /<d[td]>[a-z]+(?:_[a-z]+|[A-Z][a-z]+)+<\/d[td]>|<td>[a-z_]+\.[a-z_]+<\/td>|<dd>(?:true|false|not_asked|unknown|declined)<\/dd>/g;
    for (const { id } of people) {
      for (const language of PAGE_LANGUAGES) {
        const page = await call.people.exportPage({ person: id, language });
        expect([language, page.match(raw)]).toEqual([language, null]);
        expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
      }
    }
  });
});
