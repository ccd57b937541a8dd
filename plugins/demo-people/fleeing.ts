// A woman who flees violence: nothing tells where she is, and her household must not see her.

import type { DemoPerson } from '../../shared/plugin-api/index.ts';
import { day, instant } from './days.ts';
import { STARTED } from './started.ts';

export function fleeing(today: string): DemoPerson {
  return {
    worker: 'noor',
    moments: [
      {
        daysAgo: 9,
        entries: [
          {
            payload: {
              kind: 'identity',
              mode: 'alias',
              alias: { value: 'Amal' },
              nameUsed: { value: 'Amal' },
              pronouns: { value: 'هي' },
              birthDate: 'declined',
              givenName: 'declined',
              familyName: 'declined',
            },
          },
          {
            payload: {
              kind: 'contact',
              language: { value: 'ar' },
              interpreter: { value: true },
              methods: [
                {
                  id: 'way_amal_1',
                  way: 'through_someone',
                  value: '555 0188',
                  whose: 'her friend Hala',
                  safe: 'yes',
                  mayLeaveMessage: false,
                  maySayWho: false,
                  hours: [{ days: [2, 4], from: '10:00', to: '13:00' }],
                },
              ],
              never: [{ way: 'phone' }, { way: 'visit' }, { way: 'say_agency' }],
              customs: 'A woman as interpreter, not from the town.',
            },
          },
          { payload: { ...STARTED, source: 'outreach', urgent: true, notice: { version: '2026-11', language: 'ar' } } },
          { payload: { kind: 'words', about: 'needs', text: 'أريد مكانًا لا يستطيع أن يجدني فيه.', language: 'ar' } },
          { payload: { kind: 'words', about: 'concerns', text: 'هاتفي معه. هو يقرأ كل شيء.', language: 'ar' } },
          { payload: { kind: 'needs', needs: [{ need: 'safety.shelter', rank: 1, state: 'open', urgent: true }] }, class: 'safety' },
          {
            payload: { kind: 'needs', needs: [{ need: 'legal.protection_order', rank: 2, state: 'open', urgent: false }] },
            class: 'legal',
          },
          {
            payload: {
              kind: 'household',
              members: [
                {
                  id: 'mem_amal_1',
                  relation: 'partner',
                  name: 'declined',
                  age: 'not_asked',
                  livesWith: { value: true },
                  support: 'risk',
                  mayContact: false,
                  emergency: false,
                  sees: [],
                },
              ],
            },
            class: 'safety',
          },
          { payload: { kind: 'fact', fact: 'person.fleeing_violence', told: { value: true }, source: 'said', asOf: day(today, -9) } },
          { payload: { kind: 'fact', fact: 'household.income', told: 'declined', source: 'said', asOf: day(today, -9) } },
          { payload: { kind: 'note', text: 'Meet only at the library, back room. She leaves by the side door.' }, class: 'safety' },
          { payload: { kind: 'intensity', level: 'intensive' } },
          {
            payload: {
              kind: 'assessment',
              form: 'first-talk',
              version: 1,
              sitting: 'sit_amal_1',
              on: day(today, -9),
              domain: 'supports',
              need: 'urgent',
              strengths: { text: 'Has a bag ready with a friend. Knows two ways out.' },
              source: 'said',
              answers: {},
            },
          },
        ],
      },
      ...[6, 2].map((daysAgo) => ({
        daysAgo,
        entries: [
          {
            payload: {
              kind: 'contact_made' as const,
              when: instant(today, -daysAgo),
              way: 'through_someone' as const,
              with: 'person' as const,
              outcome: 'reached' as const,
              text: 'At the library, as agreed.',
            },
            class: 'safety' as const,
          },
        ],
      })),
    ],
  };
}
