// The schemas that entries share: ids, times, and text of a bounded length, so that no record grows without end.

import { z } from 'zod';

/** Of a person, an entry, a goal, a consent: given by whoever makes it. */
export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,79}$/, 'letters, digits, "_", "-", ":" and "."');

/** An instant in UTC with milliseconds, so that two of them compare as text. */
export const Instant = z.iso.datetime({ precision: 3 }).describe('Such as 2026-03-01T09:30:00.000Z');

export const Day = z.iso.date().describe('Such as 2026-03-01');

export const Label = z.string().trim().min(1).max(200);
export const Line = z.string().trim().max(500);
export const Prose = z.string().trim().max(20_000);
/** Something that must be said. */
export const Reason = z.string().trim().min(1).max(2000);

export const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag, such as "es"');
