// @ts-check
// One plugin's thread: a QuickJS of its own with a memory of its own, which takes one turn after the other. Plain JavaScript,
// because each thread would load a compiler for anything else.

import { parentPort, workerData } from 'node:worker_threads';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import release from '@jitl/quickjs-wasmfile-release-sync';

/** @import { QuickJSHandle, QuickJSSyncVariant, SuccessOrFail } from 'quickjs-emscripten-core' */
/** @import { ThreadData, ThreadRequest, ThreadAnswer } from './protocol.ts' */

const { wasm, guest, limits } = /** @type {ThreadData} */ (workerData);
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);

const JOBS_AT_ONCE = 500;

/** The only time that a plugin can read: that of its turn. */
let now = 0;
Date.now = () => now;

// The library's own limit of memory does not hold, this one does: WebAssembly itself keeps it.
const memory = new WebAssembly.Memory({ initial: limits.firstPages, maximum: limits.mostPages });
// The package's types speak of its CommonJS twin.
const engine = /** @type {QuickJSSyncVariant} */ (/** @type {unknown} */ (release));
const own = /** @type {QuickJSSyncVariant} */ (newVariant(engine, { wasmModule: wasm, wasmMemory: memory }));
const quickjs = await newQuickJSWASMModuleFromVariant(own);
const runtime = quickjs.newRuntime();
const context = runtime.newContext();

let began = process.threadCpuUsage();
let interrupted = false;

/** Milliseconds of computing in this turn. */
function spent() {
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1000;
}

function isOver() {
  if (!interrupted && spent() > limits.softMs) interrupted = true;
  return interrupted;
}
runtime.setInterruptHandler(isOver);

/** @param {SuccessOrFail<QuickJSHandle, QuickJSHandle>} result */
function unwrap(result) {
  if (!result.error) return result.value;
  const { error } = result;
  const said = context.getProp(error, 'message').consume((message) => context.getString(message).slice(0, 1000));
  error.dispose();
  throw new Error(said);
}

/** Whatever a plugin has still to do, as long as it is allowed to. */
function runJobs() {
  while (runtime.hasPendingJob() && !isOver()) {
    const done = runtime.executePendingJobs(JOBS_AT_ONCE);
    if (done.error) done.error.dispose();
    else done.dispose();
  }
}

const door = unwrap(context.evalCode(guest, 'guest.js'));
const take = context.getProp(door, 'take');
const give = context.getProp(door, 'give');

/** What a plugin may import beside its own files. */
const DOOR = { waypost: 'export const definePlugin = (main) => main;' };

/** @param {Extract<ThreadRequest, { type: 'load' }>} request */
function load({ main, modules: own }) {
  /** @type {Record<string, string>} */
  const modules = { ...own, ...DOOR };
  runtime.setModuleLoader(
    (name) => {
      const text = Object.hasOwn(modules, name) ? modules[name] : undefined;
      return text ?? { error: new Error(`there is no module "${name}" in the plugin`) };
    },
    (from, name) => {
      if (!name.startsWith('.')) return name;
      return new URL(name, `plugin:///${from}`).pathname.slice(1);
    },
  );
  const text = modules[main];
  if (text === undefined) throw new Error(`its main file ${main} is missing`);
  const loaded = unwrap(context.evalCode(text, main, { type: 'module' }));
  runJobs();
  const namespace = settle(loaded);
  unwrap(context.callMethod(door, 'load', [namespace])).dispose();
}

/**
 * A module that waits gives a promise of its exports.
 * @param {QuickJSHandle} loaded
 */
function settle(loaded) {
  const state = context.getPromiseState(loaded);
  if (state.type === 'fulfilled') return state.value;
  if (state.type === 'pending') throw new Error('its main file waits for something while it is loaded');
  const said = context.getProp(state.error, 'message').consume((message) => context.getString(message).slice(0, 1000));
  throw new Error(said);
}

/**
 * @param {Extract<ThreadRequest, { type: 'turn' }>} request
 * @returns {string} the plugin's answers, as JSON
 */
function turn({ events, bytes }) {
  const text = context.newString(events);
  const buffer = bytes
    ? context.newArrayBuffer(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    : context.undefined;
  unwrap(context.callFunction(take, context.undefined, text, buffer)).dispose();
  text.dispose();
  buffer.dispose();
  runJobs();
  const answers = unwrap(context.callFunction(give, context.undefined));
  // A string's own length cannot be forged, so that nothing too large is copied.
  const length =
    context.typeof(answers) === 'string' ? context.getProp(answers, 'length').consume((value) => context.getNumber(value)) : -1;
  if (length < 0) throw new Error('it spoiled its own answers');
  if (length > limits.answerLength) {
    throw new Error(`it answered with ${(length / 1e6).toFixed(1)} million characters; ${limits.answerLength / 1e6} are allowed at once`);
  }
  return answers.consume((value) => context.getString(value));
}

port.on('message', (/** @type {ThreadRequest} */ request) => {
  began = process.threadCpuUsage();
  interrupted = false;
  now = request.at;
  /** @type {Pick<ThreadAnswer, 'outcome' | 'answers' | 'message'>} */
  let answer;
  try {
    let answers = '[]';
    if (request.type === 'load') load(request);
    else answers = turn(request);
    answer = { outcome: 'ok', answers };
  } catch (error) {
    answer = { outcome: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
  // Whatever it made of an interruption (a rejected promise, a caught error): its time is over.
  if (interrupted) answer = { outcome: 'interrupted' };
  say(answer);
});

/** @param {Pick<ThreadAnswer, 'outcome' | 'answers' | 'message'>} answer */
function say(answer) {
  const { user, system } = process.threadCpuUsage();
  /** @type {ThreadAnswer} */
  const whole = { ...answer, cpuMs: spent(), total: (user + system) / 1000, memory: memory.buffer.byteLength };
  port.postMessage(whole);
}

say({ outcome: 'ready' });
