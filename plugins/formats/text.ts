// Bytes to text: byte order marks, UTF-8 and UTF-16. A line that is no UTF-8 is read in the Western code page of old
// spreadsheets, so that a file put together from several keeps every sign. What is no text at all is refused in words.

import type { ImportFile, ReadIssue } from '../../shared/plugin-api/index.ts';
import { detectEncoding, westernIssue } from './encoding.ts';

export interface TextPiece {
  text: string;
  issues: ReadIssue[];
}

/** Bytes that are looked at to tell the encoding. */
export const PEEK = 1 << 16;

/** The file's text in pieces, with what was noticed about its encoding. */
export async function* readText(file: ImportFile): AsyncIterable<TextPiece> {
  let decode: Decode | null = null;
  let held: Uint8Array[] = [];
  let size = 0;
  const start = (): TextPiece => {
    const head = join(held, size);
    held = [];
    const { encoding, skip, issues } = detectEncoding(file.path, head);
    decode = encoding === 'none' ? () => ({ text: '', issues: [] }) : encoding === 'utf-8' ? decodeLines(file.path) : decodeAll(encoding);
    const first = decode(head.subarray(skip), false);
    return { text: first.text, issues: [...issues, ...first.issues] };
  };
  for await (const bytes of file.bytes) {
    if (decode) {
      yield (decode as Decode)(bytes, false);
      continue;
    }
    held.push(bytes);
    size += bytes.length;
    if (size >= PEEK) yield start();
  }
  if (!decode) yield start();
  yield (decode as unknown as Decode)(new Uint8Array(), true);
}

type Decode = (bytes: Uint8Array, last: boolean) => TextPiece;

function decodeAll(encoding: string): Decode {
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => ({ text: decoder.decode(bytes, { stream: !last }), issues: [] });
}

const LF = 10;
const CR = 13;

/** UTF-8, and line by line Windows-1252 where it is none. Lines that are not complete yet wait for the next bytes. */
function decodeLines(path: string): Decode {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const western = new TextDecoder('windows-1252');
  let rest = new Uint8Array();
  let line = 1;
  let told = false;
  const decode = (bytes: Uint8Array): { text: string; odd: boolean } => {
    try {
      return { text: strict.decode(bytes), odd: false };
    } catch {
      return { text: western.decode(bytes), odd: true };
    }
  };
  const slow = (bytes: Uint8Array): TextPiece => {
    let text = '';
    const issues: ReadIssue[] = [];
    for (let at = 0, end = 0; at < bytes.length; at = end) {
      end = endOfLine(bytes, at);
      const read = decode(bytes.subarray(at, end));
      text += read.text;
      if (read.odd && !told) {
        told = true;
        issues.push(westernIssue(path, line, read.text));
      }
      line++;
    }
    return { text, issues };
  };
  return (bytes, last) => {
    const whole = rest.length > 0 ? join([rest, bytes], rest.length + bytes.length) : bytes;
    const end = last ? whole.length : cutAt(whole);
    rest = whole.slice(end);
    const taken = whole.subarray(0, end);
    const read = decode(taken);
    if (read.odd) return slow(taken);
    if (!told) line += countBreaks(taken);
    return { text: read.text, issues: [] };
  };
}

/** Behind the last line break; where a line is long, behind the last whole sign. */
function cutAt(bytes: Uint8Array): number {
  const end = Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;
  if (end > 0 || bytes.length < PEEK) return end;
  for (let at = bytes.length - 1; at >= bytes.length - 4; at--) {
    const byte = bytes[at] as number;
    if (byte < 0x80) return at + 1;
    if (byte >= 0xc0) return at;
  }
  return bytes.length;
}

function endOfLine(bytes: Uint8Array, at: number): number {
  const lf = bytes.indexOf(LF, at);
  const cr = bytes.indexOf(CR, at);
  const end = lf < 0 ? cr : cr < 0 ? lf : Math.min(lf, cr);
  if (end < 0) return bytes.length;
  return end === cr && lf === cr + 1 ? lf + 1 : end + 1;
}

function countBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
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
export const BATCH_ROWS = 50;

/** `data/raw_records.ndjson` → `raw_records`. */
export function tableName(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');
}
