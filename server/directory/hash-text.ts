// The one hash of texts by which imports know rows, keys and records again.

import { hash } from 'node:crypto';

/** Hexadecimal digits of a text: 40 of them. */
export function hashText(text: string): string {
  return hash('sha1', text, 'hex');
}
