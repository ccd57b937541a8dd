// Further made-up clients, put together from short tables by their number: every stage, several languages, with and without a name.

import type { DemoPerson } from '../../shared/plugin-api/index.ts';
import { day, instant } from './days.ts';
import { SKETCHES, type Sketch } from './sketches.ts';

type Entry = DemoPerson['moments'][number]['entries'][number];

const STAGES = ['engagement', 'assessment', 'planning', 'implementation', 'monitoring', 'closing', 'following_up', 'returned'] as const;
const COUNT = 57;
const WORKERS = ['noor', 'tomas', 'sam', 'tomas', 'noor'] as const;

/** Fifty-seven of them, the same each time. */
export function otherClients(today: string): DemoPerson[] {
  return Array.from({ length: COUNT }, (_, i) => client(today, i));
}

/** How long ago somebody began who has come so far, at the least, and over how many days beginnings are spread. */
const BEGAN: Readonly<Record<(typeof STAGES)[number], readonly [least: number, spread: number]>> = {
  engagement: [1, 11],
  assessment: [6, 20],
  planning: [12, 30],
  implementation: [25, 60],
  monitoring: [40, 90],
  closing: [60, 90],
  following_up: [140, 60],
  returned: [60, 90],
};
/** How closely it goes with whom, and the days between contacts that go with it. */
const RHYTHMS = [
  { level: 'regular', days: 14 },
  { level: 'light', days: 30 },
  { level: 'regular', days: 14 },
  { level: 'intensive', days: 3 },
  { level: 'light', days: 30 },
  { level: 'regular', days: 14 },
] as const;
/** When those were closed whom somebody asks how they are: in the last days, or so long ago that a talk is due about now. */
const CLOSED_AGO = [3, 28, 33, 88, 95];
const MOST_CONTACTS = 4;

function client(today: string, i: number): DemoPerson {
  const sketch = SKETCHES[i % SKETCHES.length]!;
  const family = SKETCHES[(i * 5 + 3) % SKETCHES.length]!.family;
  const stage = STAGES[(i * 3 + Math.floor(i / 12)) % STAGES.length]!;
  const [least, spread] = BEGAN[stage];
  const began = least + ((i * 37) % spread);
  const reached = STAGES.indexOf(stage);
  const closed = CLOSED_AGO[i % CLOSED_AGO.length]!;
  const { level } = RHYTHMS[i % RHYTHMS.length]!;
  const moments: DemoPerson['moments'] = [
    { daysAgo: began, entries: [...begin(sketch, family, i), { payload: { kind: 'intensity', level } }] },
  ];
  if (reached >= 1) moments.push({ daysAgo: began - 4, entries: assess(today, began - 4, sketch, i) });
  if (reached >= 2)
    moments.push({ daysAgo: began - 8, entries: [plan(today, i, { agreed: reached >= 3, daysAgo: began - 8, need: sketch.needs[0]! })] });
  if (reached >= 3) moments.push({ daysAgo: began - 14, entries: follow(today, began - 14, i, reached >= 4) });
  if (stage === 'following_up') moments.push(...close(i, closed, 'approved'));
  else moments.push(...inTouch(today, i, reached >= 3 ? began - 14 : began));
  if (stage === 'closing') moments.push({ daysAgo: i % 2, entries: [closing(i)] });
  if (stage === 'returned') moments.push(...close(i, 2, 'returned'));
  moments.sort((a, b) => b.daysAgo - a.daysAgo);
  return { worker: WORKERS[i % WORKERS.length]!, moments };
}

/** Contacts in the rhythm that was agreed, the last one within it; with one in nine it slipped. Whoever comes long has had a review. */
function inTouch(today: string, i: number, since: number): DemoPerson['moments'] {
  const { days } = RHYTHMS[i % RHYTHMS.length]!;
  const last = i % 9 === 3 ? days + 2 + (i % 6) : 1 + ((i * 5) % (days - 1));
  const ago = Array.from({ length: MOST_CONTACTS }, (_, n) => last + n * days).filter((each) => each < since);
  const moments: DemoPerson['moments'] = ago.map((daysAgo, n) => ({
    daysAgo,
    entries: [
      {
        payload: {
          kind: 'contact_made',
          when: instant(today, -daysAgo),
          way: (['phone', 'visit', 'text'] as const)[(i + n) % 3]!,
          with: 'person',
          outcome: 'reached',
        },
      },
    ],
  }));
  const reviewed = 4 + (i % 25);
  if (since > reviewed + 25)
    moments.push({
      daysAgo: reviewed,
      entries: [{ payload: { kind: 'review', on: day(today, -reviewed), changed: 'More goes well than at the beginning.' } }],
    });
  return moments;
}

/** Asked for, decided, and after it the talks that were due since. */
function close(i: number, daysAgo: number, decision: 'approved' | 'returned'): DemoPerson['moments'] {
  const talks = decision === 'approved' ? [30, 90].filter((days) => daysAgo - days > 3) : [];
  return [
    { daysAgo, entries: [closing(i)], decision },
    ...talks.map((days) => ({
      daysAgo: daysAgo - days,
      entries: [{ payload: { kind: 'follow_up' as const, days, outcome: 'well' as const, helped: 'helped' as const } }],
    })),
  ];
}

/** How staff call those who give no name. */
const LABELS = [
  'Man with the grey dog',
  'Woman from the night bus',
  'The two of pier 3',
  'Man who draws',
  'Couple with the van',
  'Woman with two bags',
];

function begin(sketch: Sketch, family: string, i: number): Entry[] {
  const { given, language, needs, words } = sketch;
  const identity: Entry['payload'] =
    i % 9 === 4
      ? { kind: 'identity', mode: 'anonymous', label: LABELS[Math.floor(i / 9) % LABELS.length]! }
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
      by: day(today, 3 + ((i * 7) % 25)),
    },
    { id: `step_${i}_2`, kind: 'task' as const, text: 'Bring the papers', who: 'alone' as const, by: day(today, (i % 23) - 1) },
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
