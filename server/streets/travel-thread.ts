// Travel in a thread of its own: areas within reach, and many places to many others, which take longer than a request may keep
// others waiting. One thread, started at the first question; what is asked stands in a queue. New streets get a new thread,
// which takes over when it is ready; the one before ends when it has answered.

import { Worker } from 'node:worker_threads';
import type { StreetRegion, TravelPoints } from '#shared/geo/travel.ts';
import type { Background } from '#server/background.ts';
import type { TravelThread } from '#server/deps.ts';
import type { LiveStreets } from './live-streets.ts';
import type { Ask, TravelReply, TravelRequest } from './travel-worker.ts';

export interface TravelThreadOptions {
  background: Background;
  streets: Pick<LiveStreets, 'regions' | 'onDidChange'>;
}

export function createTravelThread({ background, streets }: TravelThreadOptions): TravelThread {
  let current: Thread | undefined;
  let starting: Promise<Thread> | undefined;
  let renewing = Promise.resolve();

  async function start(): Promise<Thread> {
    const thread = new Thread(await streets.regions(), background.signal, () => {
      if (thread === current) current = undefined;
    });
    return thread;
  }

  async function renew(): Promise<void> {
    const before = current ?? (await starting);
    if (!before || before.regions === (await streets.regions())) return;
    const next = await start();
    await next.ask(() => ({ what: 'reach', from: { lon: 0, lat: 0 }, mode: 'walk', seconds: 1 }));
    current = next;
    before.retire();
  }
  streets.onDidChange(() => {
    renewing = background.note(renewing.then(renew).catch(() => undefined));
  });

  async function ask<T>(question: (thread: Thread) => Ask, signal?: AbortSignal): Promise<T> {
    background.signal.throwIfAborted();
    starting ??= current ? undefined : start().then((thread) => (current = thread));
    const thread = current ?? (await starting!.finally(() => (starting = undefined)));
    return thread.ask<T>(() => question(thread), signal);
  }

  return {
    reach: (from, mode, seconds) => background.note(ask((_) => ({ what: 'reach', from, mode, seconds }))),
    pairs: (from, mode, to, { signal, ...limit }) =>
      background.note(ask((thread) => ({ what: 'pairs', from: thread.send(from), mode, to: thread.send(to), limit }), signal)),
    nearest: (from, mode, to, { signal, ...limit }) =>
      background.note(ask((thread) => ({ what: 'nearest', from: thread.send(from), mode, to: thread.send(to), limit }), signal)),
  };
}

interface Call {
  question: () => Ask;
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** One thread with the streets that it was started with. */
class Thread {
  readonly regions: readonly StreetRegion[];
  readonly #worker: Worker;
  #calls = 0;
  /** What was asked and is not answered, in its order: the first is worked on, the others can still be taken back. */
  readonly #waiting = new Map<number, Call>();
  /** Points that the thread has already: each object of points is sent once, and forgotten there when it is gone here. */
  readonly #sent = new WeakMap<TravelPoints, number>();
  #lastSent = 0;
  readonly #gone = new FinalizationRegistry<number>((forget) => this.#post({ forget }));
  readonly #onEnd: () => void;
  #isRetired = false;

  constructor(regions: readonly StreetRegion[], signal: AbortSignal, onEnd: () => void) {
    this.regions = regions;
    this.#onEnd = onEnd;
    this.#worker = new Worker(new URL('./travel-worker.ts', import.meta.url), { workerData: regions });
    this.#worker.unref();
    this.#worker.on('message', (reply: TravelReply) => this.#settle(reply));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('The thread for travel times ended.')));
    signal.addEventListener('abort', () => void this.#worker.terminate(), { once: true });
  }

  ask<T>(question: () => Ask, signal?: AbortSignal): Promise<T> {
    const number = ++this.#calls;
    // Someone waits for the answer: until it comes the process does not end.
    this.#worker.ref();
    return new Promise<T>((resolve, reject) => {
      signal?.throwIfAborted();
      const isFirst = this.#waiting.size === 0;
      this.#waiting.set(number, { question, resolve: resolve as (answer: unknown) => void, reject });
      const takeBack = (): void => {
        reject(signal?.reason as Error);
        const [working] = this.#waiting.keys();
        if (number !== working) this.#waiting.delete(number);
      };
      signal?.addEventListener('abort', takeBack, { once: true });
      if (isFirst) this.#begin();
    });
  }

  /** Sends the first of what waits. */
  #begin(): void {
    const [first] = this.#waiting;
    if (first) this.#post({ call: first[0], ask: first[1].question() });
  }

  /** The number under which the thread has these points. */
  send(points: TravelPoints): number {
    const known = this.#sent.get(points);
    if (known !== undefined) return known;
    const number = ++this.#lastSent;
    this.#sent.set(points, number);
    this.#gone.register(points, number);
    const keep = { number, lon: Float64Array.from(points.lon), lat: Float64Array.from(points.lat) };
    this.#post({ keep }, [keep.lon.buffer, keep.lat.buffer]);
    return number;
  }

  /** Ends once everything that was asked is answered. */
  retire(): void {
    this.#isRetired = true;
    if (this.#waiting.size === 0) void this.#worker.terminate();
  }

  #post(request: TravelRequest, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #settle(reply: TravelReply): void {
    const call = this.#waiting.get(reply.call);
    this.#waiting.delete(reply.call);
    if ('error' in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.answer);
    if (this.#waiting.size > 0) return this.#begin();
    if (this.#isRetired) void this.#worker.terminate();
    else this.#worker.unref();
  }

  #fail(error: Error): void {
    this.#onEnd();
    for (const call of this.#waiting.values()) call.reject(error);
    this.#waiting.clear();
  }
}
