// All that a database or a folder holds, as text to look for something in.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';

/** Every row of every table, bytes as the letters that they would be. */
export async function dumpDatabase(db: Kysely<never>, schema?: string): Promise<string> {
  const tables = (await db.introspection.getTables()).filter((table) => schema === undefined || table.schema === schema);
  const dumped: string[] = [];
  for (const { name, schema: of } of tables) {
    const { rows } = await sql`select * from ${of ? sql.id(of, name) : sql.id(name)}`.execute(db);
    dumped.push(
      name,
      JSON.stringify(rows, (_key, value: unknown) => {
        const bytes =
          (value as { type?: string; data?: number[] } | null)?.type === 'Buffer' ? (value as { data: number[] }).data : undefined;
        return bytes ? Buffer.from(bytes).toString('latin1') : value;
      }),
    );
  }
  return dumped.join('\n');
}

/** Every file below a folder, as letters. */
export function readFolder(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? readFolder(path) : readFileSync(path, 'latin1')))
    .join('\n');
}
