import { createIntl } from '@formatjs/intl';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messages } from '#client/handout/messages.ts';
import { brief, messageSize, QR_BYTES, textMessage, utf8Length } from '#shared/handout/brief.ts';
import { composeHandout, type HandoutSource } from '#shared/handout/compose.ts';
import { HandoutContent, withoutStart } from '#shared/handout/content.ts';
import type { OpenDay } from '#shared/directory/timetable.ts';
import { hoursInWords } from '#shared/handout/hours.ts';
import { HandoutTemplate } from '#shared/handout/template.ts';

const intl = createIntl({ locale: 'en', messages });
const say = (id: string, values?: Record<string, unknown>) => intl.formatMessage({ id }, values as never) as string;

/** A week that starts on `today` (1 is Monday), with spans in hours by weekday. */
function week(today: number, hours: Partial<Record<number, [number, number][]>>): OpenDay[] {
  return Array.from({ length: 7 }, (_, i) => {
    const weekday = ((today - 1 + i) % 7) + 1;
    return {
      date: `2026-11-${16 + i}`,
      weekday: weekday - 1,
      hours: (hours[weekday] ?? []).map(([from, to]) => ({ opens: from * 60, closes: to * 60 })),
    };
  });
}
const weekdays = { 1: [[9, 17]], 2: [[9, 17]], 3: [[9, 17]], 4: [[9, 17]], 5: [[9, 17]] } as Record<number, [number, number][]>;

describe('hours in words, today first', () => {
  test.each<[string, OpenDay[] | null, number, string, string | null]>([
    ['open now', week(4, weekdays), 16.5, 'Open today until 5:00 PM.', 'Monday to Friday, 9:00 AM to 5:00 PM'],
    ['opens later today', week(4, weekdays), 8, 'Open today, 9:00 AM to 5:00 PM.', 'Monday to Friday, 9:00 AM to 5:00 PM'],
    ['closed for today', week(5, weekdays), 18, 'Opens Monday at 9:00 AM.', 'Monday to Friday, 9:00 AM to 5:00 PM'],
    ['past midnight', week(6, { 6: [[20, 26]] }), 21, 'Open today until 2:00 AM.', 'Saturday, 8:00 PM to 2:00 AM'],
    [
      'every day',
      week(1, Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [[16.5, 19.5]]]))),
      17,
      'Open today until 7:30 PM.',
      'Every day, 4:30 PM to 7:30 PM',
    ],
    ['day and night', week(1, Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [[0, 24]]]))), 3, 'Open day and night.', null],
    [
      'split shifts',
      week(1, {
        1: [
          [9, 12],
          [13, 17],
        ],
        3: [
          [9, 12],
          [13, 17],
        ],
        6: [[10, 13]],
      }),
      12.5,
      'Open today, 1:00 PM to 5:00 PM.',
      'Monday and Wednesday, 9:00 AM to 12:00 PM and 1:00 PM to 5:00 PM; Saturday, 10:00 AM to 1:00 PM',
    ],
    ['not this week', week(1, {}), 9, 'Closed for the next seven days. Call first.', null],
    ['not known', null, 9, 'Call to ask when it is open.', null],
  ])('%s', (_, days, hour, now, rest) => {
    const words = hoursInWords({ week: days, minuteOfDay: hour * 60, text: null }, say, 'en-US');
    expect({ now: words.now.replaceAll('\u202f', ' '), week: words.week?.replaceAll('\u202f', ' ') ?? null }).toEqual({ now, week: rest });
  });

  test('hours that are only text stay as they are', () => {
    expect(hoursInWords({ week: null, minuteOfDay: 0, text: 'Sundays after mass' }, say, 'en')).toEqual({
      now: 'Sundays after mass',
      week: null,
    });
  });

  test('Arabic clocks use the digits of telephones', () => {
    expect(hoursInWords({ week: week(4, weekdays), minuteOfDay: 990, text: null }, say, 'ar').now).toContain('5:00');
  });
});

const source = (over: Partial<HandoutSource> = {}): HandoutSource => ({
  id: 'sal_1',
  name: { text: 'Riverside Food Pantry', language: 'en' },
  summary: { text: 'Free groceries, once a week.', language: 'en' },
  hidden: false,
  address: '118 Tanner Street, Old Town',
  phones: ['555 0142'],
  hours: { week: week(4, weekdays), minuteOfDay: 990, text: null },
  languages: ['en', 'es'],
  stepFree: true,
  bring: [
    { text: 'Letter with your address', language: 'en' },
    { text: 'ID', language: 'en' },
  ],
  cost: null,
  verified: '2026-11-03',
  travel: { minutes: 12.6, mode: 'walk', estimated: false },
  ...over,
});
const template = HandoutTemplate.parse({
  id: 'standard',
  label: 'Standard',
  parts: ['heading', 'services', 'map', 'qr', 'crisis', 'footer'],
  serviceParts: ['summary', 'hours', 'address', 'travel', 'phone', 'bring', 'languages', 'accessibility', 'cost'],
  crisisLines: [{ label: { en: 'Emergency', es: 'Emergencia' }, phone: '911' }],
});
const compose = (
  sources: HandoutSource[],
  from: { label: string; mode: 'walk' | 'drive' } | null = { label: 'Mill St & Union Ave', mode: 'walk' },
) =>
  composeHandout(sources, {
    language: 'en-US',
    direction: 'ltr',
    template,
    at: new Date('2026-11-19T21:40:00Z'),
    timeZone: 'America/New_York',
    needs: ['Food'],
    from,
    map: null,
    say,
  });

describe('what stands on the paper', () => {
  test('one service', () => {
    const content = compose([source()]);
    expect(HandoutContent.parse(content)).toEqual(content);
    expect(content.heading).toEqual({
      title: 'Places that can help you',
      subtitle: 'For: Food.',
      date: 'Thursday, November 19, 2026',
      from: 'Walking from Mill St & Union Ave',
    });
    expect(content.services[0]).toMatchObject({
      number: 1,
      address: '118 Tanner Street, Old Town',
      travel: '13 minutes on foot',
      bring: { text: 'Bring: letter with your address and ID.', language: 'en-US' },
      access: 'English and Spanish. No steps',
      phones: ['555 0142'],
    });
    expect(content.crisis?.lines).toEqual([{ label: 'Emergency', phone: '911' }]);
    expect(content.footer[0]).toBe('Checked on November 3. Please call first if you can.');
  });

  test('a private site has a telephone number, and neither address nor way', () => {
    const content = compose([source({ hidden: true, address: '9 Secret Road' })]);
    expect(content.services[0]).toMatchObject({ travel: null, phones: ['555 0142'] });
    expect(JSON.stringify(content)).not.toContain('Secret Road');
  });

  test('a link does not say where the person is', () => {
    expect(JSON.stringify(withoutStart(compose([source()])))).not.toContain('Mill St');
  });
});

describe('the code and the text message', () => {
  test('the code holds name, telephone, address and hours as text', () => {
    const text = compose([source()]).code?.text ?? '';
    for (const part of ['Riverside Food Pantry', '555 0142', '118 Tanner Street', 'Monday to Friday', 'Emergency: 911'])
      expect(text).toContain(part);
  });

  test('it always fits, whatever the services are called; names come before details', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), { minLength: 1, maxLength: 20 }), (names) => {
        const content = compose(names.map((text) => source({ name: { text, language: 'ar' } })));
        const code = brief(content, (candidate) => utf8Length(candidate) <= QR_BYTES);
        if (names.length > 1) expect(utf8Length(code)).toBeLessThanOrEqual(QR_BYTES);
        expect(code).toContain('1. ');
      }),
      { numRuns: 60 },
    );
  });

  test.each<[string, { characters: number; parts: number }]>([
    ['a'.repeat(160), { characters: 160, parts: 1 }],
    ['a'.repeat(161), { characters: 161, parts: 2 }],
    ['€'.repeat(80), { characters: 160, parts: 1 }],
    ['م'.repeat(70), { characters: 70, parts: 1 }],
    ['م'.repeat(71), { characters: 71, parts: 2 }],
    ['', { characters: 0, parts: 1 }],
  ])('size of a message %#', (text, size) => {
    expect(messageSize(text)).toEqual(size);
  });

  test('three services in English stay in the cheap alphabet and under seven parts', () => {
    const text = textMessage(compose([source(), source(), source()]));
    const size = messageSize(text);
    expect(size.parts).toBeLessThanOrEqual(6);
    expect(size.parts).toBe(Math.ceil(size.characters / 153));
    expect(text).toContain('3. Riverside Food Pantry');
  });
});
