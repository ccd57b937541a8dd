// The example records of HSDS again and again, with ids of their own: as a package of tables, and as a list of trees.

import { createWriteStream, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const UUID = /\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9a-f]{12}\b/gi;

/** The copy's number takes the place of the last twelve digits. */
function withOwnIds(text: string, copy: number): string {
  return text.replace(UUID, (_, start: string) => start + copy.toString(16).padStart(12, '0'));
}

/** Writes every table of a package `copies` times, below one header. */
export async function copyPackage(from: string, to: string, copies: number): Promise<void> {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => file.endsWith('.csv'))) {
    const text = readFileSync(join(from, name), 'utf8').trimEnd();
    const headerEnd = text.indexOf('\n') + 1;
    const rows = `${text.slice(headerEnd)}\n`;
    await write(join(to, name), text.slice(0, headerEnd), copies, (copy) => withOwnIds(rows, copy));
  }
}

/** Writes a list of trees from a file that holds one. */
export async function copyTrees(from: string, to: string, copies: number): Promise<void> {
  const tree = JSON.stringify(JSON.parse(readFileSync(from, 'utf8')));
  await write(to, '[', copies, (copy) => withOwnIds(tree, copy) + (copy === copies ? ']' : ','));
}

async function write(file: string, header: string, copies: number, textOf: (copy: number) => string): Promise<void> {
  const stream = createWriteStream(file);
  stream.write(header);
  for (let copy = 1; copy <= copies; copy++)
    if (!stream.write(textOf(copy))) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  await new Promise<void>((resolve) => stream.end(() => resolve()));
}
