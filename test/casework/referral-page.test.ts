// The partner's page as text: every language says all of it, nothing that was written runs as code, and a telephone number keeps its
// order where the page reads from right to left.

import { describe, expect, test } from 'vitest';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import type { ReceivedReferral } from '#server/casework/referral-inbox.ts';
import { choosePartnerLanguage, drawCodePage, drawPartnerMessage, drawReferralPage } from '#server/casework/referral-page.ts';
import { PARTNER_LANGUAGES } from '#server/casework/partner-words.ts';

const registry = createRegistry();
loadPlugins(PLUGINS_FOLDER, registry);

const EVIL = '<img src=x onerror="alert(1)">&\'';
const referral: ReceivedReferral = {
  id: 'ref_x',
  from: { agency: 'agy', name: EVIL },
  service: EVIL,
  state: 'seen',
  until: null,
  revision: 3,
  movedAt: '2026-03-01T10:00:00.000Z',
  outcome: null,
  need: 'shelter.family',
  message: EVIL,
  parts: [
    { class: 'identity', who: { name: EVIL, familyName: null, pronouns: null, birthDate: '1990-01-01' } },
    {
      class: 'contact',
      reach: {
        language: 'es',
        interpreter: true,
        methods: [
          {
            id: 'm',
            way: 'phone',
            value: '555-0142',
            safe: 'ask_first',
            mayLeaveMessage: false,
            maySayWho: false,
            hours: [{ days: [1, 7], from: '09:00', to: '12:00' }],
          },
        ],
        never: [{ way: 'say_agency', note: EVIL }],
      },
    },
    {
      class: 'needs',
      needs: [
        { need: 'shelter.family', urgent: true, state: 'open' },
        { need: EVIL, urgent: false, state: 'open' },
      ],
    },
    {
      class: 'money',
      facts: [
        { fact: 'household.income', told: { value: { value: 731, per: 'month' } }, source: 'said', asOf: '2026-03-01', verified: false },
        { fact: 'person.employment', told: 'declined', source: 'said', asOf: '2026-03-01', verified: false },
      ],
    },
    { class: 'supports', household: [{ relation: 'child', age: 4, livesWith: true }] },
  ],
  closed: [],
  redisclosureNotice: false,
  may: { receiver: ['accept', 'decline', 'report_outcome'], person: [] },
  place: null,
};
const draw = (language: (typeof PARTNER_LANGUAGES)[number], more: Partial<ReceivedReferral> = {}) =>
  drawReferralPage({ ...referral, ...more }, { token: 'T', language, registry });

describe.each(PARTNER_LANGUAGES)('in %s', (language) => {
  test('all is said, and what was written is text', () => {
    const page = draw(language);
    for (const missing of ['undefined', 'null', 'NaN', '{agency}', '{service}', '[object', '<img', 'onerror="'])
      expect(page).not.toContain(missing);
    expect(page).toContain('\u2066555-0142\u2069');
    expect(page).toContain(language === 'ar' ? 'dir="rtl"' : 'dir="ltr"');
    expect(page.match(/<form/g)).toHaveLength(1);
    expect(page).not.toContain('<script');
  });

  test('a notice is there only where it belongs, and a form only where there is something to answer', () => {
    expect(draw(language)).not.toContain('42 CFR');
    expect(draw(language, { redisclosureNotice: true })).toContain('42 CFR part 2');
    expect(draw(language, { may: { receiver: [], person: [] } })).not.toContain('<form');
    expect(drawCodePage(language)).toContain('name="token"');
    expect(drawPartnerMessage(language, { thanks: EVIL })).not.toContain('<img');
    expect(drawPartnerMessage(language, 'gone')).toContain('role="alert"');
  });
});

test('money is said with its currency and period, words with their labels, and what was declined as that', () => {
  const page = draw('en');
  for (const words of ['$731 / month', 'Shelter for families (urgent)', 'prefers not to say', 'Child, 4', 'Spanish', 'Mon Sun'])
    expect(page).toContain(words);
});

test.for([
  ['es-MX,es;q=0.9,en;q=0.8', 'es'],
  ['de-DE,de;q=0.9,fr;q=0.5', 'fr'],
  ['ar', 'ar'],
  ['zh-CN', 'en'],
  [undefined, 'en'],
] as const)('a browser that asks for %s gets %s', ([accepted, language]) => expect(choosePartnerLanguage(accepted)).toBe(language));
