// The page of a person's own record: one file that any browser shows and prints, with nothing to load. All text in it is theirs or
// staff's and is escaped.

import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { createEntrySayer, type EntrySayer } from './export-say.ts';
import { PAGE_WORDS, type PageLanguage } from './export-words.ts';
import type { PersonFile } from './export.ts';

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar']);

export function drawPersonPage(
  file: PersonFile,
  { language, registry }: { language: PageLanguage; registry: ContributionRegistry },
): string {
  const words = PAGE_WORDS[language];
  const say = createEntrySayer(file.entries, { language, registry });
  const name = (id: string) => file.names[id] ?? words.somebody;
  const entries = file.entries.map(({ at, author, agency, payload }) => {
    const { kind, ...fields } = payload;
    const head = `<h3>${escape(words.kinds[kind])}</h3><p class="by">${say.moment(at)} · ${escape(name(author))}, ${escape(name(agency))}</p>`;
    return `<article>${head}${drawFields('', fields, say)}</article>`;
  });
  const opened = file.opened.map(
    ({ at, actor, action, why, agency }) =>
      `<tr><td>${say.moment(at)}</td><td>${escape(name(actor))}${agency ? `, ${escape(name(agency))}` : ''}</td><td>${escape(say.done(action))}</td><td>${escape(say.right(why))}</td></tr>`,
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
<p>${escape(words.intro.replace('{agency}', file.agency).replace('{date}', say.moment(file.made)))}</p>
${file.notices.length > 0 ? `<p class="notice">${escape(words.substanceUse)}</p>` : ''}
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

/** A value as nested lists; what is absent, or says nothing to a person, is left out. */
function drawFields(key: string, value: unknown, say: EntrySayer): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => drawFields(key, item, say)).filter(Boolean);
    return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
  }
  if (typeof value !== 'object' || value === null) return escape(say.value(key, value as string | number | boolean) ?? '');
  const { value: told, ...rest } = value as Record<string, unknown>;
  // Something told is shown as what was told.
  if (told !== undefined && Object.keys(rest).length === 0) return drawFields(key, told, say);
  const rows = Object.entries(value).flatMap(([field, of]) => {
    const drawn = of === undefined ? '' : field === 'kind' ? '' : drawFields(field, of, say);
    return drawn === '' ? [] : [`<dt>${escape(say.field(field))}</dt><dd>${drawn}</dd>`];
  });
  return rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
