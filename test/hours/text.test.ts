// Hours in prose: each row is a text and what it must be read as; null is "left as text", which is never wrong.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDay, toByDay, toTimeOfDay } from '#shared/directory/hours-cells.ts';
import { readHours } from '#shared/directory/hours-text.ts';
import { toTimetable } from '#shared/directory/timetable-hsds.ts';

const WEEK = 'MO,TU,WE,TH,FR,SA,SU';
const WORKDAYS = 'MO,TU,WE,TH,FR';

/** "MO,TU 09:00-17:00; 1SA 10:00-12:00 (notes)" */
function told(text: string): string | null {
  const lines = readHours(text);
  return (
    lines &&
    lines
      .map(({ byday, opens, closes, validFrom, validTo, notes }) =>
        [`${byday} ${opens}-${closes}`, validFrom && `[${validFrom}..${validTo}]`, notes && `(${notes})`].filter((part) => part).join(' '),
      )
      .join('; ')
  );
}

describe('hours as text', () => {
  it.each<[string, string]>([
    // Days and times
    ['Mon-Fri 9am-5pm', `${WORKDAYS} 09:00-17:00`],
    ['Mon-Fri 9-5', `${WORKDAYS} 09:00-17:00`],
    ['Open Tuesday 9-1', 'TU 09:00-13:00'],
    ['M-F 8:30a-4:30p', `${WORKDAYS} 08:30-16:30`],
    ['Sun-Thu 9am-5pm', 'MO,TU,WE,TH,SU 09:00-17:00'],
    ['Weekdays 8-4:30, Sat 9-12', `${WORKDAYS} 08:00-16:30; SA 09:00-12:00`],
    ['MWF 10-12pm', 'MO,WE,FR 10:00-12:00'],
    ['Tues/Wed/Fri 9:00-1:00pm', 'TU,WE,FR 09:00-13:00'],
    ['Tue Wed Thu Sat 10:00am - 2:00pm', 'TU,WE,TH,SA 10:00-14:00'],
    ['Tues 10:00-11:00am, Wed 6:00-7:00pm', 'TU 10:00-11:00; WE 18:00-19:00'],
    ['Tuesdays and Fridays 2:30pm to 4pm', 'TU,FR 14:30-16:00'],
    ['Mondays 9am-11am & Thursdays 4pm-6pm', 'MO 09:00-11:00; TH 16:00-18:00'],
    ['8am-8pm Monday to Friday', `${WORKDAYS} 08:00-20:00`],
    ['Monday, Wednesday and Friday between 1pm to 4pm.', 'MO,WE,FR 13:00-16:00'],
    ['Sat 10pm - 2am', 'SA 22:00-02:00'],
    ['Friday 6pm - 8am', 'FR 18:00-08:00'],
    ['Weekly Tuesday 3:00PM 7:00PM', 'TU 15:00-19:00'],
    ['Every Wednesday 10:00 AM Noon', 'WE 10:00-12:00'],
    ['Monday: 9:00:00-12:00:00; Tuesday: 10:00:00-13:00:00, 10:00:00-13:00:00', 'MO 09:00-12:00; TU 10:00-13:00'],
    ['Monday: Closed Tuesday: 12:00 PM - 02:00 PM Wednesday: Closed', 'TU 12:00-14:00'],
    ['Sunday: Closed Monday: 8:30-12:00 , 13:00-17:00  Tuesday: 8:30-12:00', 'MO,TU 08:30-12:00; MO 13:00-17:00'],
    ['<tr><td>Monday</td><td><time>9:00 AM - 12:00 PM</time><time>1:00 PM - 5:00 PM</time></td></tr>', 'MO 09:00-12:00; MO 13:00-17:00'],
    ['Monday &amp; Wednesday 10am-2pm', 'MO,WE 10:00-14:00'],
    ['Mon - Fri, 0900 - 1700', `${WORKDAYS} 09:00-17:00`],
    ['Every night 7pm to 7am', `${WEEK} 19:00-07:00`],
    ['9 AM to 9 PM daily', `${WEEK} 09:00-21:00`],
    ['Mon – Thu: 9 a.m. – 4 p.m. | Fri: 9 a.m. – 12 p.m.', 'MO,TU,WE,TH 09:00-16:00; FR 09:00-12:00'],
    // Always, nearly always
    ['24/7', `${WEEK} 00:00-00:00`],
    ['Open 24 hours a day, 7 days a week', `${WEEK} 00:00-00:00`],
    ['weekdays and weekends 9am-5pm', `${WEEK} 09:00-17:00`],
    [
      'June - August: Mon 9-12; September - May: Mon 9-5',
      'MO 09:00-12:00 (From 1 June to 31 August each year); MO 09:00-17:00 (From 1 September to 31 May each year)',
    ],
    ['daily except Sunday 9-5', 'MO,TU,WE,TH,FR,SA 09:00-17:00'],
    ['Mon-Fri 9-5, closed Saturday and Sunday', `${WORKDAYS} 09:00-17:00`],
    // Of the month
    ['2nd Tuesday 9am-10am', '2TU 09:00-10:00'],
    ['1st and 3rd Saturday 10am–noon', '1SA,3SA 10:00-12:00'],
    ['2nd and last Tuesday of the month, 5-6:30pm', '2TU,-1TU 17:00-18:30'],
    ['1PM-3pm Last Saturday of Month', '-1SA 13:00-15:00'],
    ['Monday-Friday & last Saturday of the month 10:00am-12:30pm', `${WORKDAYS} 10:00-12:30; -1SA 10:00-12:30`],
    ['Every 3rd Tuesday of the month 12-3pm', '3TU 12:00-15:00'],
    ['1st & 3rd Saturday 12:00 pm -3:00 pm\\n Every Sunday 12:00 pm - 3:00 pm', '1SA,3SA 12:00-15:00; SU 12:00-15:00'],
    // Seasons, holidays, pauses, appointments
    ['Sept. to May: Mon-Fri 9am-5pm', `${WORKDAYS} 09:00-17:00 (From 1 September to 31 May each year)`],
    ['Mon 9am-1pm (June 15 - Aug 31)', 'MO 09:00-13:00 (From 15 June to 31 August each year)'],
    ['June 1, 2026 to August 31, 2026: Mon 9am-1pm', 'MO 09:00-13:00 [2026-06-01..2026-08-31]'],
    ['Mon-Fri 9-5, closed holidays', `${WORKDAYS} 09:00-17:00 (Closed on public holidays)`],
    ['2nd and 4th Thursday every month, 10:00am-12:00pm except holidays', '2TH,4TH 10:00-12:00 (Closed on public holidays)'],
    ['Mon-Fri 9-5. Closed Thanksgiving & Christmas.', `${WORKDAYS} 09:00-17:00 (Closed on Thanksgiving Day, Thanksgiving, Christmas Day)`],
    ['lundi 9h-17h, fermé le jour de l’an et Noël', "MO 09:00-17:00 (Closed on New Year's Day, Christmas Day)"],
    ['M-F 9:00-4:30 Closed 12:30-1:30 for lunch', `${WORKDAYS} 09:00-12:30; ${WORKDAYS} 13:30-16:30`],
    ['Mon-Fri 9:00-5:00 (closed for lunch 12-1)', `${WORKDAYS} 09:00-12:00; ${WORKDAYS} 13:00-17:00`],
    ['Daily 6pm-8am, October 15 - April 15', `${WEEK} 18:00-08:00 (From 15 October to 15 April each year)`],
    ['Mon-Fri 10am-5pm by appointment only', `${WORKDAYS} 10:00-17:00 (By appointment)`],
    ['Sat 10-11:45 or by appointment', 'SA 10:00-11:45 (Also by appointment)'],
    ['Mondays 10am-12:30pm, Friday by appointment', 'MO 10:00-12:30 (Also by appointment)'],
    ['Tuesday 4-6pm No appointment necessary', 'TU 16:00-18:00'],
    // Spanish
    ['lunes a viernes de 9 a 17', `${WORKDAYS} 09:00-17:00`],
    ['Lunes, miércoles y viernes de 9:00 a 13:00 y de 15:00 a 18:00', 'MO,WE,FR 09:00-13:00; MO,WE,FR 15:00-18:00'],
    ['martes y jueves de 9 a 5', 'TU,TH 09:00-17:00'],
    ['primer y tercer sábado de cada mes de 10 a.m. a 12 p.m.', '1SA,3SA 10:00-12:00'],
    ['último viernes del mes, 18:00 a 20:00 hrs', '-1FR 18:00-20:00'],
    ['sábados de 9 de la mañana a 2 de la tarde', 'SA 09:00-14:00'],
    ['todos los días las 24 horas', `${WEEK} 00:00-00:00`],
    ['todos los días excepto los domingos 8:00-20:00', 'MO,TU,WE,TH,FR,SA 08:00-20:00'],
    ['lunes a viernes 9 a.m. - 5 p.m., cerrado los festivos', `${WORKDAYS} 09:00-17:00 (Closed on public holidays)`],
    ['martes 9:00-13:00 con cita previa', 'TU 09:00-13:00 (By appointment)'],
    ['De septiembre a mayo: lunes de 9 a 12', 'MO 09:00-12:00 (From 1 September to 31 May each year)'],
    ['Horario de atención: lunes a viernes 9-5', `${WORKDAYS} 09:00-17:00`],
    ['Martes y jueves de 4 a 6 de la tarde', 'TU,TH 16:00-18:00'],
    // French
    ['lun. à ven. 9h-17h', `${WORKDAYS} 09:00-17:00`],
    ['du lundi au vendredi de 9h à 12h et de 14h à 17h30', `${WORKDAYS} 09:00-12:00; ${WORKDAYS} 14:00-17:30`],
    ['mar, jeu 9h30-12h', 'TU,TH 09:30-12:00'],
    ['le 1er et 3e samedi du mois, 10h-12h', '1SA,3SA 10:00-12:00'],
    ['tous les jours sauf le dimanche, 8h-20h', 'MO,TU,WE,TH,FR,SA 08:00-20:00'],
    ['Les mardis et jeudis, de 9 h 30 à 11 h 30', 'TU,TH 09:30-11:30'],
    ['Du lundi au jeudi : 9h00 - 12h30 / 13h30 - 17h00', 'MO,TU,WE,TH 09:00-12:30; MO,TU,WE,TH 13:30-17:00'],
    ['Lun-Ven: 9h - 17h; Sam: 10h - 13h; Dim: fermé', `${WORKDAYS} 09:00-17:00; SA 10:00-13:00`],
    ["Ouvert toute l'année, lundi-vendredi 9h-17h", `${WORKDAYS} 09:00-17:00`],
    ['samedi de 9h à midi', 'SA 09:00-12:00'],
    ['7j/7, 24h/24', `${WEEK} 00:00-00:00`],
    ['lundi au vendredi 9h-17h, fermé les jours fériés', `${WORKDAYS} 09:00-17:00 (Closed on public holidays)`],
    ['mardi et jeudi 14h-17h sur rendez-vous', 'TU,TH 14:00-17:00 (By appointment)'],
    ['du 1er juin au 31 août : lundi 9h-12h', 'MO 09:00-12:00 (From 1 June to 31 August each year)'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each([
    '',
    'Call for hours',
    'by appointment',
    '9am-5pm',
    'Tuesday',
    'First Sunday.',
    'Thursdays at 6pm',
    'M-S 9-12pm',
    'Fri-Mon 9am-5pm',
    'daily except Sunday',
    'Closed holidays',
    // Which week, which half of the day?
    'Every other Monday 9am-5pm',
    'Twice per month Saturday 10am-12pm',
    'monthly Sunday 2pm-4pm',
    'Every 3rd Tuesday 12-3pm',
    'Friday each month 1pm-4pm',
    'Saturdays monthly 9am-12pm',
    'Monthly\n1st Monday 9am-11am\nTuesday 9am-11am',
    'un lundi sur deux 9h-12h',
    'Third week of month Saturday 9:00 AM 12:00 PM',
    '2nd OR 3rd Tuesday 8:30-10:30am',
    '2nd Wed Wednesday 2:00 PM 3:00 PM',
    '1st and 3rd Wednesdays and Fridays 9am-5pm',
    '1st Monday 4pm-6pm, Thursday 9am-11am',
    'Daily Monday 8am-4pm',
    'Mon 8-8',
    'Mon 6-8',
    'Thursday 10:00 6:00',
    // Slips of the pen
    'Saturday: 10:00 PM - 02:00 PM',
    'Saturday 10:00pm 12:00pm',
    'Thursday: 12:00 AM - 03:00 PM',
    'Monday: 9:00-5:00 Tuesday: 9:00-17:00',
    'Friday: 8:30-17:00 Saturday: 21:00-17:00',
    'Monday 9am-9am',
    'Saturday: 10:00-12:00, 10:30-14:00',
    'Monday 9am-5pm, Monday closed',
    'Tuesday 9:30am-25:00',
    // Something is said that changes what is read
    'Tuesdays 2:30pm to 4pm (behind the hall)',
    'Temporarily closed. Monday 9am-5pm',
    'Mon 10-3 and 4-6pm (by appt only) Tues 10-3',
    'Wednesday 4pm-6pm\nBy appt only Saturday 10am-12pm',
    'Saturday 10am-12pm (closed 1st Saturday)',
    'Monday-Friday 9am-4pm. Closed Wednesdays 10:30am-1:00pm',
    'Mon & Fri 9am-12pm except holidays and school closures',
    'Mon 9-5, Sat 9-12 (June - August)',
    'Jan - Mar, Jul - Sep: Mon 9-5',
    'June - August: Mon 9-12; September - May',
    'Mon 9-5; June - August 9-12',
    'Mon-Fri 9-5 (Wed 9-7)',
    'EVERY TUES 9:00 AM 12:00 PM EMERGENCY',
    'Deliveries only Tues-Friday 9am-4pm',
    'Monday 9am-5pm by phone',
    'Mon-Fri 9am-5pm, closed Thanksgiving and in bad weather',
    'Mon-Fri 9am-5pm EST',
    'Hotline 24/7',
    'Mon-Fri: 7am - 7pm; weekends & holidays: 8am - 4pm',
    'Thursday until 8pm',
    'June 2026 Mon 9am-12pm',
    'El segundo martes de cada mes a las 10:00',
    'Fermé en août. Lundi 9h-17h',
    'lunes a viernes de 9 a 17, sábados consultar',
    'lundi 9h-17h (vacances scolaires : fermé)',
  ])('is left as it is: %s', (text) => {
    expect(readHours(text) ?? []).toEqual([]);
  });

  it('never throws, and any line that it gives is one that can be opened by', () => {
    const word = fc.constantFrom(
      ...'Mon Tuesday 1st 3rd last 9 9am 5pm 13:00 17h30 - , ; : ( ) & and to or closed except holidays daily every lunes à du 24/7 noon June 2026 appointment'.split(
        ' ',
      ),
      'by appointment',
      'of the month',
      '\n',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
          fc.string(),
        ),
        (text) => {
          for (const { freq, byday, opens, closes, validFrom, validTo, notes } of readHours(text) ?? []) {
            const row = {
              freq,
              byday,
              opens_at: opens,
              closes_at: closes,
              valid_from: validFrom ?? null,
              valid_to: validTo ?? null,
              notes: notes ?? null,
            };
            const read = toTimetable([row], 'America/Chicago');
            expect((read?.lines.length ?? 0) + (notes?.includes('By appointment') ? 1 : 0)).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('gives the same for a text and for the same text in capitals', () => {
    for (const text of ['Mon-Fri 9-5, closed holidays', 'lun. à ven. 9h-17h', '1st & 3rd Sat of the month 10am-noon']) {
      expect(told(text.toUpperCase())).toBe(told(text));
    }
  });
});

describe('cells of one day or one time', () => {
  it.each([
    ['Monday', 'MO'],
    ['wed.', 'WE'],
    ['jueves', 'TH'],
    ['Samedi', 'SA'],
    ['Monkey', undefined],
    ['Mon Tue', undefined],
    ['1', undefined],
  ])('day %s', (text, expected) => {
    const day = findDay(text);
    expect(day === undefined ? undefined : toByDay(day)).toBe(expected);
  });

  it.each([
    ['09:00', '09:00'],
    ['9:00:00', '09:00'],
    ['9am', '09:00'],
    ['4:00 PM', '16:00'],
    ['3pm', '15:00'],
    ['noon', '12:00'],
    ['24:00', '00:00'],
    ['17h30', '17:30'],
    ['09:00-05:00', '09:00'],
    ['9', null],
    ['25:00', null],
    ['13:75', null],
    ['soon', null],
  ])('time %s', (text, expected) => expect(toTimeOfDay(text)).toBe(expected));
});
