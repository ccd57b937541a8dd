// @ts-check
// The process in which plugins run, apart from the server: no environment, no rights but to read its own program. It gives
// every plugin a thread, hands turns to it, and ends a thread that does not come back. It knows nothing of what is said.

import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createFrameReader, writeFrame } from './frames.mjs';

/** @import { HostRequest, HostAnswer, CageLimits, ThreadAnswer, ThreadRequest } from './protocol.ts' */

const limits = /** @type {CageLimits} */ (JSON.parse(process.argv[2] ?? ''));
const wasm = new WebAssembly.Module(readFileSync(fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'))));
const guest = readFileSync(new URL('./guest.js', import.meta.url), 'utf8');
const server = new Socket({ fd: 3, readable: true, writable: true });

/** How often a thread that should be back is asked how long it has computed. */
const LOOK_MS = 50;

/** @param {HostAnswer} answer @param {string} [text] */
function say(answer, text) {
  writeFrame(server, answer, text === undefined ? undefined : Buffer.from(text));
}

class Thread {
  /** @type {Worker} */ #worker;
  /** @type {number} */ #id;
  /** @type {number | null} */ #turn = null;
  /** @type {NodeJS.Timeout | undefined} */ #timer;
  /** Turns that wait until the thread is ready. @type {{ turn: number, request: ThreadRequest }[]} */ #waiting = [];
  #ready = false;
  #over = false;

  /** @param {number} id */
  constructor(id) {
    this.#id = id;
    this.#worker = new Worker(new URL('./plugin-thread.mjs', import.meta.url), {
      workerData: { wasm, guest, limits },
      env: {},
      argv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.threadHeapMb, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
    });
    this.#worker.on('message', (answer) => this.#hear(answer));
    this.#worker.on('error', (error) => this.#end({ outcome: 'broken', message: error.message }));
    this.#worker.on('exit', () => this.#end({ outcome: 'broken', message: 'its thread ended' }));
  }

  /** @param {number} turn @param {ThreadRequest} request */
  take(turn, request) {
    this.#waiting.push({ turn, request });
    this.#next();
  }

  stop() {
    this.#over = true;
    clearTimeout(this.#timer);
    threads.delete(this.#id);
    void this.#worker.terminate();
  }

  #next() {
    if (!this.#ready || this.#turn !== null) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#turn = next.turn;
    const began = performance.now();
    this.#timer = setTimeout(() => void this.#look(next.turn, began), limits.hardMs);
    this.#worker.postMessage(next.request);
  }

  /**
   * The limit is one of computing, so that a busy machine ends nobody; a thread that does not even tell is ended by the clock.
   * @param {number} turn @param {number} began
   */
  async #look(turn, began) {
    const ms = performance.now() - began;
    const cpu = ms > limits.wallMs ? null : await Promise.race([this.#computed(), rest(limits.wallMs - ms)]);
    if (this.#turn !== turn || this.#over) return;
    if (cpu === null || cpu > limits.hardMs) this.#end({ outcome: 'killed', cpuMs: Math.round(cpu ?? ms) });
    else this.#timer = setTimeout(() => void this.#look(turn, began), LOOK_MS);
  }

  /** What it has computed since its last answer, in milliseconds. @returns {Promise<number | null>} */
  async #computed() {
    try {
      const { user, system } = await this.#worker.cpuUsage();
      return (user + system) / 1000 - this.#before;
    } catch {
      return null;
    }
  }
  /** Computed before this turn. */
  #before = 0;

  /** @param {ThreadAnswer} answer */
  #hear(answer) {
    if (this.#over) return;
    clearTimeout(this.#timer);
    if (answer.outcome === 'ready') {
      this.#ready = true;
      this.#before = answer.total;
    } else if (this.#turn !== null) {
      const { answers, total, outcome, ...rest } = answer;
      this.#before = total;
      if (outcome !== 'ok') return this.#end({ outcome, ...rest });
      say({ type: 'turned', plugin: this.#id, turn: this.#turn, outcome, ...rest }, answers);
      this.#turn = null;
    }
    this.#next();
  }

  /** @param {{ outcome: 'broken' | 'interrupted' | 'killed', message?: string | undefined, cpuMs?: number, memory?: number }} why */
  #end(why) {
    if (this.#over) return;
    this.stop();
    say({ type: 'turned', plugin: this.#id, turn: this.#turn ?? -1, cpuMs: 0, memory: 0, ...why });
  }
}

/** @param {number} ms @returns {Promise<null>} */
const rest = (ms) => new Promise((resolve) => setTimeout(() => resolve(null), Math.max(0, ms)));

/** @type {Map<number, Thread>} */
const threads = new Map();

/** @param {HostRequest} request @param {Buffer} bytes */
function hear(request, bytes) {
  if (request.type === 'stop') return threads.get(request.plugin)?.stop();
  let thread = threads.get(request.plugin);
  if (request.type === 'load') {
    threads.set(request.plugin, (thread = new Thread(request.plugin)));
    thread.take(request.turn, { type: 'load', at: request.at, main: request.main, modules: request.modules });
    return;
  }
  // One that was ended meanwhile has been told of.
  thread?.take(request.turn, { type: 'turn', at: request.at, events: request.events, ...(bytes.length > 0 && { bytes }) });
}

const reader = createFrameReader(hear, limits.frameBytes);
server.on('data', (chunk) => reader(chunk));
server.on('close', () => process.exit(0));
server.on('error', () => process.exit(0));
// The program is read; from here on nothing needs to be read but by new threads.
say({ type: 'ready' });
