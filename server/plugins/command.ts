// `waypost plugin`.

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Kysely } from 'kysely';
import { PLUGIN_API_VERSION } from '#shared/plugin-api/api-version.ts';
import { CONTRIBUTION_POINTS, type ContributionPointId } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Issue } from '#shared/platform/result.ts';
import { UsageError, type CliIo, type Command, type ExitCode } from '../command.ts';
import type { Database } from '../db/schema.ts';
import { listAgencies } from '../identity/accounts.ts';
import { createLocalActor } from '../identity/actor.ts';
import {
  disablePlugin,
  enablePlugin,
  installPlugin,
  readPermissions,
  removePlugin,
  revertPlugin,
  sayGrant,
  setPluginAgencies,
} from './administer.ts';
import { readPluginHealth } from './calls.ts';
import { checkPackage, listAgainst, type CheckAgainst, type CheckReport } from './check.ts';
import { sayImpacts, sayReport } from './command-words.ts';
import { findShippedFolder, PLUGINS_FOLDER } from './folder.ts';
import { inspect, inspectInstalled } from './inspect.ts';
import { createRegistry, loadPlugins } from './load.ts';
import { packFolder } from './pack.ts';
import { readPackage, type PluginPackage } from './package-file.ts';
import { createManifestSchema, createPointSchema, writeReference } from './reference.ts';
import { writeTemplate } from './template.ts';

export const pluginCommand: Command = {
  name: 'plugin',
  summary: 'Write, check, install and switch plugins',
  usage: `waypost plugin new NAME [--code]      a folder to begin with: data alone, or with an importer
waypost plugin check FOLDER|FILE.tgz  all that can be said before anyone uses it
waypost plugin test FOLDER|FILE.tgz   its own tests
waypost plugin impact NAME|FOLDER|FILE.tgz  who gains and who loses once it is on, of 1,000 made-up households
waypost plugin pack FOLDER [--out FILE.tgz]
waypost plugin install FOLDER|FILE.tgz [--grant] [--enable] [--link]
waypost plugin update FOLDER|FILE.tgz [--grant]
waypost plugin back NAME [--grant]    to the version before the last update
waypost plugin enable NAME [--grant] [--agencies all|NAME,NAME] [--override-flow-rule]
waypost plugin disable NAME
waypost plugin remove NAME
waypost plugin list
waypost plugin schema [POINT]         the JSON Schema of a plugin's package.json, or of a file of this point, for editors
waypost plugin reference              everything a plugin can add and is given, as a page

--json   one JSON document on standard output
--link   of a folder that is being written: the running server takes each change that has no fault
--agencies  for whose people it holds; what concerns the whole server (formats, themes, settings) is for all
--grant  agrees to what the plugin asks for; read it first: "waypost plugin check" tells it`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        ...{
          json: { type: 'boolean', default: false },
          grant: { type: 'boolean', default: false },
          enable: { type: 'boolean', default: false },
        },
        ...{
          'override-flow-rule': { type: 'boolean', default: false },
          code: { type: 'boolean', default: false },
          link: { type: 'boolean', default: false },
          agencies: { type: 'string' },
          out: { type: 'string' },
        },
      },
      allowPositionals: true,
    });
    const [act = '', subject, ...rest] = positionals;
    if (rest.length > 0) throw new UsageError(`"${rest[0] ?? ''}" is not understood.`);
    const run = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
    if (!run) throw new UsageError(act === '' ? 'Say what to do.' : `"waypost plugin ${act}" is not understood.`);
    const alone = ALONE.has(act);
    if (act !== 'schema' && (alone ? subject !== undefined : subject === undefined))
      throw new UsageError(alone ? `"${subject ?? ''}" is not understood.` : 'Say which plugin: a name, a folder or a .tgz file.');
    return run(subject ?? '', values, io);
  },
};

interface Options {
  json: boolean;
  grant: boolean;
  enable: boolean;
  'override-flow-rule': boolean;
  code: boolean;
  out?: string | undefined;
  agencies?: string | undefined;
  link: boolean;
}

/** Acts that concern no one plugin. */
const ALONE: ReadonlySet<string> = new Set(['list', 'schema', 'reference']);

const actor = createLocalActor('admin');

const ACTS: Readonly<Record<string, (subject: string, options: Options, io: CliIo) => Promise<ExitCode>>> = {
  async new(name, { code, json }, io) {
    const files = writeTemplate(resolve(name), { code });
    return say(io, json, { folder: resolve(name), files }, `${files.join('\n')}\n\nNext: waypost plugin check ${name}\n`);
  },

  async check(path, { json }, io) {
    const report = await check(path, io);
    say(io, json, report, sayReport(report));
    return report.ok ? 0 : 1;
  },

  async test(path, { json }, io) {
    const { name, version, rules, issues } = await check(path, io);
    const failed = issues.filter(({ severity }) => severity === 'error');
    const lines = [
      `${rules.tests - rules.failed} of ${rules.tests} tests of ${rules.rules === 1 ? 'one rule' : `${rules.rules} rules`} pass.`,
      ...failed.map(({ message }) => message),
    ];
    say(io, json, { name, version, rules, issues: failed }, `${lines.join('\n')}\n`);
    return failed.length > 0 ? 1 : 0;
  },

  async impact(subject, { json }, io) {
    await using app = await io.openApp();
    const { name, impacts } = existsSync(subject) ? await inspect(app, await readAny(subject)) : await inspectInstalled(app, subject);
    return say(io, json, { name, impacts }, sayImpacts(impacts));
  },

  async pack(folder, { out, json }, io) {
    const { manifest, bytes, integrity, files } = await readAny(folder);
    const file = out ?? `${manifest.name.replace(/^@/, '').replace('/', '-')}-${manifest.version}.tgz`;
    writeFileSync(file, bytes);
    return say(
      io,
      json,
      { file, integrity, bytes: bytes.length, files: [...files.keys()] },
      `${file}, ${bytes.length} bytes, ${files.size} files\n${integrity}\n`,
    );
  },

  install: (path, options, io) => install(path, options, io),

  async update(path, options, io) {
    return install(path, options, io, (name, installed) => {
      if (!installed) throw new Problem('not_found', `No plugin "${name}" is installed. Use "waypost plugin install".`);
    });
  },

  async back(name, { grant, json, ...options }, io) {
    await using app = await io.openApp();
    const done = await revertPlugin(app.pluginShelf, name, { actor, grant, overrideFlowRule: options['override-flow-rule'] });
    return say(io, json, done, `${done.name} is ${done.version} again.\n`);
  },

  async enable(name, { grant, json, ...options }, io) {
    await using app = await io.openApp();
    const agencies = options.agencies === undefined ? undefined : await findAgencies(app.db, options.agencies);
    const { impacts } = await inspectInstalled(app, name);
    await enablePlugin(app.pluginShelf, name, { actor, grant, overrideFlowRule: options['override-flow-rule'] });
    if (agencies !== undefined) await setPluginAgencies(app.pluginShelf, name, { actor, agencies });
    return say(io, json, { name, enabled: true, impacts }, `"${name}" is on.\n${sayImpacts(impacts)}`);
  },

  async disable(name, { json }, io) {
    await using app = await io.openApp();
    await disablePlugin(app.pluginShelf, name, actor);
    return say(io, json, { name, enabled: false }, `"${name}" is off.\n`);
  },

  async remove(name, { json }, io) {
    await using app = await io.openApp();
    await removePlugin(app.pluginShelf, name, actor);
    return say(io, json, { name, removed: true }, `"${name}" is removed, and what it kept for itself. What was done with it stays.\n`);
  },

  async schema(point, _options, io) {
    const schema = point === '' ? createManifestSchema() : createPointSchema(point);
    if (!schema)
      throw new Problem('not_found', `There is no contribution point "${point}". Points: ${Object.keys(CONTRIBUTION_POINTS).join(', ')}.`);
    return say(io, true, schema, '');
  },

  async reference(_subject, { json }, io) {
    const page = writeReference({ plugins: loadPlugins(PLUGINS_FOLDER, createRegistry(), { points: [] }).shipped });
    return say(io, json, { version: PLUGIN_API_VERSION, page }, page);
  },

  async list(_subject, { json }, io) {
    await using app = await io.openApp();
    const shipped = app.plugins.list.filter(({ installed }) => !installed);
    const installed = await Promise.all(
      app.pluginShelf.store.list().map(async ({ folder, ...plugin }) => ({
        ...plugin,
        asks: readPermissions({ folder }),
        health: await readPluginHealth(app.db, plugin.name),
      })),
    );
    const lines = [
      ...shipped.map(({ name, version }) => `${name} ${version}  shipped`),
      ...installed.map(({ name, version, enabled, quarantine, granted, health }) =>
        [
          `${name} ${version}`,
          quarantine ? `in quarantine: ${quarantine.why}` : enabled ? 'on' : 'off',
          `may: ${sayGrant(granted)}`,
          `${health.calls} calls`,
        ].join('  '),
      ),
    ];
    return say(io, json, { shipped: shipped.map(({ name, version }) => ({ name, version })), installed }, `${lines.join('\n')}\n`);
  },
};

/** Ids by names, separated by commas; null: all. */
async function findAgencies(db: Kysely<Database>, names: string): Promise<string[] | null> {
  if (names === 'all') return null;
  const known = await listAgencies(db);
  return names.split(',').map((name) => {
    const found = known.find((agency) => agency.name === name.trim());
    if (found) return found.id;
    throw new Problem(
      'not_found',
      `There is no agency "${name.trim()}". Agencies: ${known.map((agency) => agency.name).join(', ') || 'none'}.`,
    );
  });
}

async function install(
  path: string,
  { grant, enable, json, ...options }: Options,
  io: CliIo,
  accept: (name: string, installed: boolean) => void = () => {},
): Promise<ExitCode> {
  const content = await readAny(path);
  await using app = await io.openApp();
  const { impacts, ...report } = await inspect(app, content);
  // The operator alone may let one read of people and talk to the outside; nothing else that stands against it is passed over.
  const isAgainst = ({ severity, code }: Issue) => severity === 'error' && !(code === 'flow_rule' && options['override-flow-rule']);
  if (report.issues.some(isAgainst)) {
    io.stderr.write(sayReport(report));
    throw new Problem('unprocessable', `"${report.name}" was not installed.`);
  }
  const { pluginShelf } = app;
  const consent = { actor, grant, overrideFlowRule: options['override-flow-rule'] };
  accept(report.name, pluginShelf.store.find(report.name) !== undefined);
  if (options.link && !statSync(path).isDirectory()) throw new Problem('bad_request', `${path} is no folder: only a folder can be linked.`);
  const done = await installPlugin(pluginShelf, { content, source: basename(path), ...(options.link && { link: resolve(path) }) }, consent);
  if (enable) await enablePlugin(pluginShelf, report.name, consent);
  const on = enable || done.enabled;
  const words = `${done.name} ${done.version} is installed and ${on ? 'on' : `off. Switch it on: waypost plugin enable ${done.name}`}\n${sayImpacts(impacts)}`;
  const { adds, permissions } = report;
  return say(io, json, { ...done, enabled: on, integrity: content.integrity, adds, permissions, impacts }, words);
}

/** A folder is packed first, so that it is held to the same as a package from elsewhere. */
async function readAny(path: string): Promise<PluginPackage> {
  if (!existsSync(path)) throw new Problem('not_found', `There is no file and no folder "${path}" here.`);
  const isFolder = statSync(path).isDirectory();
  if (isFolder && !existsSync(join(path, 'package.json')))
    throw new Problem('not_found', `${path} holds no package.json, so it is no plugin.`);
  const read = isFolder ? await packFolder(path) : await readPackage(readFileSync(path));
  if (read.ok) return read.value;
  throw new Problem('unprocessable', `${path}: ${read.issues.map(({ message }) => message).join('\n')}`);
}

async function check(path: string, io: CliIo): Promise<CheckReport> {
  return checkPackage(await readAny(path), await listThere(io), findShippedFolder(path));
}

async function listThere(io: CliIo): Promise<CheckAgainst> {
  const registry = await io.openRegistry(Object.keys(CONTRIBUTION_POINTS) as ContributionPointId[]);
  return listAgainst(registry, Date.now());
}

function say(io: CliIo, json: boolean, document: unknown, words: string): ExitCode {
  io.stdout.write(json ? `${JSON.stringify(document)}\n` : words);
  return 0;
}
