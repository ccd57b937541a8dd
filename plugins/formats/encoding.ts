// What the first bytes of a file say of it: its encoding, or that it is no text at all, whatever its name says.

import type { ReadIssue } from '../../shared/plugin-api/index.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'none';

export function detectEncoding(path: string, head: Uint8Array): { encoding: Encoding; skip: number; issues: ReadIssue[] } {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) {
    const message = 'The file begins with a byte order mark, which was left out. Nothing needs to be done.';
    return { encoding: 'utf-8', skip: 3, issues: [fileIssue(path, 'bom', 'info', message)] };
  }
  const wide = findWide(head);
  if (wide)
    return { ...wide, issues: [fileIssue(path, 'encoding', 'info', 'The file is UTF-16 and was read as such. Nothing needs to be done.')] };
  const other = findOtherType(head);
  if (!other) return { encoding: 'utf-8', skip: 0, issues: [] };
  const message = `The file is no text but ${other}, so nothing was read. Open it in its program and save it as CSV in UTF-8.`;
  return { encoding: 'none', skip: 0, issues: [fileIssue(path, 'not_text', 'error', message)] };
}

/** UTF-16 by its mark, or without one by the zeros that Western text has at every other place. */
function findWide(head: Uint8Array): { encoding: Encoding; skip: number } | null {
  if (startsWith(head, [0xff, 0xfe])) return { encoding: 'utf-16le', skip: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { encoding: 'utf-16be', skip: 2 };
  const half = Math.floor(Math.min(head.length, SNIFFED) / 2);
  const even = countAmong(head, { from: 0, step: 2 }, (byte) => byte === 0);
  const odd = countAmong(head, { from: 1, step: 2 }, (byte) => byte === 0);
  if (odd > half * 0.4 && even < half * 0.1) return { encoding: 'utf-16le', skip: 0 };
  return even > half * 0.4 && odd < half * 0.1 ? { encoding: 'utf-16be', skip: 0 } : null;
}

const SNIFFED = 4000;
const OTHER_TYPES: [number[], string][] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP package or an Excel workbook under another name'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Office document'],
  [[0x1f, 0x8b], 'packed (gzip)'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a picture'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
];

/** What the file is by its content, where that is no text: its name may say what it wants. */
function findOtherType(head: Uint8Array): string | null {
  const known = OTHER_TYPES.find(([magic]) => startsWith(head, magic));
  if (known) return known[1];
  const looked = Math.min(head.length, SNIFFED);
  const control = countAmong(head, { from: 0, step: 1 }, (byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  return control > looked * 0.1 ? 'something that only its own program reads' : null;
}

function countAmong(head: Uint8Array, { from, step }: { from: number; step: number }, fits: (byte: number) => boolean): number {
  let count = 0;
  for (let at = from; at < Math.min(head.length, SNIFFED); at += step) if (fits(head[at] as number)) count++;
  return count;
}

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => head[i] === byte);
}

/** A line that is no UTF-8 and was read in the Western code page of old spreadsheets. */
export function westernIssue(file: string, line: number, text: string): ReadIssue {
  const message = `Line ${line} is not UTF-8, nor may be others; such lines were read as Windows-1252 (Western). Look at names with accents, and save the file as UTF-8 if they are wrong.`;
  return { ...fileIssue(file, 'encoding', 'warning', message), value: text.trim().slice(0, 200) };
}

export function fileIssue(file: string, code: string, severity: ReadIssue['severity'], message: string): ReadIssue {
  return { file, row: null, column: null, code, severity, message, value: null };
}
