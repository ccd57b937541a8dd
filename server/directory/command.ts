// `waypost import`, `export`, `demo` and `schema`.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { Choice } from '#shared/directory/conflict-decisions.ts';
import { ImportMapping } from '#shared/directory/mapping.ts';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type CliIo, type Command } from '../command.ts';
import { addDemos, removeDemos } from './demo.ts';
import { createLocalActor } from '../identity/actor.ts';
import { auditExport, exportDirectory } from './export.ts';
import { locateForWorker, startImport, type ImportReport } from './import.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'Import a directory from files',
  usage: `waypost import PATH… [--format auto|hsds|hsds-json|csv|xlsx|ndjson|geojson] [--mapping FILE] [--source NAME]
  [--save-mapping] [--conflicts ours|theirs] [--close-gone] [--dry-run] [--json]

PATH is a file, a folder or a ZIP package. A mapping is suggested from names and values of the columns; --mapping takes
one from a file (YAML or JSON; "waypost schema mapping" prints its schema). --dry-run tries everything and keeps nothing.
The same source can be imported again: what did not change is left alone, and what was edited here stays.
A mapping that was given is used again by the next import of the source; --save-mapping keeps a suggested one too.
--conflicts decides where a value was edited here and the input gives another one: "ours" keeps the edit and does not ask
again, "theirs" takes the input's. --close-gone closes services that the source no longer has; nothing is ever deleted.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      format: { type: 'string', default: 'auto' },
      mapping: { type: 'string' },
      source: { type: 'string' },
      'save-mapping': { type: 'boolean', default: false },
      conflicts: { type: 'string' },
      'close-gone': { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length === 0) throw new UsageError('Say what to import: a file, a folder or a ZIP package.');
    const conflicts = values['conflicts'] === undefined ? undefined : Choice.safeParse(values['conflicts']);
    if (conflicts?.success === false) throw new UsageError('--conflicts is "ours" or "theirs".');
    const mapping = values['mapping'] === undefined ? undefined : readMapping(String(values['mapping']));
    await using app = await io.openApp();
    const report = await startImport(
      {
        ...locateForWorker(app),
        request: {
          paths: positionals,
          format: String(values['format']),
          mapping,
          source: values['source'] as string | undefined,
          dryRun: values['dry-run'] === true,
          decisions: conflicts && { all: conflicts.data, fields: {}, values: {} },
          closeGone: values['close-gone'] === true,
          saveMapping: values['save-mapping'] === true,
          actor: 'local:steward',
        },
      },
      { onProgress: ({ rows }) => void ('isTTY' in io.stderr && io.stderr.isTTY && io.stderr.write(`\r${rows} rows`)) },
    );
    if (values['json']) io.stdout.write(`${JSON.stringify(report)}\n`);
    else sayReport(report, io, values['dry-run'] === true);
    return report.rows > 0 && report.rejected === report.rows ? 1 : 0;
  },
};

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write the directory to files',
  usage: `waypost export --format hsds|hsds-json|csv|geojson --out PATH [--source NAME] [--json]

PATH is a folder; with csv and geojson it may be the file itself. --source exports only what one source gave.
Where a hidden site is is in no export. That it was made goes on record ("waypost audit").`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      format: { type: 'string' },
      out: { type: 'string' },
      source: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    if (values['format'] === undefined || values['out'] === undefined || positionals.length > 0)
      throw new UsageError('Say the format and where to write: --format hsds --out FOLDER.');
    await using app = await io.openApp();
    const request = { format: String(values['format']), out: String(values['out']), source: values['source'] as string | undefined };
    await auditExport(app, { actor: createLocalActor('steward'), ...request });
    const files = await exportDirectory(app, request);
    io.stdout.write(
      values['json']
        ? `${JSON.stringify({ format: request.format, out: request.out, files })}\n`
        : `Wrote ${files.length === 1 ? files[0] : `${files.length} files`} to ${request.out}.\n`,
    );
    return 0;
  },
};

export const demoCommand: Command = {
  name: 'demo',
  summary: 'Add or remove the demo town',
  usage: `waypost demo add|remove [--json]

The demo is made up. It is a source of its own: removing it leaves everything else as it is.`,
  async run(args, io) {
    const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
    const [action] = positionals;
    if (positionals.length !== 1 || (action !== 'add' && action !== 'remove'))
      throw new UsageError('Say what to do: demo add, or demo remove.');
    await using app = await io.openApp();
    if (action === 'remove') {
      const records = await removeDemos(app, 'local:admin');
      io.stdout.write(values['json'] ? `${JSON.stringify({ removed: records })}\n` : `Removed the demo: ${records} records.\n`);
      return 0;
    }
    const reports = await addDemos(app, 'local:admin');
    if (values['json']) io.stdout.write(`${JSON.stringify(reports)}\n`);
    else for (const report of reports) sayReport(report, io, false);
    return 0;
  },
};

const SCHEMAS: Readonly<Record<string, z.ZodType>> = { mapping: ImportMapping };

export const schemaCommand: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of a file format',
  usage: `waypost schema ${Object.keys(SCHEMAS).join('|')}`,
  run(args, io) {
    const schema = args.length === 1 && Object.hasOwn(SCHEMAS, args[0] as string) ? SCHEMAS[args[0] as string] : undefined;
    if (!schema) throw new UsageError(`Name a format: ${Object.keys(SCHEMAS).join(', ')}.`);
    io.stdout.write(`${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`);
    return Promise.resolve(0);
  },
};

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parse(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Throws a Problem that names the file and what is wrong in it. */
export function readMapping(path: string): ImportMapping {
  let data: unknown;
  try {
    data = parseYaml(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Problem('bad_request', `The mapping ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = ImportMapping.safeParse(data);
  if (parsed.success) return parsed.data;
  const what = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || '(whole file)'}: ${issue.message}`);
  throw new Problem(
    'bad_request',
    `The mapping ${path} does not follow its schema. ${what.join('; ')}. "waypost schema mapping" prints the schema.`,
  );
}

function sayReport(report: ImportReport, { stdout }: CliIo, dryRun: boolean): void {
  const { source, rows, created, updated, unchanged, rejected, conflicts } = report;
  stdout.write(
    `${dryRun ? 'Tried' : 'Imported'} ${rows} rows of "${source}": ${created} created, ${updated} updated, ${unchanged} unchanged${conflicts > 0 ? ` (${conflicts} with an edit here that stays)` : ''}, ${rejected} rejected.\n`,
  );
  const byCode = Map.groupBy(report.issues, (issue) => issue.code);
  for (const [code, issues] of byCode) {
    const first = issues[0];
    if (!first) continue;
    const place = [first.file, first.row].filter((part) => part !== null && part !== '').join(', row ');
    stdout.write(`  ${first.severity.padEnd(7)} ${code} (${issues.length}), first in ${place}: ${first.message}\n`);
  }
}
