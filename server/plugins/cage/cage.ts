// Where the code of installed plugins runs: one host process, a thread and a QuickJS for each plugin, data alone in and out.
// Nothing is started before it is called; what has been idle is stopped. Every call is told to whoever keeps the record.

import { PluginFailure, type CallOutcome } from './failure.ts';
import { Conversation, type AnswerAsk, type CallRequest, type OpenCall, type CagedCode } from './conversation.ts';
import { startPluginHost, type PluginHost } from './plugin-host.ts';
import { CAGE_LIMITS, type CageLimits } from './protocol.ts';

export type { CagedCode } from './conversation.ts';

/** One call, for the record: never what was given, only its fields' names. */
export interface CallRecord {
  plugin: string;
  version: string;
  hash: string;
  kind: string;
  name: string;
  fields: readonly string[];
  /** Milliseconds since 1970. */
  at: number;
  /** By the clock, and computed by the plugin. */
  ms: number;
  cpuMs: number;
  outcome: CallOutcome;
  detail: string | null;
}

export interface CageCall extends CallRequest {
  /** Names of the fields that the plugin is given. */
  fields: readonly string[];
  /** Holds a result to its form before anyone has it; throws where it has another. */
  read?(value: unknown): unknown;
}

export interface Cage {
  /** Results of a stream, or the one of a function. Throws a PluginFailure; leaving it early closes the call. */
  run(code: CagedCode, call: CageCall, answer: AnswerAsk): AsyncGenerator<unknown, void>;
  /** Ends what runs of a plugin. */
  stop(plugin: string): void;
  /** What runs, for whoever looks after the machine. */
  status(): { pid: number | undefined; plugins: { name: string; memory: number }[] };
  dispose(): void;
}

export interface CageOptions {
  limits?: Partial<CageLimits>;
  /** What plugins are told the time is. */
  clock?: () => number;
  /** How long a plugin may do nothing until its thread is given back, in milliseconds. */
  idleMs?: number;
  onCall?(record: CallRecord): void;
  onLog?(plugin: string, level: string, text: string): void;
}

const IDLE_MS = 60_000;
/** Threads that are kept although they do nothing. */
const IDLE_THREADS = 16;

export function createCage(options: CageOptions = {}): Cage {
  const { clock = Date.now, idleMs = IDLE_MS, onCall, onLog } = options;
  const limits = { ...CAGE_LIMITS, ...options.limits };
  const open = new Map<number, { code: CagedCode; conversation: Conversation }>();
  let host: PluginHost | undefined;
  let last = 0;
  let tidying: NodeJS.Timeout | undefined;

  function getHost(): PluginHost {
    if (host) return host;
    const mine: PluginHost = startPluginHost(limits, {
      onTurn: (answer, text) => open.get(answer.plugin)?.conversation.hear(answer, text),
      onExit() {
        if (host === mine) host = undefined;
        for (const { code, conversation } of [...open.values()])
          conversation.end(new PluginFailure(code.name, 'broken', 'was ended with the process in which plugins run.'));
      },
    });
    return (host = mine);
  }

  function getConversation(code: CagedCode): Conversation {
    for (const one of open.values()) if (isSame(one.code, code)) return one.conversation;
    const id = ++last;
    const conversation = new Conversation({
      id,
      code,
      host: getHost(),
      limits,
      clock,
      onLog: (plugin, level, text) => onLog?.(plugin, level, text),
      onEnd: () => open.delete(id),
    });
    open.set(id, { code, conversation });
    giveBack();
    tidying ??= setInterval(giveBack, idleMs).unref();
    return conversation;
  }

  function giveBack(): void {
    const idle = [...open.values()].filter(({ conversation }) => conversation.isIdle);
    idle.sort((a, b) => b.conversation.idleSince - a.conversation.idleSince);
    const now = performance.now();
    idle.forEach(({ code, conversation }, i) => {
      if (i < IDLE_THREADS && now - conversation.idleSince < idleMs) return;
      conversation.end(new PluginFailure(code.name, 'stopped', 'was not needed any longer.'), true);
    });
    if (open.size > 0) return;
    clearInterval(tidying);
    tidying = undefined;
    host?.kill();
  }

  return {
    async *run(code, { fields, read, ...request }, answer) {
      const [at, began] = [clock(), performance.now()];
      let call: OpenCall | undefined;
      let outcome: CallOutcome = 'stopped';
      let detail: string | null = null;
      try {
        call = getConversation(code).open(request, answer);
        for (;;) {
          const { done, value } = await call.next();
          const result = read ? read(value) : value;
          if (done) outcome = 'ok';
          if (!done || !request.stream) yield result;
          if (done) return;
        }
      } catch (error) {
        outcome = error instanceof PluginFailure ? error.outcome : 'failed';
        detail = error instanceof Error ? error.message : String(error);
        throw error;
      } finally {
        call?.close();
        const { name: plugin, version, hash } = code;
        const [ms, cpuMs] = [performance.now() - began, call?.cpuMs() ?? 0];
        onCall?.({ plugin, version, hash, kind: request.kind, name: request.name, fields, at, ms, cpuMs, outcome, detail });
      }
    },
    stop(plugin) {
      for (const { code, conversation } of [...open.values()])
        if (code.name === plugin) conversation.end(new PluginFailure(plugin, 'stopped', 'was switched off.'), true);
    },
    status: () => ({
      pid: host?.pid,
      plugins: [...open.values()].map(({ code, conversation }) => ({ name: code.name, memory: conversation.memory })),
    }),
    dispose() {
      clearInterval(tidying);
      host?.kill();
    },
  };
}

function isSame(a: CagedCode, b: CagedCode): boolean {
  return a.name === b.name && a.hash === b.hash && a.withFacts === b.withFacts;
}
