// Travel in a thread of its own: areas within reach, and many places to many others, which take longer than a request may keep
// others waiting. One thread, started at the first question; what is asked stands in a queue.

import { Worker } from 'node:worker_threads';
import type { StreetRegion, TravelPoints } from '#shared/geo/travel.ts';
import type { Background } from '#server/background.ts';
import type { TravelThread } from '#server/deps.ts';
import type { Ask, TravelReply, TravelRequest } from './travel-worker.ts';

export interface TravelThreadOptions {
  background: Background;
  regions(): Promise<readonly StreetRegion[]>;
}

export function createTravelThread({ background, regions }: TravelThreadOptions): TravelThread {
  let worker: Promise<Worker> | undefined;
  let calls = 0;
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  const points = new SentPoints((forget) => void worker?.then((thread) => thread.postMessage({ forget } satisfies TravelRequest)));

  async function start(): Promise<Worker> {
    const started = new Worker(new URL('./travel-worker.ts', import.meta.url), { workerData: await regions() });
    started.unref();
    const fail = (error: Error): void => {
      worker = undefined;
      points.clear();
      for (const call of waiting.values()) call.reject(error);
      waiting.clear();
    };
    started.on('message', (reply: TravelReply) => {
      const call = waiting.get(reply.call);
      waiting.delete(reply.call);
      if ('error' in reply) call?.reject(new Error(reply.error));
      else call?.resolve(reply.answer);
      if (waiting.size === 0) started.unref();
    });
    started.on('error', fail);
    started.on('exit', () => fail(new Error('The thread for travel times ended.')));
    background.signal.addEventListener('abort', () => void started.terminate(), { once: true });
    return started;
  }

  async function ask<T>(question: (thread: Worker) => Ask): Promise<T> {
    background.signal.throwIfAborted();
    const thread = await (worker ??= start());
    const call = ++calls;
    // Someone waits for the answer: until it comes the process does not end.
    thread.ref();
    return new Promise<T>((resolve, reject) => {
      waiting.set(call, { resolve: resolve as (answer: unknown) => void, reject });
      thread.postMessage({ call, ask: question(thread) } satisfies TravelRequest);
    });
  }

  return {
    reach: (from, mode, seconds) => background.note(ask((_) => ({ what: 'reach', from, mode, seconds }))),
    pairs: (from, mode, to, limit) =>
      background.note(ask((thread) => ({ what: 'pairs', from: points.send(thread, from), mode, to: points.send(thread, to), limit }))),
    nearest: (from, mode, to, limit) =>
      background.note(ask((thread) => ({ what: 'nearest', from: points.send(thread, from), mode, to: points.send(thread, to), limit }))),
  };
}

/** Points that the thread has already: each object of points is sent once, and forgotten there when it is gone here. */
class SentPoints {
  #numbers = new WeakMap<TravelPoints, number>();
  #last = 0;
  readonly #gone: FinalizationRegistry<number>;

  constructor(forget: (number: number) => void) {
    this.#gone = new FinalizationRegistry(forget);
  }

  send(thread: Worker, points: TravelPoints): number {
    const known = this.#numbers.get(points);
    if (known !== undefined) return known;
    const number = ++this.#last;
    this.#numbers.set(points, number);
    this.#gone.register(points, number);
    const keep = { number, lon: Float64Array.from(points.lon), lat: Float64Array.from(points.lat) };
    thread.postMessage({ keep } satisfies TravelRequest, [keep.lon.buffer, keep.lat.buffer]);
    return number;
  }

  clear(): void {
    this.#numbers = new WeakMap();
  }
}
