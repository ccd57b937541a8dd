// What a person told, or did not: unknown, not asked and declined are three things, and none of them is an empty value.

import { z } from 'zod';

export const UNTOLD = ['unknown', 'not_asked', 'declined'] as const;
export type Untold = (typeof UNTOLD)[number];

/** A value that was told, or why there is none. */
export type Told<T> = { value: T } | Untold;

/** The schema of something told: `told(z.string())`. */
export function told<T extends z.ZodType>(value: T) {
  return z.union([z.strictObject({ value }), z.enum(UNTOLD)]);
}

/** The value, where there is one. */
export function valueOf<T>(something: Told<T> | undefined): T | undefined {
  return typeof something === 'object' ? something.value : undefined;
}
