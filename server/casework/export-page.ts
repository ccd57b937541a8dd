// The page of a person's own record: one file that any browser shows and prints, with nothing to load. All text in it is theirs or
// staff's and is escaped.

import type { EntryPayload } from '#shared/casework/entry.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { localize } from '#shared/platform/localized.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { PersonFile } from './export.ts';
import { PAGE_WORDS, type PageLanguage } from './export-words.ts';

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar']);

export function drawPersonPage(
  file: PersonFile,
  { language, registry }: { language: PageLanguage; registry: ContributionRegistry },
): string {
  const words = PAGE_WORDS[language];
  const when = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const name = (id: string) => file.names[id] ?? words.somebody;
  const facts = new Map(
    registry
      .getPoint<FactDefinition>('facts')
      .all()
      .map(({ value }) => [value.id, value]),
  );
  const labels = (key: string) => {
    const fact = facts.get(key);
    return fact ? localize(fact.label, language) : toWords(key);
  };
  const entries = file.entries.map(({ at, author, agency, payload }) => {
    const { kind, ...fields } = payload;
    const head = `<h3>${escape(words.kinds[kind as EntryPayload['kind']])}</h3><p class="by">${when.format(new Date(at))} · ${escape(name(author))}, ${escape(name(agency))}</p>`;
    return `<article>${head}${drawFields(fields, labels)}</article>`;
  });
  const opened = file.opened.map(
    ({ at, actor, action, why, agency }) =>
      `<tr><td>${when.format(new Date(at))}</td><td>${escape(name(actor))}${agency ? `, ${escape(name(agency))}` : ''}</td><td>${escape(toWords(action.replace(/^\w+\./, '')))}</td><td>${escape(toWords(why))}</td></tr>`,
  );
  return `<!doctype html>
<html lang="${language}" dir="${RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${words.title}</title>
<style>
  body { font: 1rem/1.5 'Noto Sans', system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1b1d22; background: #fff; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
  article { border-block-start: 1px solid #8a8a85; padding: .75rem 0; break-inside: avoid; }
  .by { color: #55585f; margin: 0 0 .25rem; font-size: .875rem; }
  .notice { border-inline-start: 4px solid #b3261e; padding-inline-start: .75rem; }
  dl { margin: 0; display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .125rem 1rem; } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  dl dl { grid-column: 1 / -1; } ol, ul { margin: 0; padding-inline-start: 1.25rem; }
  table { border-collapse: collapse; width: 100%; font-size: .875rem; } td, th { text-align: start; padding: .25rem .5rem; border-block-end: 1px solid #c9c8c2; vertical-align: top; }
</style>
</head>
<body>
<h1>${words.title}</h1>
<p>${escape(words.intro.replace('{agency}', file.agency).replace('{date}', when.format(new Date(file.made))))}</p>
${file.notices.map((notice) => `<p class="notice">${escape(notice)}</p>`).join('\n')}
<p>${words.correct}</p>
<h2>${words.entries}</h2>
${entries.join('\n')}
<h2>${words.opened}</h2>
<table><thead><tr><th>${words.when}</th><th>${words.who}</th><th>${words.what}</th><th>${words.why}</th></tr></thead>
<tbody>${opened.join('\n')}</tbody></table>
</body>
</html>
`;
}

/** A value as nested lists; what is absent is left out. */
function drawFields(value: unknown, labels: (key: string) => string): string {
  if (Array.isArray(value)) return `<ul>${value.map((item) => `<li>${drawFields(item, labels)}</li>`).join('')}</ul>`;
  if (typeof value === 'object' && value !== null) {
    const { value: told, ...rest } = value as Record<string, unknown>;
    // Something told is shown as what was told.
    if (told !== undefined && Object.keys(rest).length === 0) return drawFields(told, labels);
    const rows = Object.entries(value).filter(([, field]) => field !== undefined && !(Array.isArray(field) && field.length === 0));
    return `<dl>${rows.map(([key, field]) => `<dt>${escape(labels(key))}</dt><dd>${drawFields(field, labels)}</dd>`).join('')}</dl>`;
  }
  const text = String(value);
  return escape(typeof value === 'string' && /^[a-z]+([._][a-z]+)+$/.test(text) ? labels(text) : text);
}

/** "given_name" and "givenName" as "Given name". */
function toWords(key: string): string {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[._]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
