// What is said between the server and one plugin's thread: calls, what they ask for meanwhile, and their results, in turns.
// While the plugin takes a turn everything for it is gathered, so that many calls cost one turn. When it ends, so do its calls.

import { PluginFailure, type CallOutcome } from './failure.ts';
import { readGuestAnswers } from './guest-answers.ts';
import type { PluginHost, TurnAnswer } from './plugin-host.ts';
import type { CageLimits, GuestAnswer, GuestEvent } from './protocol.ts';

/** The code of one version of a plugin. */
export interface CagedCode {
  name: string;
  version: string;
  /** Of the package that it came in. */
  hash: string;
  /** The module that is loaded first. */
  main: string;
  /** Path within the plugin → text. */
  modules: Record<string, string>;
  /** It is given facts of people: it runs apart from the plugin's other functions, and what it logs or complains of is not kept. */
  withFacts?: boolean;
}

/** What a call may ask the server for: `bytes`, `records`, `where`, `fetch`. Bytes are given as they are, all else as JSON. */
export type AnswerAsk = (what: string, value: unknown) => Promise<unknown>;

/** One call under way. */
export interface OpenCall {
  readonly id: number;
  /** Resolves with the next result of a stream, or the only one of a function. */
  next(): Promise<{ done: boolean; value: unknown }>;
  /** Computed by the plugin since the call began, in milliseconds. */
  cpuMs(): number;
  close(): void;
}

export interface CallRequest {
  kind: string;
  name: string;
  args: readonly unknown[];
  /** Results are fetched one after the other. */
  stream: boolean;
  /** How long one result is waited for, in milliseconds by the clock. */
  waitMs: number;
}

interface State {
  request: CallRequest;
  answer: AnswerAsk;
  /** Numbers of what it asked for and has not been answered. */
  asked: Set<number>;
  waiting: PromiseWithResolvers<{ done: boolean; value: unknown }> | null;
  timer: NodeJS.Timeout | undefined;
  cpuBefore: number;
}

/** Asks of one call that may wait at the same time. */
const ASKS_AT_ONCE = 32;
/** Beyond the plugin's own limits: how long the host may take to start its thread and to tell. */
const HOST_GRACE_MS = 30_000;

export interface ConversationOptions {
  id: number;
  code: CagedCode;
  host: PluginHost;
  limits: CageLimits;
  clock: () => number;
  onLog(plugin: string, level: string, text: string): void;
  /** It is over and must not be used again. */
  onEnd(): void;
}

export class Conversation {
  readonly #options: ConversationOptions;
  readonly #name: string;
  readonly #calls = new Map<number, State>();
  /** Events that wait for the next turn. */
  #queue: { text: string; bytes?: Uint8Array }[] = [];
  #turn = 0;
  #busy = true;
  #over = false;
  #cpu = 0;
  #lastCall = 0;
  #watch: NodeJS.Timeout | undefined;
  /** When the last call ended, by the process's own clock. */
  idleSince = performance.now();
  /** Bytes of the plugin's memory. */
  memory = 0;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#name = options.code.name;
    const { id, code, host, clock } = options;
    this.#guard();
    host.send({ type: 'load', plugin: id, turn: 0, at: clock(), main: code.main, modules: code.modules });
  }

  get isIdle(): boolean {
    return this.#calls.size === 0;
  }

  open(request: CallRequest, answer: AnswerAsk): OpenCall {
    const id = ++this.#lastCall;
    const state: State = { request, answer, asked: new Set(), waiting: null, timer: undefined, cpuBefore: this.#cpu };
    const { kind, name, args, stream, waitMs } = request;
    this.#calls.set(id, state);
    try {
      this.#say({ type: 'call', call: id, kind, name, args });
    } catch (error) {
      this.#close(id);
      throw error;
    }
    return {
      id,
      next: () => {
        if (!this.#calls.has(id)) return Promise.reject(this.#failure('broken', 'has ended meanwhile.'));
        state.waiting = Promise.withResolvers();
        if (stream) this.#say({ type: 'next', call: id });
        state.timer = setTimeout(() => this.#settle(id, this.#failure('failed', `did not answer within ${waitMs / 1000} s.`)), waitMs);
        return state.waiting.promise;
      },
      cpuMs: () => this.#cpu - state.cpuBefore,
      close: () => {
        if (!this.#calls.has(id)) return;
        this.#close(id);
        if (stream) this.#say({ type: 'close', call: id });
      },
    };
  }

  /** Hears that a turn is over, with the text of what the plugin answered. */
  hear(turned: TurnAnswer, text: string): void {
    if (this.#over) return;
    clearTimeout(this.#watch);
    this.#cpu += turned.cpuMs;
    this.memory = turned.memory;
    if (turned.outcome !== 'ok') return this.end(this.#explain(turned));
    this.#busy = false;
    let answers: GuestAnswer[] = [];
    try {
      if (text !== '') answers = readGuestAnswers(text, this.#options.limits);
    } catch (error) {
      return this.end(
        this.#failure('broken', `answered with ${this.#quote(error instanceof Error ? error.message : String(error))}.`),
        true,
      );
    }
    for (const answer of answers) this.#take(answer);
    this.#pump();
    this.#endStuck();
  }

  /** Every call ends with the failure. */
  end(failure: PluginFailure, tellHost = false): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#watch);
    if (tellHost) this.#options.host.send({ type: 'stop', plugin: this.#options.id });
    this.#options.onEnd();
    for (const id of [...this.#calls.keys()]) this.#settle(id, failure);
  }

  #take(answer: GuestAnswer): void {
    if (answer.type === 'log')
      return this.#options.code.withFacts
        ? undefined
        : this.#options.onLog(this.#name, String(answer.level), String(answer.text).slice(0, 1000));
    const state = this.#calls.get(answer.call);
    if (!state) return;
    if (answer.type === 'ask') return void this.#answer(answer, state);
    if (answer.type === 'failed')
      return this.#settle(answer.call, this.#failure('failed', `failed: ${this.#quote(String(answer.message))}`));
    this.#settle(answer.call, { done: answer.type === 'done', value: answer.value });
  }

  async #answer({ ask, what, value }: Extract<GuestAnswer, { type: 'ask' }>, state: State): Promise<void> {
    if (state.asked.size >= ASKS_AT_ONCE) return this.#say({ type: 'refuse', ask, message: `At most ${ASKS_AT_ONCE} requests at once.` });
    state.asked.add(ask);
    try {
      const answer = await state.answer(what, value);
      if (answer instanceof Uint8Array) this.#say({ type: 'reply', ask }, answer);
      else this.#say({ type: 'reply', ask, value: answer ?? null });
    } catch (error) {
      this.#say({ type: 'refuse', ask, message: error instanceof Error ? error.message : String(error) });
    } finally {
      state.asked.delete(ask);
      this.#endStuck();
    }
  }

  #settle(id: number, result: PluginFailure | { done: boolean; value: unknown }): void {
    const state = this.#calls.get(id);
    if (!state) return;
    const { waiting } = state;
    clearTimeout(state.timer);
    state.waiting = null;
    if (result instanceof Error || result.done) this.#close(id);
    if (result instanceof Error) waiting?.reject(result);
    else waiting?.resolve(result);
  }

  #close(id: number): void {
    clearTimeout(this.#calls.get(id)?.timer);
    this.#calls.delete(id);
    this.idleSince = performance.now();
  }

  /** Who waits for an answer while nothing is asked, queued or computed waits for ever. */
  #endStuck(): void {
    if (this.#busy || this.#queue.length > 0 || this.#over) return;
    const states = [...this.#calls];
    if (states.some(([, { asked }]) => asked.size > 0)) return;
    for (const [id, { waiting }] of states) if (waiting) this.#settle(id, this.#failure('failed', 'waits for something that never comes.'));
  }

  #say(event: GuestEvent, bytes?: Uint8Array): void {
    if (this.#over) return;
    const text = JSON.stringify(event);
    const { eventLength } = this.#options.limits;
    if (text.length > eventLength)
      throw this.#failure('refused', `would be given ${text.length} characters at once; ${eventLength} are allowed.`);
    this.#queue.push({ text, ...(bytes && { bytes }) });
    this.#pump();
  }

  #pump(): void {
    if (this.#busy || this.#over || this.#queue.length === 0) return;
    let length = 0;
    let end = 0;
    let bytes: Uint8Array | undefined;
    for (const event of this.#queue) {
      length += event.text.length;
      if (end > 0 && (length > this.#options.limits.eventLength || (bytes && event.bytes))) break;
      bytes ??= event.bytes;
      end++;
    }
    const events = `[${this.#queue
      .splice(0, end)
      .map(({ text }) => text)
      .join(',')}]`;
    this.#busy = true;
    this.#guard();
    const { id, host, clock } = this.#options;
    host.send({ type: 'turn', plugin: id, turn: ++this.#turn, at: clock(), events }, bytes);
  }

  /** The host ends a thread that does not come back; this is for a host that does not come back. */
  #guard(): void {
    this.#watch = setTimeout(() => this.#options.host.kill(), this.#options.limits.wallMs + HOST_GRACE_MS);
    this.#watch.unref();
  }

  #explain({ outcome, message, turn }: TurnAnswer): PluginFailure {
    const { softMs, hardMs } = this.#options.limits;
    if (outcome === 'interrupted') return this.#failure(outcome, `was stopped: it computed for more than ${softMs} ms at once.`);
    if (outcome === 'killed')
      return this.#failure(outcome, `was ended: it computed for more than ${hardMs} ms and could not be interrupted.`);
    return this.#failure('broken', turn === 0 ? `cannot be loaded: ${message}` : `was stopped: ${this.#quote(message ?? 'it broke')}.`);
  }

  /** In words of its own a plugin could tell what it was told. */
  #quote(words: string): string {
    return this.#options.code.withFacts ? 'something that is not repeated, because it was given facts of people' : words;
  }

  #failure(outcome: CallOutcome, why: string): PluginFailure {
    return new PluginFailure(this.#name, outcome, why);
  }
}
