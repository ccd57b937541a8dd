// What the server, the plugin host and a plugin's thread say to each other, and the limits that they hold. Data only: a plugin's
// words travel as JSON text that nobody reads before the server does.

/** Milliseconds are of computing unless they say `wall`. */
export interface CageLimits {
  /** After this a plugin is interrupted where it can be. */
  softMs: number;
  /** After this its thread is ended. */
  hardMs: number;
  /** The same by the clock, for a thread that cannot even say what it has computed. */
  wallMs: number;
  /** Of a plugin's memory, in pages of 64 KiB. */
  firstPages: number;
  mostPages: number;
  /** Of the JavaScript around a plugin. */
  threadHeapMb: number;
  /** Characters that a plugin may answer in one turn. */
  answerLength: number;
  /** Values in them: lists, objects and what they hold. */
  values: number;
  /** Characters of arguments and answers that a plugin may be given in one turn. */
  eventLength: number;
  /** Bytes of one message between server and host. */
  frameBytes: number;
  /** How deep data of a plugin may be nested. */
  depth: number;
}

export const CAGE_LIMITS: CageLimits = {
  softMs: 100,
  hardMs: 250,
  wallMs: 10_000,
  firstPages: 256,
  mostPages: 512,
  threadHeapMb: 64,
  answerLength: 1e6,
  values: 200_000,
  eventLength: 4e6,
  frameBytes: 32e6,
  depth: 64,
};

/** Server → host. `plugin` is a number that a plugin has from its load to its end. */
export type HostRequest =
  | { type: 'load'; plugin: number; turn: number; at: number; main: string; modules: Record<string, string> }
  | { type: 'turn'; plugin: number; turn: number; at: number; events: string }
  | { type: 'stop'; plugin: number };

/** Host → server, with the plugin's answers as the bytes beside it. After any outcome but `ok` the plugin's thread is gone. */
export type HostAnswer =
  | { type: 'ready' }
  | {
      type: 'turned';
      plugin: number;
      /** −1: between turns. */
      turn: number;
      outcome: 'ok' | 'interrupted' | 'broken' | 'killed';
      message?: string | undefined;
      cpuMs: number;
      /** Bytes that the plugin's memory has grown to. */
      memory: number;
    };

export interface ThreadData {
  wasm: WebAssembly.Module;
  /** The text of guest.js. */
  guest: string;
  limits: CageLimits;
}

/** Host → thread. `at`: the only time that the plugin can read, in milliseconds since 1970. */
export type ThreadRequest =
  | { type: 'load'; at: number; main: string; modules: Record<string, string> }
  | { type: 'turn'; at: number; events: string; bytes?: Uint8Array };

/** Thread → host. */
export interface ThreadAnswer {
  outcome: 'ready' | 'ok' | 'interrupted' | 'broken';
  answers?: string;
  message?: string;
  cpuMs: number;
  /** Milliseconds that the thread has computed since it began. */
  total: number;
  memory: number;
}

/** Server → plugin; see guest.js. */
export type GuestEvent =
  | { type: 'call'; call: number; kind: string; name: string; args: readonly unknown[] }
  | { type: 'next'; call: number }
  | { type: 'close'; call: number }
  /** Without a value the answer is the bytes beside the turn. */
  | { type: 'reply'; ask: number; value?: unknown }
  | { type: 'refuse'; ask: number; message: string };

/** Plugin → server: nothing of it is believed before it was looked at (guest-answers.ts). */
export type GuestAnswer =
  | { type: 'done'; call: number; value: unknown }
  | { type: 'item'; call: number; value: unknown }
  | { type: 'failed'; call: number; message: string }
  | { type: 'ask'; ask: number; call: number; what: string; value?: unknown }
  | { type: 'log'; level: string; text: string };
