// How far from here: a place on the map that is asked about, before any site stands there. Who would have it within the limit, and
// what they have today.

import type { LonLat } from '#shared/geo/travel.ts';
import type { GapsSession } from './session.svelte.ts';

export interface Probed {
  /** People of the group within the limit, and how many of them have no help today. */
  people: number;
  without: number;
  estimated: boolean;
  /** 1 for each cell within the limit. */
  within: Uint8Array;
}

export class Probe {
  readonly #gaps: GapsSession;
  at = $state.raw<(LonLat & { name: string | null }) | null>(null);

  readonly found: Probed | null = $derived.by(() => {
    const { world, ways, question, demand, today } = this.#gaps;
    if (!this.at || !world) return null;
    const { ways: minutes, estimated } = ways.of(this.at, world);
    const within = Uint8Array.from(minutes, (way) => (way <= question.minutes ? 1 : 0));
    let [people, without] = [0, 0];
    for (const [cell, isWithin] of within.entries()) {
      if (isWithin === 0) continue;
      people += demand[cell]!;
      if (today.reached[cell] === 0) without += demand[cell]!;
    }
    return { people, without, estimated, within };
  });

  constructor(gaps: GapsSession) {
    this.#gaps = gaps;
  }

  async ask({ lon, lat }: LonLat): Promise<void> {
    const at = { lon, lat, name: null };
    this.at = at;
    void this.#gaps.askWays();
    const name = await this.#gaps.server.nameOf(at).catch(() => null);
    if (this.at === at) this.at = { ...at, name };
  }

  /** A site stands there from now on. */
  place(): void {
    if (!this.at) return;
    this.#gaps.plans.addSites([this.at]);
    this.end();
  }

  end(): void {
    this.at = null;
  }
}
