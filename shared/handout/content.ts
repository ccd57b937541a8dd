// A handout: exactly what stands on the paper, in its final words, and nothing else. The same value is printed, sent
// as a text message and stored behind an expiring link. It never says who it is for.

import { z } from 'zod';

/** Text together with the language in which it is written, so that it is spoken and hyphenated right. */
export const HandoutText = z.strictObject({ text: z.string().max(2000), language: z.string().max(35) });
export type HandoutText = z.infer<typeof HandoutText>;

const Line = z.string().max(1000);
const Fraction = z.number().min(-0.5).max(1.5);

export const HandoutService = z.strictObject({
  number: z.number().int().min(1).max(99),
  name: HandoutText,
  summary: HandoutText.nullable(),
  hours: z.strictObject({ now: Line, week: Line.nullable() }),
  /** Null where the address must not be told: then people call. */
  address: Line.nullable(),
  travel: Line.nullable(),
  bring: HandoutText.nullable(),
  phones: z.array(Line).max(5),
  /** Languages spoken there and whether there are steps. */
  access: Line.nullable(),
  cost: HandoutText.nullable(),
  verified: z.iso.date().nullable(),
});
export type HandoutService = z.infer<typeof HandoutService>;

/** A picture with pins over it; positions are fractions of its width and height from the top left corner. */
export const HandoutMap = z.strictObject({
  picture: z
    .string()
    .max(1_500_000)
    .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/),
  width: z.number().int().positive().max(4000),
  height: z.number().int().positive().max(4000),
  pins: z.array(z.strictObject({ number: z.number().int(), x: Fraction, y: Fraction })).max(99),
  start: z.strictObject({ x: Fraction, y: Fraction, label: Line }).nullable(),
  attribution: Line,
  label: Line,
});
export type HandoutMap = z.infer<typeof HandoutMap>;

export const HandoutContent = z.strictObject({
  version: z.literal(1),
  language: z.string().max(35),
  direction: z.enum(['ltr', 'rtl']),
  paper: z.enum(['a4', 'letter']),
  /** Points. */
  textSize: z.number().min(10).max(32),
  heading: z.strictObject({ title: Line, subtitle: Line, date: Line, from: Line.nullable() }),
  services: z.array(HandoutService).min(1).max(30),
  map: HandoutMap.nullable(),
  /** The code's own text: it works on a phone without a network. */
  code: z.strictObject({ text: z.string().max(2900), title: Line, explanation: Line }).nullable(),
  crisis: z.strictObject({ title: Line, lines: z.array(z.strictObject({ label: Line, phone: Line })).max(10) }).nullable(),
  footer: z.array(Line).max(6),
});
export type HandoutContent = z.infer<typeof HandoutContent>;

/**
 * The handout without the place where the person is: for a link, which can be passed on.
 * @returns a copy without the starting place, in words and on the map
 */
export function withoutStart(content: HandoutContent): HandoutContent {
  return {
    ...content,
    heading: { ...content.heading, from: null },
    map: content.map && { ...content.map, start: null },
  };
}
