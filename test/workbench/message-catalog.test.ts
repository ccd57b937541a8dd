// Texts by language: fall-back, plurals, direction, and bundles that come and go.

import { expect, test } from 'vitest';
import { MessageCatalog, toLocale } from '#client/workbench/message-catalog.ts';

function catalog(): MessageCatalog {
  const messages = new MessageCatalog();
  messages.register({
    'a.plain': 'Find help',
    'a.count': '{count, plural, one {# service} other {# services}}',
    'a.only': 'Only English',
    'a.number': '{n, number}',
  });
  messages.addLanguage({ language: 'ar', label: 'العربية', direction: 'rtl' });
  messages.addLanguage({ language: 'es', label: 'Español', direction: 'ltr' });
  messages.addBundle('es', { 'a.plain': 'Buscar ayuda', 'a.count': '{count, plural, one {# servicio} other {# servicios}}' });
  messages.addBundle('ar', {
    'a.count': '{count, plural, zero {لا خدمات} one {خدمة واحدة} two {خدمتان} few {# خدمات} many {# خدمة} other {# خدمة}}',
    'a.number': '{n, number}',
  });
  return messages;
}

test.each<[string, string, Record<string, unknown> | undefined, string]>([
  ['en', 'a.plain', undefined, 'Find help'],
  ['es', 'a.plain', undefined, 'Buscar ayuda'],
  ['es', 'a.only', undefined, 'Only English'],
  ['fr', 'a.plain', undefined, 'Find help'],
  ['en', 'a.count', { count: 1 }, '1 service'],
  ['es', 'a.count', { count: 3 }, '3 servicios'],
  ['ar', 'a.count', { count: 2 }, 'خدمتان'],
  ['ar', 'a.count', { count: 5 }, '5 خدمات'],
  ['ar', 'a.number', { n: 1234 }, '1,234'],
  ['en', 'no.such.id', undefined, 'no.such.id'],
])('%s %s', (language, id, values, expected) => {
  expect(catalog().format(language, id, values)).toBe(expected);
});

test('a later bundle is heard, and a feature that leaves takes its words along', () => {
  const messages = catalog();
  expect(messages.format('es', 'a.only')).toBe('Only English');
  messages.addBundle('es', { 'a.only': 'Solo {count, plural, other {#}}' });
  expect(messages.format('es', 'a.only', { count: 2 })).toBe('Solo 2');
  const more = messages.register({ 'b.more': 'More' });
  expect(messages.format('en', 'b.more')).toBe('More');
  more.dispose();
  expect(messages.format('en', 'b.more')).toBe('b.more');
  expect(messages.format('en', 'a.plain')).toBe('Find help');
});

test.each<[string[], string]>([
  [['es-MX', 'en'], 'es'],
  [['de', 'ar'], 'ar'],
  [['de'], 'en'],
  [[], 'en'],
])('of the wishes %j the language is %s', (wishes, expected) => {
  expect(catalog().chooseLanguage(wishes)).toBe(expected);
});

test('direction and digits', () => {
  expect(catalog().directionOf('ar')).toBe('rtl');
  expect(catalog().directionOf('he')).toBe('rtl');
  expect(catalog().directionOf('fr')).toBe('ltr');
  expect(new Intl.NumberFormat(toLocale('ar-EG')).format(15)).toBe('15');
  expect(toLocale('fr')).toBe('fr');
});

test('hours, days and distances are written as the reader’s country writes them, where their browser says which', () => {
  const hour = (locale: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(0));
  expect(hour(toLocale('en', ['cy', 'en-GB', 'en-US']))).toBe('00:00');
  expect(hour(toLocale('en', ['en-US']))).toMatch(/12:00\sAM/);
  expect(toLocale('es', ['en-GB'])).toBe('es');
  expect(new Intl.NumberFormat(toLocale('ar', ['ar-EG-u-nu-arab'])).format(15)).toBe('15');
});
