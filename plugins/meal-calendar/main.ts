// The week's free meals as a page to print: whatever is a meal site or gives hot meals and costs nothing. What is given every
// day, or from Monday to Friday, stands once; what is not every week, or has hours that only prose tells, stands apart instead of
// being guessed at.

import { definePlugin, type ExportFile, type ExportRecord, type ExportSource } from '../../shared/plugin-api/index.ts';
import { page } from './page.ts';
import { WORDS } from './words.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const WORKING = [0, 1, 2, 3, 4];
const NEED = 'food.hot_meals';
const CLOSED = new Set(['inactive', 'defunct', 'temporarily closed']);

/** A meal at a place, by hour. */
export interface Meal {
  name: string;
  /** "11:30", or nothing. */
  from: string;
  until: string;
  where: string;
  phone: string;
  note: string;
}

export interface Week {
  everyDay: Meal[];
  /** From Monday to Friday. */
  weekdays: Meal[];
  /** Beside those, Monday first. */
  days: Meal[][];
  other: Meal[];
  /** Day of the last check of any of them, or nothing. */
  asOf: string;
}

/** What is found: a meal, and on which days it is given. */
interface Found {
  /** By all that tells it from others. */
  weekly: Map<string, { meal: Meal; days: Set<number> }>;
  other: Meal[];
  asOf: string;
}

export default definePlugin({ exporters: { mealCalendar: writeCalendars } });

async function* writeCalendars(source: ExportSource): AsyncIterable<ExportFile> {
  const found: Found = { weekly: new Map(), other: [], asOf: '' };
  for await (const services of source.records('service')) await addMeals(found, source, services.filter(isMeal));
  const week = toWeek(found);
  for (const [language, words] of Object.entries(WORDS)) yield { path: `meals-${language}.html`, chunks: [page(week, language, words)] };
}

function toWeek({ weekly, other, asOf }: Found): Week {
  const week: Week = { everyDay: [], weekdays: [], days: DAYS.map(() => []), other, asOf };
  for (const { meal, days } of weekly.values()) {
    const left = new Set(days);
    if (left.size === DAYS.length) {
      week.everyDay.push(meal);
      continue;
    }
    if (WORKING.every((day) => left.has(day))) {
      week.weekdays.push(meal);
      for (const day of WORKING) left.delete(day);
    }
    for (const day of left) week.days[day]?.push(meal);
  }
  const inOrder = (a: Meal, b: Meal) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  for (const meals of [week.everyDay, week.weekdays, ...week.days, week.other]) meals.sort(inOrder);
  return week;
}

function isMeal({ status, extra = {} }: ExportRecord<'service'>): boolean {
  if (CLOSED.has(String(status ?? ''))) return false;
  const needs = extra['waypost:need'];
  const stated = Array.isArray(needs) ? needs.map(String) : String(needs ?? '').split(/[;|]/);
  return extra['waypost:type'] === 'meal' || stated.some((need) => need.trim() === NEED);
}

async function addMeals(found: Found, source: ExportSource, services: ExportRecord<'service'>[]): Promise<void> {
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
    const checked = text(service.assured_date).slice(0, 10);
    if (checked > found.asOf) found.asOf = checked;
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
      addSchedules(found, meal, schedules);
    }
  }
}

function addSchedules({ weekly, other }: Found, meal: Pick<Meal, 'name' | 'where' | 'phone'>, schedules: ExportRecord<'schedule'>[]): void {
  if (schedules.length === 0) other.push({ ...meal, from: '', until: '', note: '' });
  for (const { freq, interval, byday, opens_at, closes_at, description, notes } of schedules) {
    const days = text(byday)
      .split(',')
      .map((day) => DAYS.indexOf(day.trim().toUpperCase()));
    const isWeekly = (freq === 'WEEKLY' || freq === null || freq === undefined) && Number(interval ?? 1) === 1;
    const entry = { ...meal, from: text(opens_at).slice(0, 5), until: text(closes_at).slice(0, 5), note: '' };
    if (!isWeekly || entry.from === '' || days.includes(-1)) {
      other.push({ ...entry, note: text(description) || text(notes) });
      continue;
    }
    const key = Object.values(entry).join('\n');
    const known = weekly.get(key) ?? { meal: entry, days: new Set() };
    weekly.set(key, known);
    for (const day of days) known.days.add(day);
  }
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
