// The first talks with her: who she is, how to reach her safely, who belongs to her, what she asks for.

import type { DemoPerson } from '../../shared/plugin-api/index.ts';
import { day } from './days.ts';
import { STARTED } from './started.ts';

export function firstTalks(today: string): DemoPerson['moments'] {
  return [
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
  ];
}
