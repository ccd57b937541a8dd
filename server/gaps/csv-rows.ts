// Rows of a CSV file, plain or gzip, as they come: nothing is kept, so that a file may be larger than the memory.
// What cannot be read at all is refused in words.

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import Papa from 'papaparse';
import { Problem } from '#shared/platform/problems.ts';

const PIECE = 1 << 20;

export interface RowVisitor {
  header(columns: string[]): void;
  /** Rows that stand together; the first has the number `first`, counted from 1 without the header and empty rows. */
  rows(rows: readonly string[][], first: number): void;
}

/** Reads the file to its end. Throws a Problem, or what the visitor throws. */
export async function readCsvRows(file: string, visitor: RowVisitor): Promise<void> {
  const bytes = await openBytes(file);
  const text = Readable.from(decode(bytes, file));
  let next = 1;
  let header: string[] | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      Papa.parse<string[]>(text, {
        skipEmptyLines: 'greedy',
        chunk({ data, errors }, parser) {
          // What is thrown in here would be thrown into the stream.
          try {
            const quote = errors.find(({ type }) => type === 'Quotes');
            if (quote)
              throw refuse(`${file}, row ${next - (header ? 0 : 1) + (quote.row ?? 0)}: a quote is not closed, or more text follows it.`);
            if (!header && data.length > 0) visitor.header((header = (data.shift() as string[]).map((name) => name.trim())));
            if (data.length > 0) visitor.rows(data, next);
            next += data.length;
          } catch (error) {
            // Before it is stopped: a stopped reading counts as complete.
            reject(error as Error);
            parser.abort();
          }
        },
        complete: () => resolve(),
        error: (error: Error) => reject(error),
      });
    });
  } finally {
    text.destroy();
    bytes.destroy();
  }
  if (!header) throw refuse(`${file} is empty. Its first row names the columns.`);
}

async function openBytes(file: string): Promise<Readable> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`);
  });
  const head = new Uint8Array(2);
  try {
    await handle.read(head, 0, 2, 0);
  } catch (error) {
    throw refuse(`${file} cannot be read: ${(error as Error).message}`);
  } finally {
    await handle.close();
  }
  const bytes = createReadStream(file, { highWaterMark: PIECE });
  if (head[0] !== 0x1f || head[1] !== 0x8b) return bytes;
  const unpacked = createGunzip({ chunkSize: PIECE });
  bytes.on('error', (error) => unpacked.destroy(error));
  return bytes.pipe(unpacked);
}

async function* decode(bytes: Readable, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of bytes) yield decoder.decode(piece as Uint8Array, { stream: true });
    yield decoder.decode();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw refuse(`${file} is not UTF-8 text. Save it as CSV in UTF-8.`);
    if (code?.startsWith('Z_')) throw refuse(`${file} cannot be unpacked, it is broken or cut off: ${message}.`);
    throw refuse(`${file} cannot be read: ${message}`);
  }
}

function refuse(message: string): Problem {
  return new Problem('bad_request', message);
}
