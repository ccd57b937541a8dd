// The page that hangs on the wall: what is always there first, then the days, in two columns that break between meals. No text of
// a listing becomes markup.

import type { Meal, Week } from './main.ts';
import type { Words } from './words.ts';

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (value: string): string => value.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

export function page({ everyDay, weekdays, days, other, asOf }: Week, language: string, words: Words): string {
  const always = [
    ...(everyDay.length > 0 ? [section(words.everyDay, everyDay, words, 'always')] : []),
    ...(weekdays.length > 0 ? [section(words.weekdays, weekdays, words, 'always')] : []),
  ];
  const parts = days.map((meals, i) => {
    const more = everyDay.length > 0 || (i < 5 && weekdays.length > 0);
    return section(words.days[i] ?? '', meals, more ? { ...words, none: words.noneMore } : words);
  });
  if (other.length > 0) parts.push(section(words.other, other, words, 'other'));
  return `<!doctype html>
<html lang="${language}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<title>${escape(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(words.title)}</h1>
<main>${[...always, ...parts].join('\n')}</main>
<footer><p>${escape(words.call)}</p>${asOf === '' ? '' : `<p>${escape(words.asOf)} <bdi>${escape(asOf)}</bdi></p>`}</footer>
</body>
</html>
`;
}

function section(title: string, meals: readonly Meal[], words: Words, kind = ''): string {
  const list =
    meals.length === 0 ? `<p>${escape(words.none)}</p>` : `<ul>${meals.map((meal) => `<li>${line(meal, words)}</li>`).join('')}</ul>`;
  return `<section${kind === '' ? '' : ` class="${kind}"`}><h2>${escape(title)}</h2>${list}</section>`;
}

function line({ name, from, until, where, phone, note }: Meal, { halfDays }: Words): string {
  const hours = [from, until]
    .filter((time) => time !== '')
    .map((time) => (halfDays ? inHalfDays(time) : time))
    .join('–');
  const more = [where, phone, note].filter((part) => part !== '').map((part) => `<bdi>${escape(part)}</bdi>`);
  return `${hours === '' ? '' : `<b dir="ltr">${escape(hours)}</b> `}<bdi class="name">${escape(name)}</bdi>${more.length > 0 ? `<br>${more.join(' · ')}` : ''}`;
}

/** "16:30" → "4:30 pm". What is no time stays as it is. */
function inHalfDays(time: string): string {
  const [, hours = '', minutes = ''] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  if (hours === '') return time;
  const hour = Number(hours) % 24;
  return `${hour % 12 || 12}${minutes === '00' ? '' : `:${minutes}`} ${hour < 12 ? 'am' : 'pm'}`;
}

const STYLE = `
  @page { margin: 11mm; }
  body { font: 10pt/1.3 'Noto Sans', 'Noto Sans Arabic', system-ui, sans-serif; color: #111; margin: 0 auto; max-width: 195mm; }
  h1 { font-size: 22pt; line-height: 1.1; margin: 0 0 4mm; padding-bottom: 2mm; border-bottom: 1.2mm solid #111; }
  main { columns: 2; column-gap: 8mm; column-rule: 0.2mm solid #999; }
  section { margin-bottom: 3mm; }
  h2 { font-size: 12.5pt; margin: 0 0 1.2mm; padding: 0.6mm 2mm; background: #e6e6e6; break-after: avoid; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .always h2 { background: #111; color: #fff; }
  ul { list-style: none; margin: 0; padding: 0; }
  li { margin: 0 0 1.4mm; break-inside: avoid; }
  li:first-child { break-before: avoid; }
  b { white-space: nowrap; }
  .name { font-weight: 600; }
  p { margin: 0; color: #333; }
  footer { display: flex; justify-content: space-between; gap: 8mm; border-top: 0.5mm solid #111; margin-top: 3mm; padding-top: 2mm; }
`;
