// The process in which installed plugins run (host-process.mjs), as the server sees it: begun when the first one is needed,
// with an empty environment and the right to read its own program alone.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CageLimits, HostAnswer, HostRequest } from './protocol.ts';
import { createFrameReader, writeFrame } from './frames.mjs';

export type TurnAnswer = Extract<HostAnswer, { type: 'turned' }>;

export interface PluginHost {
  readonly pid: number | undefined;
  send(request: HostRequest, bytes?: Uint8Array): void;
  /** Ends the process at once. */
  kill(): void;
}

export interface HostEvents {
  onTurn(answer: TurnAnswer, text: string): void;
  /** The process is gone, whoever ended it. */
  onExit(): void;
}

const PROGRAM = fileURLToPath(new URL('./host-process.mjs', import.meta.url));
// Links are not followed to their ends, because that takes the right to read on the way there.
const FLAGS = ['--permission', '--allow-worker', '--preserve-symlinks', '--preserve-symlinks-main', '--no-warnings'];
const PACKAGES = ['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync', '@jitl/quickjs-ffi-types'];

export function startPluginHost(limits: CageLimits, events: HostEvents): PluginHost {
  const child = spawn(
    process.execPath,
    [...FLAGS, ...listReadable().map((path) => `--allow-fs-read=${path}`), PROGRAM, JSON.stringify(limits)],
    // Its local time is the world's, so that a plugin gives the same everywhere.
    { env: { TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'inherit', 'pipe'], windowsHide: true },
  );
  giveWay(child.pid);
  const pipe = child.stdio[3] as Duplex;
  let gone = false;
  const end = (): void => {
    if (gone) return;
    gone = true;
    child.kill('SIGKILL');
    events.onExit();
  };
  const read = createFrameReader((answer: HostAnswer, bytes: Buffer) => {
    if (answer.type === 'turned') events.onTurn(answer, bytes.toString('utf8'));
  }, limits.frameBytes);
  pipe.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      end();
    }
  });
  pipe.on('error', end);
  child.on('error', end);
  child.on('exit', end);
  letGo(child, pipe);
  return {
    pid: child.pid,
    send(request, bytes) {
      if (!gone) writeFrame(pipe, request, bytes);
    },
    kill: end,
  };
}

/** Plugins compute with what the server leaves: their limits are of computing, so that they lose nothing but time. */
function giveWay(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where it is not allowed, they compete as equals.
  }
}

/** A command that is done does not wait for its host; the host ends when the pipe does. */
function letGo(child: ChildProcess, pipe: Duplex): void {
  child.unref();
  if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}

/** Its own program and the packages that it is made of, wherever those lie. */
function listReadable(): string[] {
  const own = dirname(PROGRAM);
  const found = [own];
  for (let folder = own; dirname(folder) !== folder; folder = dirname(folder)) {
    for (const name of ['package.json', ...PACKAGES.map((part) => join('node_modules', part))]) {
      const path = join(folder, name);
      if (existsSync(path)) found.push(path);
    }
  }
  return found;
}
