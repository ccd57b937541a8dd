// Opening hours as they are found in real directories: split, late, past midnight, monthly, seasonal, by appointment, or only in words.

import type { ExportRecord } from '../../../shared/plugin-api/index.ts';

type Row = Partial<Omit<ExportRecord<'schedule'>, 'id'>>;

const every = 'MO,TU,WE,TH,FR,SA,SU';
const weekdays = 'MO,TU,WE,TH,FR';

const weekly = (byday: string, opens_at: string, closes_at: string): Row => ({ freq: 'WEEKLY', byday, opens_at, closes_at });
const monthly = (byday: string, opens_at: string, closes_at: string): Row => ({ freq: 'MONTHLY', byday, opens_at, closes_at });
const words = (description: string): Row => ({ description });
const between = (valid_from: string, valid_to: string, row: Row): Row => ({ ...row, valid_from, valid_to });
const closedOn = (date: string, notes: string): Row => ({ valid_from: date, valid_to: date, notes });

const HOURS = {
  office: [weekly(weekdays, '09:00', '17:00')],
  officeEarly: [weekly(weekdays, '08:00', '16:30')],
  officeLunch: [weekly(weekdays, '09:00', '12:00'), weekly(weekdays, '13:00', '16:30')],
  officeLate: [weekly('MO,TU,TH,FR', '09:00', '17:00'), weekly('WE', '10:00', '19:00')],
  riverside: [
    weekly('MO,TU,TH', '09:00', '12:00'),
    weekly('MO,TU,TH', '13:00', '17:00'),
    weekly('WE', '13:00', '19:00'),
    weekly('SA', '10:00', '13:00'),
    closedOn('2026-11-26', 'Thanksgiving'),
  ],
  twoMornings: [weekly('TU,TH', '09:30', '12:00')],
  threeAfternoons: [weekly('MO,WE,FR', '13:00', '16:00')],
  splitDays: [weekly('MO,WE', '10:00', '12:00'), weekly('MO,WE', '14:00', '18:00'), weekly('FR', '10:00', '13:00')],
  saturday: [weekly('SA', '09:00', '12:00')],
  saturdayAndEvening: [weekly('TH', '16:00', '19:00'), weekly('SA', '09:30', '12:30')],
  evenings: [weekly('MO,WE', '17:00', '20:00')],
  lateEvenings: [weekly('TU,TH', '18:00', '21:00')],
  firstThird: [monthly('1SA,3SA', '10:00', '13:00')],
  lastFriday: [monthly('-1FR', '15:00', '18:00')],
  secondTuesday: [monthly('2TU', '13:00', '15:30')],
  everyOtherWednesday: [{ ...weekly('WE', '10:00', '14:00'), interval: 2, dtstart: '2026-01-07' }],
  breakfast: [weekly(every, '07:00', '09:30')],
  lunch: [weekly(weekdays, '11:30', '13:00')],
  lunchEveryDay: [weekly(every, '11:45', '13:15')],
  dinner: [weekly(every, '16:30', '19:30')],
  dinnerWeekdays: [weekly(weekdays, '17:00', '18:30')],
  sundayLunch: [weekly('SU', '13:00', '15:00')],
  twoMeals: [weekly(weekdays, '08:00', '09:30'), weekly(weekdays, '12:00', '13:30'), weekly('SA,SU', '10:00', '12:00')],
  night: [weekly(every, '18:00', '07:00')],
  lateNight: [weekly(every, '20:00', '08:00')],
  winterNights: [between('2026-11-01', '2027-03-31', weekly(every, '19:00', '07:00'))],
  always: [weekly(every, '00:00', '00:00')],
  dayCenter: [weekly(every, '08:00', '16:00')],
  dayCenterSplit: [weekly('MO,TU,WE,TH,FR,SA', '08:30', '11:30'), weekly('MO,TU,WE,TH,FR,SA', '13:30', '17:00')],
  clinic: [weekly('MO,TU,WE,TH', '08:00', '19:00'), weekly('FR', '08:00', '17:00')],
  clinicSaturday: [weekly(weekdays, '08:30', '17:30'), weekly('SA', '09:00', '13:00')],
  walkIn: [weekly(every, '09:00', '20:00')],
  mobile: [weekly('TU', '10:00', '14:00'), weekly('FR', '15:00', '18:00')],
  afterSchool: [between('2026-09-01', '2027-06-11', weekly(weekdays, '14:30', '18:00'))],
  childcare: [weekly(weekdays, '07:00', '18:00')],
  taxSeason: [
    between('2027-01-25', '2027-04-15', weekly('TU,TH', '16:00', '20:00')),
    between('2027-01-25', '2027-04-15', weekly('SA', '09:00', '14:00')),
  ],
  fullWeek: [weekly(weekdays, '08:00', '20:00'), weekly('SA,SU', '10:00', '16:00')],
  meetings: [weekly('MO,TH', '19:00', '20:30'), weekly('SU', '10:00', '11:00')],
  meetingsDaily: [weekly(every, '12:00', '13:00'), weekly(weekdays, '18:30', '19:30')],
  appointment: [words('By appointment. Call Monday to Friday, 9 to 4, to set a time.')],
  sideDoor: [words('Most weekday mornings. Ring the bell at the side door.')],
  untilGone: [words('Second and fourth Saturdays from 9 until the food is gone, usually about noon.')],
  afterService: [words('Sundays after the noon service, and other days when someone is in the office.')],
  callFirst: [words('Hours change from week to week: please call first.')],
} satisfies Record<string, Row[]>;

export type HoursKind = keyof typeof HOURS;

/** Rows of a kind of hours; offices close on the holidays ahead. */
export function hoursOf(kind: HoursKind, closesOnHolidays: boolean): Row[] {
  const rows: Row[] = HOURS[kind];
  const regular = rows.some(({ freq, valid_from }) => freq === 'WEEKLY' && !valid_from);
  if (!closesOnHolidays || !regular || kind === 'riverside' || kind === 'always') return rows;
  return [...rows, closedOn('2026-11-26', 'Thanksgiving'), closedOn('2026-12-25', 'Christmas')];
}
