// The contract of Find: what is asked and what is answered, the same on the command line, in the API and in the browser.

import { z } from 'zod';
import { VERDICTS } from '../eligibility/rule.ts';
import { Facts } from '../intake/facts.ts';

const LonLat = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });

export const FindRequest = z.strictObject({
  near: z.union([LonLat, z.strictObject({ place: z.string().min(1) })], {
    error: 'give { "lon": -122.27, "lat": 37.8 } in degrees, or { "place": "…" }',
  }),
  travel: z.strictObject({
    mode: z.enum(['walk', 'drive', 'transit', 'any']),
    minutes: z.number().positive().max(600).optional(),
    meters: z.number().positive().max(500_000).optional(),
  }),
  needs: z.array(z.strictObject({ term: z.string().min(1), weight: z.number().positive().optional() })).max(50),
  facts: Facts.optional(),
  /** Free words that narrow the answer: names, descriptions. */
  text: z.string().max(500).optional(),
  /** RFC 3339 with an offset; default now. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Languages that the person speaks; ranks, never excludes. */
  languages: z.array(z.string()).optional(),
  /** Language of the answer's sentences. */
  language: z.string().optional(),
  limit: z.number().int().min(1).max(10_000).optional(),
});
export type FindRequest = z.infer<typeof FindRequest>;

const Named = z.object({ id: z.string(), name: z.string() });

export const Reason = z.object({
  condition: z.string(),
  outcome: z.enum(['met', 'failed', 'open', 'staff']),
  core: z.boolean(),
  fact: z.string().optional(),
  value: z.unknown().optional(),
  threshold: z.unknown().optional(),
  say: z.string(),
});
export type Reason = z.infer<typeof Reason>;

export const OpenState = z.object({
  state: z.enum(['open', 'closed', 'unknown']),
  until: z.string().optional(),
  next: z.string().optional(),
});
export type OpenState = z.infer<typeof OpenState>;

export const SCORE_PARTS = ['need', 'soon', 'chance', 'language', 'capacity', 'freshness'] as const;

export const Match = z.object({
  resource: z.object({ id: z.string(), service: Named, organization: Named.nullable(), location: Named.nullable() }),
  verdict: z.enum(VERDICTS),
  reasons: z.array(Reason),
  meters: z.number().nullable(),
  minutes: z.number().nullable(),
  estimated: z.boolean(),
  open: OpenState,
  score: z.object({ total: z.number(), parts: z.record(z.enum(SCORE_PARTS), z.number()) }),
});
export type Match = z.infer<typeof Match>;

export const FindAnswer = z.object({
  total: z.number(),
  matches: z.array(Match),
  /** The best next questions: how many services an answer settles, on the average, and names of the best of them. */
  ask: z.array(z.object({ fact: z.string(), question: z.string(), settles: z.number(), among: z.array(z.string()) })),
  facets: z.object({
    verdict: z.record(z.string(), z.number()),
    type: z.record(z.string(), z.number()),
    open: z.record(z.string(), z.number()),
    language: z.record(z.string(), z.number()),
  }),
  /** Judged facts that a reason above is open for, and that no function was asked for yet; absent where there are none. */
  waiting: z.array(z.string()).optional(),
});
export type FindAnswer = z.infer<typeof FindAnswer>;
