// Bytes to text: byte order marks, UTF-8, UTF-16 and, where it is not UTF-8, the Western code page of old spreadsheets.

import type { ImportFile, ReadIssue } from '../../shared/plugin-api/index.ts';

export interface TextPiece {
  text: string;
  issues: ReadIssue[];
}

/** Bytes that are looked at to tell the encoding. */
const PEEK = 1 << 20;

/** The file's text in pieces, with what was noticed about its encoding. */
export async function* readText(file: ImportFile): AsyncIterable<TextPiece> {
  let decoder: TextDecoder | null = null;
  let held: Uint8Array[] = [];
  let size = 0;
  let broken = false;
  const start = (whole: boolean): TextPiece => {
    const head = join(held, size);
    held = [];
    const { label, skip, issues } = detectEncoding(file.path, head, whole);
    decoder = new TextDecoder(label);
    return { text: decoder.decode(head.subarray(skip), { stream: true }), issues };
  };
  for await (const bytes of file.bytes) {
    if (!decoder) {
      held.push(bytes);
      size += bytes.length;
      if (size >= PEEK) yield start(false);
      continue;
    }
    const text = (decoder as TextDecoder).decode(bytes, { stream: true });
    const issues: ReadIssue[] = [];
    if (!broken && text.includes('\ufffd')) {
      broken = true;
      issues.push(
        issue(
          file.path,
          'encoding',
          'warning',
          'Some characters of this file are not UTF-8 and were replaced by "\ufffd". Save it as UTF-8 and import it again.',
        ),
      );
    }
    yield { text, issues };
  }
  if (!decoder) yield start(true);
  yield { text: (decoder as unknown as TextDecoder).decode(), issues: [] };
}

function detectEncoding(path: string, head: Uint8Array, whole: boolean): { label: string; skip: number; issues: ReadIssue[] } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return {
      label: 'utf-8',
      skip: 3,
      issues: [issue(path, 'bom', 'info', 'The file begins with a byte order mark, which was left out. Nothing needs to be done.')],
    };
  }
  if (head[0] === 0xff && head[1] === 0xfe)
    return { label: 'utf-16le', skip: 2, issues: [issue(path, 'encoding', 'info', 'The file is UTF-16 and was read as such.')] };
  if (head[0] === 0xfe && head[1] === 0xff)
    return { label: 'utf-16be', skip: 2, issues: [issue(path, 'encoding', 'info', 'The file is UTF-16 and was read as such.')] };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole });
    return { label: 'utf-8', skip: 0, issues: [] };
  } catch {
    return {
      label: 'windows-1252',
      skip: 0,
      issues: [
        issue(
          path,
          'encoding',
          'warning',
          'The file is not UTF-8; it was read as Windows-1252 (Western). Look at names with accents, and save it as UTF-8 if they are wrong.',
        ),
      ],
    };
  }
}

function issue(file: string, code: string, severity: ReadIssue['severity'], message: string): ReadIssue {
  return { file, row: null, column: null, code, severity, message, value: null };
}

function join(parts: Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Rows handed on at once. */
export const BATCH_ROWS = 200;

/** `data/raw_records.ndjson` → `raw_records`. */
export function tableName(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');
}
