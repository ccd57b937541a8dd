// The file of food pantries again and again, for imports of any size.

import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { flattenRow } from '#shared/directory/profile.ts';

export interface RepeatOptions {
  /** Where the rows go, one JSON object a line. */
  file: string;
  /** Where they go as a table too. */
  csv?: string;
  rows: number;
  /** With ids and names of their own. */
  distinct: boolean;
}

export async function repeatRows(source: string, { file, csv, rows, distinct }: RepeatOptions): Promise<void> {
  const records: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: createReadStream(source) }))
    if (line) records.push(JSON.parse(line) as Record<string, unknown>);
  const columns = [...new Set(records.flatMap((record) => Object.keys(flattenRow(record))))];
  const json = createWriteStream(file);
  const table = csv === undefined ? undefined : createWriteStream(csv);
  table?.write(`${columns.join(',')}\n`);
  for (let n = 0; n < rows; n++) {
    const round = Math.floor(n / records.length);
    const record = { ...(records[n % records.length] as Record<string, unknown>) };
    if (distinct && round > 0) {
      for (const key of ['name', 'Name']) if (typeof record[key] === 'string' && record[key]) record[key] = `${record[key]} ${round}`;
      for (const key of ['id', 'Entity_Id'])
        if (record[key] !== undefined && record[key] !== null) record[key] = `${String(record[key])}-${round}`;
    }
    if (table) {
      const flat = flattenRow(record);
      table.write(`${columns.map((column) => cell(flat[column])).join(',')}\n`);
    }
    if (!json.write(`${JSON.stringify(record)}\n`)) await new Promise<void>((resolve) => json.once('drain', () => resolve()));
  }
  await Promise.all([json, table].map((stream) => new Promise<void>((resolve) => (stream ? stream.end(() => resolve()) : resolve()))));
}

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
