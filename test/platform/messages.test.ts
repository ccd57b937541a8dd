import { expect, test } from 'vitest';
import { createMessages } from '#shared/platform/messages.ts';

const bundles = [
  ['en', { hello: 'Hello {name}', count: '{count, plural, one {# service} other {# services}}', only: 'Only English', tag: 'a < b' }],
  ['es', { hello: 'Hola {name}', count: '{count, plural, one {# servicio} other {# servicios}}', broken: '{' }],
  [
    'ar',
    {
      call: 'اتصل بـ {name}: {phone}.',
      gone: '{n, plural, one {{name}} other {{name} و#}}',
      count: '{count, plural, zero {لا خدمات} one {خدمة} two {خدمتان} few {# خدمات} many {# خدمة} other {# خدمة}}',
    },
  ],
  ['es', { hello: 'Buenas, {name}' }],
] as const;

test.each([
  ['en', 'hello', { name: 'Ana' }, 'Hello Ana'],
  ['es', 'hello', { name: 'Ana' }, 'Buenas, Ana'],
  ['es-MX', 'count', { count: 2 }, '2 servicios'],
  ['es', 'only', {}, 'Only English'],
  ['ar', 'count', { count: 2 }, 'خدمتان'],
  ['ar', 'call', { name: 'Lock St.', phone: '555-0142' }, 'اتصل بـ \u2068Lock St.\u2069: \u2068555-0142\u2069.'],
  ['ar', 'gone', { n: 1, name: 'Lock St.' }, '\u2068Lock St.\u2069'],
  ['fr', 'count', { count: 1 }, '1 service'],
  ['en', 'tag', {}, 'a < b'],
  ['es', 'nowhere', {}, 'nowhere'],
  ['es', 'broken', {}, 'broken'],
  ['es', 'hello', {}, 'hello'],
  ['not a language', 'hello', { name: 'Ana' }, 'Hello Ana'],
])('%s %s %j: %s', (language, id, values, text) => {
  expect(createMessages({ language, bundles }).format(id, values)).toBe(text);
});

test('lists, numbers and dates follow the language', () => {
  const es = createMessages({ language: 'es', bundles });
  expect([es.list(['a', 'b', 'c']), es.list(['a', 'b'], 'or'), es.number(1234.5)]).toEqual(['a, b y c', 'a o b', '1234,5']);
  expect(es.date(new Date('2026-05-01T00:00:00Z'))).toBe('1 may 2026');
});
