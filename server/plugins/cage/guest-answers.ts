// Reads what a plugin answered. Its text is measured before it is parsed, so that neither depth nor number of values can cost
// the server more than a moment, and nothing that is parsed can be mistaken for anything but data.

import type { CageLimits, GuestAnswer } from './protocol.ts';

const TYPES: ReadonlySet<unknown> = new Set(['done', 'item', 'failed', 'ask', 'log'] satisfies GuestAnswer['type'][]);

/** Throws an Error that goes on after "The plugin … answered with": "data nested deeper than 64". */
export function readGuestAnswers(text: string, limits: Pick<CageLimits, 'depth' | 'values'>): GuestAnswer[] {
  measure(text, limits);
  const answers = JSON.parse(text, text.includes('__proto__') || text.includes('\\u') ? refusePrototype : undefined) as unknown;
  if (!Array.isArray(answers) || !answers.every(isAnswer)) throw new Error('something that is no answer');
  return answers;
}

function isAnswer(value: unknown): value is GuestAnswer {
  if (typeof value !== 'object' || value === null || !('type' in value) || !TYPES.has(value.type)) return false;
  const { type, call, ask } = value as Partial<Record<'type' | 'call' | 'ask', unknown>>;
  return type === 'log' || (Number.isSafeInteger(call) && (type !== 'ask' || Number.isSafeInteger(ask)));
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('a field named __proto__');
  return value;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

function measure(text: string, limits: Pick<CageLimits, 'depth' | 'values'>): void {
  let [depth, values] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      for (i++; i < text.length && text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === BACKSLASH) i++;
    } else if (code === COMMA) values++;
    else if (OPENING.has(code)) {
      values++;
      if (++depth > limits.depth) throw new Error(`data nested deeper than ${limits.depth}`);
    } else if (CLOSING.has(code)) depth--;
  }
  if (values > limits.values)
    throw new Error(`${values} values at once; ${limits.values} are allowed. It should give them in smaller batches.`);
}
