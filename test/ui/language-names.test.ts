// Names of languages: those that browsers know, those that they do not, and what is no language at all.

import { expect, test } from 'vitest';
import { languageName } from '#client/ui/language-names.ts';
import { messages } from '#client/ui/messages.ts';

const reader = (locale: string) => ({ locale, t: (id: string) => messages[id] ?? id });

test.each([
  ['es', 'en', 'Spanish'],
  ['es', 'es', 'español'],
  ['ase', 'en', 'American Sign Language'],
  ['ASE', 'en', 'American Sign Language'],
  ['mam', 'en', 'Mam'],
  ['Creole, Haitian', 'en', 'Creole, Haitian'],
  ['xx', 'en', 'xx'],
  ['es', 'no locale at all', 'es'],
  ['constructor', 'en', 'constructor'],
])('%s in %s is %s', (code, locale, expected) => {
  expect(languageName(code, reader(locale))).toBe(expected);
});
