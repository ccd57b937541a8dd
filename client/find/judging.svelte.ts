// What functions of plugins said of the person of this search. It is asked only where an answer hangs on it, and after that answer
// is shown; what was said holds as long as the facts that it rests on are told as they were.

import type { Facts } from '#shared/intake/facts.ts';
import type { Judged, Judgements } from '#shared/intake/judged.ts';
import type { FindServer } from './server.ts';

/** A judged fact, and the told ones that it rests on. */
interface WaitingFact {
  fact: string;
  inputs: readonly string[];
}

interface Said {
  inputs: readonly string[];
  told: string;
  judged: Judged;
}

export class Judging {
  readonly #server: Pick<FindServer, 'judge'>;
  #said = $state.raw<Readonly<Record<string, Said>>>({});
  #asks = 0;

  constructor(server: Pick<FindServer, 'judge'>) {
    this.#server = server;
  }

  /** What still holds of what was said. */
  of(facts: Facts, day: string): Judgements {
    const holding = Object.entries(this.#said).filter(([, { inputs, told }]) => told === sayTold(facts, inputs, day));
    return Object.fromEntries(holding.map(([fact, { judged }]) => [fact, judged]));
  }

  /** @returns whether something new was said */
  async ask(waiting: readonly WaitingFact[], facts: Facts, day: string): Promise<boolean> {
    if (waiting.length === 0) return false;
    const mine = ++this.#asks;
    const named = waiting.flatMap(({ inputs }) => inputs);
    const sent = Object.fromEntries(Object.entries(facts).filter(([id]) => named.includes(id)));
    const judgements = await this.#server
      .judge({ judge: waiting.map(({ fact }) => fact), facts: sent, day })
      .catch(() => ({}) as Judgements);
    if (mine !== this.#asks) return false;
    const said = waiting.flatMap(({ fact, inputs }): [string, Said][] => {
      const judged = judgements[fact];
      return judged ? [[fact, { inputs, judged, told: sayTold(facts, inputs, day) }]] : [];
    });
    this.#said = { ...this.#said, ...Object.fromEntries(said) };
    return said.length > 0;
  }

  /** Nothing that is on its way counts any more. */
  dispose(): void {
    this.#asks += 1;
  }
}

function sayTold(facts: Facts, inputs: readonly string[], day: string): string {
  return JSON.stringify([day, ...inputs.map((id) => facts[id] ?? null)]);
}
