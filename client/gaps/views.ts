// Views that are kept on the server: question and scenarios under a name. A link holds nothing but the id of one, behind the
// "#", which no browser sends anywhere; the description of a group stays on the server.

import { z } from 'zod';
import { Facts } from '#shared/intake/facts.ts';
import { FIRST_QUESTION, OFFERED_MEASURES, type GapQuestion } from './question.ts';
import type { Scenarios } from './scenarios.ts';

const HASH = '#gaps=';

const Site = z.strictObject({ id: z.string(), lon: z.number(), lat: z.number(), name: z.string().nullable() });
const KeptView = z.strictObject({
  question: z.strictObject({
    population: z.string().nullable(),
    group: z.string(),
    needs: z.array(z.string()),
    mode: z.enum(['walk', 'drive']),
    minutes: z.number().int().min(1).max(240),
    measure: z.enum(OFFERED_MEASURES),
    openAt: z.string().nullable(),
    usableBy: Facts,
  }),
  scenarios: z.strictObject({
    list: z.array(z.strictObject({ id: z.string(), name: z.string(), sites: z.array(Site) })),
    active: z.string().nullable(),
    next: z.number().int(),
  }),
});

export interface View {
  question: GapQuestion;
  scenarios: Scenarios;
}

/** What was kept, or null where it cannot be read: it was kept by another version. */
export function readView(content: unknown): View | null {
  const parsed = KeptView.safeParse(content);
  return parsed.success ? { ...parsed.data, question: { ...FIRST_QUESTION, ...parsed.data.question } } : null;
}

export function linkTo(id: string, origin: string): string {
  return `${origin}/${HASH}${encodeURIComponent(id)}`;
}

/** The id that an address names; null where it names none. */
export function idInAddress(hash: string): string | null {
  return hash.startsWith(HASH) && hash.length > HASH.length ? decodeURIComponent(hash.slice(HASH.length)) : null;
}
