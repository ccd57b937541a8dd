// The `waypost` command. Each feature brings its commands; only the one that is called is loaded.
// Results go to standard output, everything else to standard error.

import type { CliIo, Command } from './command.ts';
import { keepCompiledCode } from './compile-cache.ts';

keepCompiledCode();

interface Entry {
  summary: string;
  load(): Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  import: { summary: 'Import a directory from files', load: async () => (await import('./directory/command.ts')).importCommand },
  export: { summary: 'Write the directory to files', load: async () => (await import('./directory/command.ts')).exportCommand },
  demo: { summary: 'Add or remove the demo town', load: async () => (await import('./directory/command.ts')).demoCommand },
  schema: { summary: 'Print the JSON Schema of a file format', load: async () => (await import('./directory/command.ts')).schemaCommand },
  acts: { summary: 'List what was done to the directory', load: async () => (await import('./directory/history-command.ts')).actsCommand },
  history: { summary: 'Show what happened to a record', load: async () => (await import('./directory/history-command.ts')).historyCommand },
  undo: { summary: 'Take an act back', load: async () => (await import('./directory/history-command.ts')).undoCommand },
  search: {
    summary: 'Search the directory by words',
    load: async () => (await import('./directory/search-command.ts')).searchCommand,
  },
  problems: {
    summary: 'List what is wrong in the directory, mend it or leave it as it is',
    load: async () => (await import('./directory/problems-command.ts')).problemsCommand,
  },
  find: { summary: 'Find services for a request', load: async () => (await import('./matching/command.ts')).findCommand },
  rules: { summary: 'Check, test and try eligibility rules', load: async () => (await import('./rules/command.ts')).rulesCommand },
  gaps: {
    summary: 'Show where help is missing and where more would help most',
    load: async () => (await import('./gaps/command.ts')).gapsCommand,
  },
  demand: {
    summary: 'Add, list and remove people by area for gap analysis',
    load: async () => (await import('./gaps/demand-command.ts')).demandCommand,
  },
  plugin: {
    summary: 'Write, check, install and switch plugins',
    load: async () => (await import('./plugins/command.ts')).pluginCommand,
  },
  basemap: {
    summary: 'Add streets and a drawn map from files',
    load: async () => (await import('./streets/command.ts')).basemapCommand,
  },
  reach: {
    summary: 'Show what can be reached from a place in so many minutes',
    load: async () => (await import('./streets/reach-command.ts')).reachCommand,
  },
  hidden: {
    summary: 'List, hide and show places whose address is secret',
    load: async () => (await import('./directory/hidden-command.ts')).hiddenCommand,
  },
  audit: {
    summary: 'Show who read or decided what of that which is secret',
    load: async () => (await import('./audit/command.ts')).auditCommand,
  },
  people: {
    summary: 'Add made-up clients to try casework on',
    load: async () => (await import('./casework/command.ts')).peopleCommand,
  },
  user: { summary: 'Add and list accounts', load: async () => (await import('./identity/command.ts')).userCommand },
  backup: { summary: 'Write a copy of the database to a file', load: async () => (await import('./db/backup.ts')).backupCommand },
  move: { summary: 'Move everything to PostgreSQL, or back into a folder', load: async () => (await import('./db/move.ts')).moveCommand },
  key: { summary: "Put the database's key back", load: async () => (await import('./db/command.ts')).keyCommand },
};

const HELP = `waypost <command> [options]

Commands
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n')}

Options of every command
  --data DIR   The data folder (default: WAYPOST_DATA, else ./data)
  --help       How the command is used
DATABASE_URL=postgres://… uses PostgreSQL instead of the file in the data folder.
`;

async function main(args: string[]): Promise<number> {
  const { data, rest } = takeDataFolder(args);
  const [name, ...commandArgs] = rest;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) {
    process.stderr.write(`There is no command "${name}".\n\n${HELP}`);
    return 2;
  }
  const command = await entry.load();
  if (commandArgs.includes('--help')) {
    process.stdout.write(`${command.summary}\n\n${command.usage}\n`);
    return 0;
  }
  return runCommand(command, commandArgs, data);
}

/** `--data` may stand anywhere, so that it means the same for every command. */
function takeDataFolder(args: string[]): { data: string; rest: string[] } {
  const rest = [...args];
  let data = process.env['WAYPOST_DATA'] || 'data';
  const at = rest.findIndex((arg) => arg === '--data' || arg.startsWith('--data='));
  if (at >= 0) {
    const [given] = rest.splice(at, 1) as [string];
    if (given !== '--data') data = given.slice('--data='.length);
    else data = rest.splice(at, 1)[0] ?? data;
  }
  return { data, rest };
}

async function runCommand(command: Command, args: string[], data: string): Promise<number> {
  const { sayFailure } = await import('./cli-failure.ts');
  const { stdin, stdout, stderr } = process;
  const io: CliIo = { stdin, stdout, stderr, data, openApp: () => openCliApp(data), openRegistry: openCliRegistry };
  try {
    return await command.run(args, io);
  } catch (error) {
    const failure = sayFailure(error, command);
    process.stderr.write(failure.text);
    return failure.exitCode;
  }
}

async function openCliApp(data: string) {
  const [{ openApp }, { createLog }] = await Promise.all([import('./app.ts'), import('./log.ts')]);
  const app = await openApp({ dataFolder: data, url: process.env['DATABASE_URL'], log: createLog({ level: 'warn' }) });
  if (app.recoveryKey) process.stderr.write(sayRecoveryKey(data, app.recoveryKey));
  return app;
}

const openCliRegistry: CliIo['openRegistry'] = async (points) => {
  const [{ createRegistry, loadPlugins }, { PLUGINS_FOLDER }] = await Promise.all([
    import('./plugins/load.ts'),
    import('./plugins/folder.ts'),
  ]);
  const registry = createRegistry();
  loadPlugins(PLUGINS_FOLDER, registry, { points });
  return registry;
};

function sayRecoveryKey(data: string, recoveryKey: string): string {
  return `A new database was made in ${data}. Write down its recovery key, it is shown only now:\n  ${recoveryKey}\n`;
}

// Set, not exit(): what is still being written to a pipe must arrive.
process.exitCode = await main(process.argv.slice(2));
