// Starts the server: opens and migrates the database, loads the plugins, fills an empty directory with the demo, listens.

import { parseArgs } from 'node:util';
import { keepCompiledCode } from './compile-cache.ts';
import { OperatorProblem } from './db/operator-problem.ts';

keepCompiledCode();

const USAGE = `npm start -- [--port 4280] [--host 127.0.0.1] [--data DIR]

WAYPOST_DATA     the data folder (default: ./data)
DATABASE_URL     postgres://… instead of the file in the data folder
WAYPOST_KEY_FILE the database's key (default: one in your configuration folder)
WAYPOST_ORIGIN   the address that browsers use, where a proxy stands before this server: https://help.example.org
WAYPOST_PROXY    the proxy's address, whose X-Forwarded-For is believed
WAYPOST_IMPORT_FOLDER  the only folder from which scheduled imports may read (settings imports.folder, imports.folderSource)
WAYPOST_PLUGIN_HOSTS   hosts in your own house that plugins may be granted, as host:port,host:port
WAYPOST_LOG      fatal, error, warn, info, debug
`;

function parseOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? '4280' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: process.env['WAYPOST_DATA'] || 'data' },
      help: { type: 'boolean', default: false },
    },
  });
  if (!/^\d+$/.test(values.port) || Number(values.port) > 65_535) throw new OperatorProblem(`--port: "${values.port}" is no port.`);
  return values;
}

async function main(): Promise<void> {
  const options = parseOptions();
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { startServer, warmUp } = await import('./start.ts');
  const running = await startServer({
    dataFolder: options.data,
    url: process.env['DATABASE_URL'],
    host: options.host,
    port: Number(options.port),
    origin: process.env['WAYPOST_ORIGIN'],
    trustProxy: process.env['WAYPOST_PROXY'],
    importFolder: process.env['WAYPOST_IMPORT_FOLDER'] || undefined,
    localHosts: (process.env['WAYPOST_PLUGIN_HOSTS'] ?? '').split(',').filter((host) => host !== ''),
  });
  process.stdout.write(running.greeting);
  // Whoever comes first should not pay for it; what fails here is said by the request that needs it.
  warmUp(running.app).catch(() => undefined);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The second time at once: someone is in a hurry.
      if (stopping) process.exit(1);
      stopping = true;
      void running.stop().then(() => process.exit(0));
    });
  }
}

try {
  await main();
} catch (error) {
  // What the operator can mend is said in one sentence; a stack is for what nobody foresaw.
  const { sayOperatorFailure } = await import('./operator-failure.ts');
  process.stderr.write(`${sayOperatorFailure(error)}\n`);
  process.exitCode = 1;
}
