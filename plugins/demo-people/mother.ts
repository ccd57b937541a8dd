// A mother with two children after an eviction, who has a plan and waits for a place.

import type { DemoPerson } from '../../shared/plugin-api/index.ts';
import { day, instant } from './days.ts';
import { STARTED } from './started.ts';

export function mother(today: string): DemoPerson {
  return {
    worker: 'noor',
    moments: [
      {
        daysAgo: 41,
        entries: [
          {
            payload: {
              kind: 'identity',
              mode: 'named',
              givenName: { value: 'Rosa' },
              familyName: { value: 'Delgado' },
              pronouns: { value: 'she/her' },
            },
          },
          {
            payload: {
              kind: 'contact',
              language: { value: 'es' },
              interpreter: { value: true },
              methods: [
                {
                  id: 'way_rosa_1',
                  way: 'text',
                  value: '555 0117',
                  safe: 'yes',
                  mayLeaveMessage: true,
                  maySayWho: true,
                  hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }],
                },
              ],
              never: [],
            },
          },
          { payload: { ...STARTED, source: 'walk_in', urgent: true, notice: { version: '2026-11', language: 'es' } } },
          {
            payload: {
              kind: 'words',
              about: 'needs',
              text: 'Un techo para los niños antes de que termine el mes. El juez ya firmó.',
              language: 'es',
            },
          },
          { payload: { kind: 'words', about: 'concerns', text: 'Que Mateo pierda la escuela otra vez.', language: 'es' } },
          {
            payload: {
              kind: 'words',
              about: 'goals',
              text: 'Un apartamento cerca de la escuela, con una puerta que cierre bien.',
              language: 'es',
            },
          },
          {
            payload: {
              kind: 'needs',
              needs: [
                { need: 'shelter.family', rank: 1, state: 'open', urgent: true },
                { need: 'housing.deposit', rank: 2, state: 'open', urgent: false },
                { need: 'food.groceries', rank: 3, state: 'met', urgent: false },
                { need: 'family.after_school', rank: 4, state: 'open', urgent: false },
              ],
            },
          },
          {
            payload: {
              kind: 'household',
              members: [
                {
                  id: 'mem_mateo',
                  name: { value: 'Mateo' },
                  relation: 'child',
                  age: { value: 7 },
                  livesWith: { value: true },
                  support: 'support',
                  mayContact: false,
                  emergency: false,
                  sees: [],
                },
                {
                  id: 'mem_lucia',
                  name: { value: 'Lucía' },
                  relation: 'child',
                  age: { value: 3 },
                  livesWith: { value: true },
                  support: 'support',
                  mayContact: false,
                  emergency: false,
                  sees: [],
                },
                {
                  id: 'mem_sister',
                  name: { value: 'Carmen' },
                  relation: 'sibling',
                  age: 'not_asked',
                  livesWith: { value: false },
                  support: 'support',
                  mayContact: true,
                  emergency: true,
                  sees: [],
                },
              ],
            },
          },
        ],
      },
      {
        daysAgo: 38,
        entries: [
          {
            payload: {
              kind: 'fact',
              fact: 'household.eviction_notice',
              told: { value: true },
              source: 'document',
              asOf: day(today, -38),
              verified: { on: day(today, -38), how: 'The court paper' },
            },
          },
          {
            payload: {
              kind: 'fact',
              fact: 'household.housing_status',
              told: { value: 'doubled_up' },
              source: 'said',
              asOf: day(today, -38),
            },
          },
          {
            payload: {
              kind: 'fact',
              fact: 'household.income',
              told: { value: { value: 1450, per: 'month' } },
              source: 'said',
              asOf: day(today, -38),
            },
          },
          { payload: { kind: 'fact', fact: 'household.children', told: { value: 2 }, source: 'said', asOf: day(today, -38) } },
          { payload: { kind: 'fact', fact: 'household.benefits', told: { value: ['snap'] }, source: 'said', asOf: day(today, -38) } },
          { payload: { kind: 'fact', fact: 'person.insured', told: 'unknown', source: 'said', asOf: day(today, -38) } },
          {
            payload: {
              kind: 'assessment',
              form: 'first-talk',
              version: 1,
              sitting: 'sit_rosa_1',
              on: day(today, -38),
              domain: 'housing',
              need: 'urgent',
              strengths: { text: 'Paid the rent on time for four years until her hours were cut. The landlord before says so in writing.' },
              barriers: 'The eviction is on record now; two landlords said no.',
              resources: 'Her sister can take them for some weeks.',
              source: 'said',
              answers: {},
            },
          },
          {
            payload: {
              kind: 'assessment',
              form: 'first-talk',
              version: 1,
              sitting: 'sit_rosa_1',
              on: day(today, -38),
              domain: 'supports',
              need: 'watch',
              strengths: { text: 'Her sister Carmen, and the parents’ group of the school.' },
              source: 'said',
              answers: {},
            },
          },
          { payload: { kind: 'intensity', level: 'intensive', reason: 'Two children, no place of their own' } },
        ],
      },
      {
        daysAgo: 30,
        entries: [
          {
            payload: {
              kind: 'plan',
              reason: 'First plan, made together',
              agreed: { on: day(today, -30), language: 'es', how: 'spoken' },
              plan: {
                goals: [
                  {
                    id: 'goal_rosa_1',
                    text: 'Un lugar seguro para los tres',
                    horizon: 'immediate',
                    needs: ['shelter.family'],
                    measure: 'Tres camas y una llave',
                    by: day(today, 9),
                    steps: [
                      {
                        id: 'step_rosa_1',
                        kind: 'service',
                        text: 'Pedir lugar en el albergue familiar',
                        who: 'together',
                        need: 'shelter.family',
                        by: day(today, -2),
                      },
                      {
                        id: 'step_rosa_2',
                        kind: 'task',
                        text: 'Hablar con Carmen sobre cuántas semanas',
                        who: 'alone',
                        by: day(today, -20),
                      },
                    ],
                  },
                  {
                    id: 'goal_rosa_2',
                    text: 'Un apartamento cerca de la escuela',
                    horizon: 'short',
                    needs: ['housing.deposit'],
                    measure: 'Contrato firmado',
                    by: day(today, 75),
                    steps: [
                      {
                        id: 'step_rosa_3',
                        kind: 'application',
                        text: 'Pedir ayuda para el depósito',
                        who: 'together',
                        need: 'housing.deposit',
                        by: day(today, 5),
                      },
                      { id: 'step_rosa_4', kind: 'task', text: 'Carta del casero anterior', who: 'worker', by: day(today, 3) },
                    ],
                  },
                ],
              },
            },
          },
        ],
      },
      {
        daysAgo: 22,
        entries: [
          { payload: { kind: 'progress', of: 'step_rosa_2', state: 'done' } },
          {
            payload: {
              kind: 'contact_made',
              when: instant(today, -22),
              way: 'visit',
              with: 'person',
              outcome: 'reached',
              text: 'Carmen can take them until the end of the month, then her own contract ends.',
            },
          },
        ],
      },
      {
        daysAgo: 9,
        entries: [
          {
            payload: {
              kind: 'review',
              on: day(today, -9),
              changed: 'Carmen has room until the end of the month. What is missing is the deposit, not the will.',
            },
          },
        ],
      },
      {
        daysAgo: 4,
        entries: [
          { payload: { kind: 'progress', of: 'step_rosa_1', blocked: { by: 'waiting_list', since: day(today, -4) } } },
          {
            payload: {
              kind: 'contact_made',
              when: instant(today, -4),
              way: 'text',
              with: 'person',
              outcome: 'reached',
              text: 'The shelter has a list of two weeks. She asks whether another one has room.',
            },
          },
          {
            payload: {
              kind: 'appointment',
              appointment: 'app_rosa_1',
              what: 'School meeting about Mateo',
              when: instant(today, 1, '18:00'),
              minutes: 45,
              state: 'planned',
              transport: false,
              interpreter: true,
              where: { name: 'Mill Street School' },
            },
          },
          {
            payload: {
              kind: 'task',
              task: 'task_rosa_1',
              what: 'Call the landlord of before for a letter',
              due: day(today, -1),
              state: 'open',
            },
          },
        ],
      },
      {
        daysAgo: 1,
        entries: [
          {
            payload: {
              kind: 'contact_made',
              when: instant(today, -1),
              way: 'text',
              with: 'person',
              outcome: 'reached',
              text: 'Knows of the meeting at the school, and asks for the interpreter of last time.',
            },
          },
        ],
      },
    ],
  };
}
