// A mother with two children after an eviction, who has a plan and waits for a place.

import type { DemoPerson } from '../../shared/plugin-api/index.ts';
import { day, instant } from './days.ts';
import { firstTalks } from './mother-first-talks.ts';

export function mother(today: string): DemoPerson {
  return {
    worker: 'noor',
    moments: [
      ...firstTalks(today),
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
