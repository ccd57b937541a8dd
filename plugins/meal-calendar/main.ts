// Free meals, day by day, as pages to print: whatever is a meal site or gives hot meals and costs nothing. What is not every
// week, or has hours that only prose tells, stands apart instead of being guessed at.

import { definePlugin, type ExportFile, type ExportRecord, type ExportSource } from '../../shared/plugin-api/index.ts';
import { WORDS, type Words } from './words.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const NEED = 'food.hot_meals';
const CLOSED = new Set(['inactive', 'defunct', 'temporarily closed']);

interface Meal {
  name: string;
  /** "11:30", or nothing. */
  from: string;
  until: string;
  where: string;
  phone: string;
  note: string;
}

interface Week {
  days: Meal[][];
  other: Meal[];
}

export default definePlugin({ exporters: { mealCalendar: writeCalendars } });

async function* writeCalendars(source: ExportSource): AsyncIterable<ExportFile> {
  const week: Week = { days: DAYS.map(() => []), other: [] };
  for await (const services of source.records('service')) await addMeals(week, source, services.filter(isMeal));
  const inOrder = (a: Meal, b: Meal) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  for (const meals of [...week.days, week.other]) meals.sort(inOrder);
  for (const [language, words] of Object.entries(WORDS)) yield { path: `meals-${language}.html`, chunks: [page(week, language, words)] };
}

function isMeal({ status, extra = {} }: ExportRecord<'service'>): boolean {
  if (CLOSED.has(String(status ?? ''))) return false;
  const needs = extra['waypost:need'];
  const stated = Array.isArray(needs) ? needs.map(String) : String(needs ?? '').split(/[;|]/);
  return extra['waypost:type'] === 'meal' || stated.some((need) => need.trim() === NEED);
}

async function addMeals(week: Week, source: ExportSource, services: ExportRecord<'service'>[]): Promise<void> {
  if (services.length === 0) return;
  const ids = services.map(({ id }) => id);
  const paid = new Set(
    (await source.where('cost_option', 'service_id', ids)).flatMap((cost) => (Number(cost.amount ?? 0) > 0 ? [cost.service_id] : [])),
  );
  const links = await source.where('service_at_location', 'service_id', ids);
  const places = links.flatMap(({ location_id: id }) => (typeof id === 'string' ? [id] : []));
  const [addresses, phones, ofServices, ofLinks] = [
    await source.where('address', 'location_id', places),
    await source.where('phone', 'service_id', ids),
    await source.where('schedule', 'service_id', ids),
    await source.where(
      'schedule',
      'service_at_location_id',
      links.map(({ id }) => id),
    ),
  ];
  for (const service of services) {
    if (paid.has(service.id)) continue;
    const own = links.filter((link) => link.service_id === service.id);
    for (const link of own.length > 0 ? own : [undefined]) {
      const at = link && ofLinks.filter((schedule) => schedule.service_at_location_id === link.id);
      const schedules = at && at.length > 0 ? at : ofServices.filter((schedule) => schedule.service_id === service.id);
      const address = addresses.find((one) => link !== undefined && one.location_id === link.location_id);
      const meal = {
        name: text(service.name),
        where: [address?.address_1, address?.city]
          .map(text)
          .filter((part) => part !== '')
          .join(', '),
        phone: text(phones.find((phone) => phone.service_id === service.id)?.number),
      };
      addSchedules(week, meal, schedules);
    }
  }
}

function addSchedules(week: Week, meal: Pick<Meal, 'name' | 'where' | 'phone'>, schedules: ExportRecord<'schedule'>[]): void {
  if (schedules.length === 0) week.other.push({ ...meal, from: '', until: '', note: '' });
  for (const { freq, interval, byday, opens_at, closes_at, description, notes } of schedules) {
    const days = text(byday)
      .split(',')
      .map((day) => DAYS.indexOf(day.trim().toUpperCase()));
    const isWeekly = (freq === 'WEEKLY' || freq === null || freq === undefined) && Number(interval ?? 1) === 1;
    const entry = { ...meal, from: text(opens_at).slice(0, 5), until: text(closes_at).slice(0, 5) };
    if (!isWeekly || entry.from === '' || days.includes(-1)) week.other.push({ ...entry, note: text(description) || text(notes) });
    else for (const day of new Set(days)) week.days[day]?.push({ ...entry, note: '' });
  }
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (value: string): string => value.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

function page({ days, other }: Week, language: string, words: Words): string {
  const list = (meals: readonly Meal[]) => (meals.length === 0 ? `<p>${escape(words.none)}</p>` : `<ul>${meals.map(line).join('')}</ul>`);
  const parts = days.map((meals, i) => `<section><h2>${escape(words.days[i] ?? '')}</h2>${list(meals)}</section>`);
  if (other.length > 0) parts.push(`<section class="other"><h2>${escape(words.other)}</h2>${list(other)}</section>`);
  return `<!doctype html>
<html lang="${language}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<title>${escape(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(words.title)}</h1>
<main>${parts.join('\n')}</main>
<footer>${escape(words.call)}</footer>
</body>
</html>
`;
}

function line({ name, from, until, where, phone, note }: Meal): string {
  const hours = [from, until].filter((time) => time !== '').join('–');
  const more = [where, phone, note].filter((part) => part !== '').map((part) => `<bdi>${escape(part)}</bdi>`);
  return `<li>${hours === '' ? '' : `<b dir="ltr">${escape(hours)}</b> `}<bdi class="name">${escape(name)}</bdi>${more.length > 0 ? `<br>${more.join(' · ')}` : ''}</li>`;
}

const STYLE = `
  @page { margin: 12mm; }
  body { font: 11pt/1.35 'Noto Sans', 'Noto Sans Arabic', system-ui, sans-serif; color: #111; margin: 0 auto; max-width: 190mm; }
  h1 { font-size: 20pt; margin: 0 0 4mm; }
  main { columns: 2; column-gap: 8mm; }
  section { break-inside: avoid; border-top: 2px solid #111; padding: 1mm 0 3mm; }
  .other { column-span: all; }
  h2 { font-size: 13pt; margin: 0 0 1mm; }
  ul { list-style: none; margin: 0; padding: 0; }
  li { margin: 0 0 2mm; break-inside: avoid; }
  .name { font-weight: 600; }
  p { margin: 0; color: #444; }
  footer { border-top: 1px solid #111; padding-top: 2mm; }
`;
