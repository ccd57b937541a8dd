// Further made-up clients, put together from short tables by their number: every stage, several languages, with and without a name.

import type { DemoPerson } from '../../shared/plugin-api/index.ts';
import { day, instant } from './days.ts';

type Entry = DemoPerson['moments'][number]['entries'][number];

interface Sketch {
  given: string;
  family: string;
  language: string;
  needs: readonly string[];
  words: string;
}

const SKETCHES: readonly Sketch[] = [
  {
    given: 'Marisol',
    family: 'Vega',
    language: 'es',
    needs: ['housing.rent_help', 'food.groceries'],
    words: 'Me cortaron las horas y no llego a la renta.',
  },
  {
    given: 'Farah',
    family: 'Nasser',
    language: 'ar',
    needs: ['work.english', 'family.childcare'],
    words: 'أريد أن أتكلم مع معلمة ابنتي بلا مترجم.',
  },
  {
    given: 'Étienne',
    family: 'Moreau',
    language: 'fr',
    needs: ['health.dental', 'daily.phone'],
    words: 'Je ne dors plus à cause de cette dent.',
  },
  {
    given: 'Walter',
    family: 'Pruitt',
    language: 'en',
    needs: ['benefits.veterans', 'transport.medical'],
    words: 'I can manage, I just cannot get to the clinic.',
  },
  {
    given: 'Linh',
    family: 'Tran',
    language: 'vi',
    needs: ['benefits.apply', 'family.seniors'],
    words: 'Tôi muốn mẹ tôi không phải ở một mình cả ngày.',
  },
  {
    given: 'Ayaan',
    family: 'Warsame',
    language: 'so',
    needs: ['work.job_search', 'transport.passes'],
    words: 'Shaqo habeen ah oo basku gaadho.',
  },
  {
    given: 'Darlene',
    family: 'Foss',
    language: 'en',
    needs: ['utilities.power', 'housing.repair'],
    words: 'The lights go off on the first if I do not pay.',
  },
  {
    given: 'Ihor',
    family: 'Bondar',
    language: 'uk',
    needs: ['legal.immigration', 'work.diploma'],
    words: 'Мені потрібні папери, щоб працювати за фахом.',
  },
  {
    given: 'Keisha',
    family: 'Boone',
    language: 'en',
    needs: ['recovery.support_group', 'family.parenting'],
    words: 'I want my Sundays with my kids back.',
  },
  { given: 'Óscar', family: 'Pineda', language: 'es', needs: ['legal.tenants', 'housing.search'], words: 'El dueño entra cuando quiere.' },
  { given: 'Samira', family: 'Rahimi', language: 'fa', needs: ['mental.counseling', 'health.children'], words: 'پسرم شب‌ها خواب ندارد.' },
  {
    given: 'Curtis',
    family: 'Yoder',
    language: 'en',
    needs: ['daily.storage', 'daily.showers'],
    words: 'Somewhere to leave my things so I can look for work.',
  },
];

const STAGES = ['engagement', 'assessment', 'planning', 'implementation', 'monitoring', 'closing', 'following_up', 'returned'] as const;
const COUNT = 57;
const WORKERS = ['noor', 'tomas', 'sam', 'tomas', 'noor'] as const;

/** Fifty-seven of them, the same each time. */
export function otherClients(today: string): DemoPerson[] {
  return Array.from({ length: COUNT }, (_, i) => client(today, i));
}

function client(today: string, i: number): DemoPerson {
  const sketch = SKETCHES[i % SKETCHES.length]!;
  const family = SKETCHES[(i * 5 + 3) % SKETCHES.length]!.family;
  const stage = STAGES[(i * 3 + Math.floor(i / 12)) % STAGES.length]!;
  const began = 20 + ((i * 37) % 160);
  const reached = STAGES.indexOf(stage);
  const moments: DemoPerson['moments'] = [{ daysAgo: began, entries: begin(sketch, family, i) }];
  if (reached >= 1) moments.push({ daysAgo: began - 4, entries: assess(today, began - 4, sketch, i) });
  if (reached >= 2)
    moments.push({ daysAgo: began - 8, entries: [plan(today, i, { agreed: reached >= 3, daysAgo: began - 8, need: sketch.needs[0]! })] });
  if (reached >= 3) moments.push({ daysAgo: Math.max(3, began - 14), entries: follow(today, Math.max(3, began - 14), i, reached >= 4) });
  if (reached >= 5)
    moments.push({
      daysAgo: 2,
      entries: [closing(i)],
      ...(stage === 'closing' ? {} : { decision: stage === 'returned' ? ('returned' as const) : ('approved' as const) }),
    });
  return { worker: WORKERS[i % WORKERS.length]!, moments };
}

function begin(sketch: Sketch, family: string, i: number): Entry[] {
  const { given, language, needs, words } = sketch;
  const identity: Entry['payload'] =
    i % 9 === 4
      ? { kind: 'identity', mode: 'anonymous', label: ['Man with the grey dog', 'Woman from the night bus', 'The two of pier 3'][i % 3]! }
      : i % 9 === 7
        ? { kind: 'identity', mode: 'alias', alias: { value: given } }
        : { kind: 'identity', mode: 'named', givenName: { value: given }, familyName: { value: family } };
  const hours = i % 3 === 0 ? [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }] : [];
  return [
    { payload: identity },
    {
      payload: {
        kind: 'contact',
        language: { value: language },
        interpreter: language === 'en' ? { value: false } : i % 4 === 0 ? 'not_asked' : { value: true },
        methods: [
          {
            id: `way_${i}`,
            way: i % 2 === 0 ? 'text' : 'phone',
            value: `555 02${String(i).padStart(2, '0')}`,
            safe: i % 11 === 5 ? 'ask_first' : 'yes',
            mayLeaveMessage: i % 2 === 0,
            maySayWho: i % 3 === 0,
            hours,
          },
        ],
        never: [],
      },
    },
    {
      payload: {
        kind: 'engagement',
        roleExplained: true,
        source: (['walk_in', 'phone', 'outreach', 'partner'] as const)[i % 4]!,
        keepsRecord: { value: true },
      },
    },
    { payload: { kind: 'words', about: 'needs', text: words, language } },
    {
      payload: {
        kind: 'needs',
        needs: needs.filter(isOrdinary).map((need, rank) => ({ need, rank: rank + 1, state: 'open', urgent: i % 13 === 2 && rank === 0 })),
      },
    },
  ];
}

/** Needs that tell of health, law and the like are told beside their own class, which these sketches leave out. */
const isOrdinary = (need: string) => /^(housing|food|work|family|benefits|daily|transport|utilities)\b/.test(need);

function assess(today: string, daysAgo: number, { given }: Sketch, i: number): Entry[] {
  const on = day(today, -daysAgo);
  return [
    { payload: { kind: 'fact', fact: 'household.size', told: { value: 1 + (i % 5) }, source: 'said', asOf: on } },
    {
      payload: {
        kind: 'fact',
        fact: 'household.income',
        told: i % 6 === 1 ? 'declined' : { value: { value: 700 + ((i * 113) % 2200), per: 'month' } },
        source: i % 4 === 0 ? 'document' : 'said',
        asOf: on,
      },
    },
    {
      payload: {
        kind: 'fact',
        fact: 'household.housing_status',
        told: { value: (['renting', 'doubled_up', 'shelter', 'outside'] as const)[i % 4]! },
        source: 'said',
        asOf: on,
      },
    },
    {
      payload: {
        kind: 'assessment',
        form: 'first-talk',
        version: 1,
        sitting: `sit_${i}`,
        on,
        domain: 'housing',
        need: (['watch', 'help', 'urgent', 'help'] as const)[i % 4]!,
        strengths: {
          text: [
            'Kept the same place for years.',
            'Knows everybody on the street.',
            `${given} has a brother who helps.`,
            'Always finds a way.',
          ][i % 4]!,
        },
        source: 'said',
        answers: {},
      },
    },
  ];
}

function plan(today: string, i: number, { agreed, daysAgo, need }: { agreed: boolean; daysAgo: number; need: string }): Entry {
  const steps = [
    {
      id: `step_${i}_1`,
      kind: 'service' as const,
      text: 'Visit two places together',
      who: 'together' as const,
      need,
      by: day(today, 4 - daysAgo + (i % 3) * 10),
    },
    { id: `step_${i}_2`, kind: 'task' as const, text: 'Bring the papers', who: 'alone' as const, by: day(today, (i % 21) - 6) },
  ];
  const goal = {
    id: `goal_${i}`,
    text: 'Settled by the next season',
    horizon: 'short' as const,
    needs: [need],
    measure: 'They say so themselves',
    by: day(today, 30 + (i % 60)),
    steps,
  };
  return {
    payload: {
      kind: 'plan',
      reason: 'First plan',
      plan: { goals: [goal] },
      ...(agreed ? { agreed: { on: day(today, -daysAgo), language: 'en', how: 'spoken' as const } } : {}),
    },
  };
}

function follow(today: string, daysAgo: number, i: number, done: boolean): Entry[] {
  return [
    {
      payload: {
        kind: 'contact_made',
        when: instant(today, -daysAgo),
        way: 'visit',
        with: 'person',
        outcome: i % 7 === 3 ? 'missed' : 'reached',
      },
    },
    { payload: { kind: 'progress', of: `step_${i}_1`, state: 'done' } },
    ...(done ? [{ payload: { kind: 'progress', of: `step_${i}_2`, state: 'done' } } as const] : []),
  ];
}

function closing(i: number): Entry {
  return {
    payload: {
      kind: 'closing',
      closing: `clo_${i}`,
      reason: 'goals_reached',
      summary: 'What they came for is in place, and they know whom to call.',
      checklist: { accessStable: { value: true }, supportInPlace: { value: i % 3 !== 0 }, knowsWayBack: { value: true } },
      goals: { [`goal_${i}`]: 'reached' },
      followUpDays: [30, 90, 180],
    },
  };
}
