// What a person told is behind one door: one file knows the table, and those that may read or add entries are named here. A new
// one is a decision: whoever gets entries without `openPerson` answers for access, consent and audit itself.

import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const READERS = ['calendar.ts', 'erase.ts', 'known-facts.ts', 'opened-person.ts', 'people.ts', 'referral-store.ts', 'unmet.ts'];

const code = (pattern: string) => globSync(pattern).map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));

it('one file of the server knows the table of entries', () => {
  const naming = code('{server,shared,client,plugins}/**/*.{ts,svelte}').filter(({ text }) => /person_entry/.test(text));
  const outside = naming.map(({ path }) => path).filter((path) => !path.startsWith('server/db/casework'));
  expect(outside).toEqual(['server/casework/entries.ts']);
});

it('entries are read and added by those who answer for it', () => {
  const imports = /import \{[^}]*\b(?:read|insert|delete)Entries\b[^}]*\} from '[^']*\/entries\.ts'/;
  const readers = code('server/**/*.ts').filter(({ text }) => imports.test(text));
  expect(readers.map(({ path }) => path).sort()).toEqual(READERS.map((name) => `server/casework/${name}`));
});
