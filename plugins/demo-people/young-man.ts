// A young man who leaves foster care, with a job and without a room.

import type { DemoPerson } from '../../shared/plugin-api/index.ts';
import { day, instant } from './days.ts';
import { STARTED } from './started.ts';

export function youngMan(today: string): DemoPerson {
  return {
    worker: 'noor',
    moments: [
      {
        daysAgo: 70,
        entries: [
          {
            payload: {
              kind: 'identity',
              mode: 'named',
              givenName: { value: 'Jamal' },
              familyName: { value: 'Whitfield' },
              nameUsed: { value: 'Jay' },
              pronouns: { value: 'he/him' },
              birthDate: { value: day(today, -6610) },
            },
          },
          {
            payload: {
              kind: 'contact',
              language: { value: 'en' },
              interpreter: { value: false },
              methods: [
                { id: 'way_jay_1', way: 'text', value: '555 0163', safe: 'yes', mayLeaveMessage: true, maySayWho: true, hours: [] },
              ],
              never: [{ way: 'post' }],
            },
          },
          { payload: { ...STARTED, source: 'partner' } },
          {
            payload: {
              kind: 'words',
              about: 'needs',
              text: 'They put me out the day I turn 18 and two months. I need a room and I need to finish school.',
            },
          },
          { payload: { kind: 'words', about: 'goals', text: 'Be an electrician. Have my own key.' } },
          {
            payload: {
              kind: 'needs',
              needs: [
                { need: 'housing.transitional', rank: 1, state: 'open', urgent: false },
                { need: 'work.training', rank: 2, state: 'open', urgent: false },
                { need: 'benefits.id_documents', rank: 3, state: 'met', urgent: false },
              ],
            },
          },
          { payload: { kind: 'fact', fact: 'person.age', told: { value: 18 }, source: 'document', asOf: day(today, -70) } },
          { payload: { kind: 'fact', fact: 'person.student', told: { value: true }, source: 'said', asOf: day(today, -70) } },
          {
            payload: {
              kind: 'fact',
              fact: 'household.income',
              told: { value: { value: 600, per: 'month' } },
              source: 'said',
              asOf: day(today, -70),
            },
          },
          { payload: { kind: 'fact', fact: 'household.size', told: { value: 1 }, source: 'said', asOf: day(today, -70) } },
        ],
      },
      {
        daysAgo: 60,
        entries: [
          {
            payload: {
              kind: 'assessment',
              form: 'first-talk',
              version: 1,
              sitting: 'sit_jay_1',
              on: day(today, -60),
              domain: 'money',
              need: 'help',
              strengths: { text: 'Never missed a shift at the bakery. Good with tools; fixes bicycles for friends.' },
              barriers: 'No one to sign a lease with him.',
              source: 'said',
              answers: {},
            },
          },
          {
            payload: {
              kind: 'plan',
              reason: 'First plan',
              agreed: { on: day(today, -60), language: 'en', how: 'signed' },
              plan: {
                goals: [
                  {
                    id: 'goal_jay_1',
                    text: 'A room before I leave the group home',
                    horizon: 'short',
                    needs: ['housing.transitional'],
                    measure: 'Keys in hand',
                    by: day(today, 20),
                    steps: [
                      {
                        id: 'step_jay_1',
                        kind: 'service',
                        text: 'Visit two places for young adults',
                        who: 'together',
                        need: 'housing.transitional',
                        by: day(today, -12),
                      },
                      { id: 'step_jay_2', kind: 'natural_support', text: 'Ask the baker to be a reference', who: 'alone' },
                    ],
                  },
                  {
                    id: 'goal_jay_2',
                    text: 'Apprentice as an electrician',
                    horizon: 'long',
                    needs: ['work.training'],
                    measure: 'Accepted',
                    by: day(today, 240),
                    steps: [
                      {
                        id: 'step_jay_3',
                        kind: 'application',
                        text: 'Send the form for spring',
                        who: 'alone',
                        need: 'work.training',
                        by: day(today, 14),
                      },
                    ],
                  },
                ],
              },
            },
          },
        ],
      },
      {
        daysAgo: 12,
        entries: [
          { payload: { kind: 'progress', of: 'step_jay_1', state: 'done' } },
          { payload: { kind: 'progress', of: 'step_jay_2', state: 'done' } },
          {
            payload: {
              kind: 'contact_made',
              when: instant(today, -12),
              way: 'visit',
              with: 'person',
              outcome: 'reached',
              text: 'Liked the second place: quiet, and near the bus to the bakery.',
            },
          },
        ],
      },
    ],
  };
}
