// Floating catchments beside the plain way of writing them, ten times as many pairs, and a pin that is dragged.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { addSite } from '#shared/gaps/added-site.ts';
import { analyzeGaps } from '#shared/gaps/analyze.ts';
import { summarize } from '#shared/gaps/summary.ts';
import { twoStepCatchment } from '#shared/gaps/catchments.ts';
import { PairBuilder, type TravelPairs } from '#shared/gaps/pairs.ts';
import { seeded } from '../directory/resources.ts';
import { plainE2sfca, type PlainPair } from '../gaps/plain.ts';
import { dataPath } from '../support/data.ts';
import { dragFrames } from './_drag-frame.ts';
import { benchRow, quantile, times, type Bench } from './bench.ts';

const DECAY = { kind: 'gaussian', bandwidth: 20 } as const;
const DRAGGED = { cells: 10_000, sites: 200, reaching: 0.5 };

export const bench: Bench = {
  name: 'gaps',
  what: 'gaussian E2SFCA over a whole travel-time matrix, beside the plain version on objects; what 10 times the pairs cost; a dragged pin, and the whole frame in the browser',
  async run() {
    const city = readCity() ?? createCity({ cells: 898, sites: 898, reaching: 0.928 });
    const larger = createCity({
      cells: city.costs.length * 10,
      sites: city.sites,
      reaching: city.pairs.site.length / city.sites / city.costs.length,
    });
    const plain = plainOf(city);
    const ours = times(15, () => measure(city));
    const theirs = times(3, () => plainE2sfca(plain.pairs, plain.places, (cost) => Math.exp(-0.5 * (cost / DECAY.bandwidth) ** 2)));
    const tenfold = times(7, () => measure(larger));
    const drag = timeDrag();
    const pairs = city.pairs.site.length.toLocaleString('en');
    const frames = await dragFrames();
    return [
      benchRow({
        id: 'gaps.e2sfca',
        unit: `ms, ${pairs} pairs`,
        ours: quantile(ours, 0.5),
        peer: quantile(theirs, 0.5),
        peerName: 'plain objects and maps',
        goal: { kind: 'ratioAtLeast', value: 20 },
      }),
      benchRow({
        id: 'gaps.tenfold',
        unit: `times as long for ${(larger.pairs.site.length / city.pairs.site.length).toFixed(1)} times the pairs`,
        ours: tenfold[0]! / ours[0]!,
        goal: { kind: 'oursAtMost', value: 12 },
      }),
      benchRow({
        id: 'gaps.drag.p50',
        unit: 'ms, 10,000 cells, 200 sites',
        ours: quantile(drag, 0.5),
        goal: { kind: 'oursAtMost', value: 50 },
      }),
      benchRow({
        id: 'gaps.drag.p99',
        unit: 'ms, 10,000 cells, 200 sites',
        ours: quantile(drag, 0.99),
        goal: { kind: 'oursAtMost', value: 50 },
      }),
      ...(frames === null
        ? []
        : [
            benchRow({
              id: 'gaps.drag.work',
              unit: 'ms of the page from hearing of a move to its whole frame handed to the drawing, 10,000 cells, Chromium, p95',
              ours: quantile(frames.worked, 0.95),
              goal: { kind: 'oursAtMost', value: 50 },
            }),
            benchRow({
              id: 'gaps.drag.frame',
              unit: 'ms of the same from the move itself, with the wait for frames before it that the processor draws, median',
              ours: quantile(frames.handed, 0.5),
              goal: { kind: 'oursAtMost', value: 50 },
            }),
            // What is drawn without a graphics card says little of a computer that has one: told, and no goal.
            benchRow({
              id: 'gaps.drag.shown',
              unit: 'ms until that frame is on the screen, drawn by the processor',
              ours: quantile(frames.shown, 0.5),
            }),
          ]),
    ];
  },
};

interface City {
  costs: Float64Array[];
  sites: number;
  pairs: TravelPairs;
  demand: Float64Array;
  supply: Float64Array;
}

const measure = ({ pairs, demand, supply }: City): Float64Array => twoStepCatchment({ pairs, demand, supply, decay: DECAY });

/** Belo Horizonte, where the real data is there. */
function readCity(): City | null {
  const folder = dataPath('gaps', 'belo-horizonte');
  if (!folder) return null;
  const rows = (text: string): string[][] =>
    text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
  const land = rows(readFileSync(`${folder}/land_use_data.csv`, 'utf8'));
  const numberOf = new Map(land.map(([id], i) => [id!, i]));
  const costs = land.map(() => new Float64Array(land.length).fill(Infinity));
  for (const [from, to, time] of rows(gunzipSync(readFileSync(`${folder}/travel_matrix.csv.gz`)).toString())) {
    costs[numberOf.get(from!)!]![numberOf.get(to!)!] = Number(time);
  }
  const column = (at: number): Float64Array => Float64Array.from(land, (row) => Number(row[at]));
  return { costs, sites: land.length, pairs: toPairs(costs, land.length), demand: column(1), supply: column(2) };
}

/** @param reaching the share of pairs that can be travelled */
function createCity({ cells, sites, reaching }: { cells: number; sites: number; reaching: number }): City {
  const random = seeded(5);
  const costs = Array.from({ length: cells }, () =>
    Float64Array.from({ length: sites }, () => (random() < reaching ? 120 * random() : Infinity)),
  );
  const amounts = (length: number): Float64Array => Float64Array.from({ length }, () => Math.ceil(1000 * random()));
  return { costs, sites, pairs: toPairs(costs, sites), demand: amounts(cells), supply: amounts(sites) };
}

function toPairs(costs: readonly Float64Array[], sites: number): TravelPairs {
  const pairs = new PairBuilder(costs.length, sites);
  for (const [i, row] of costs.entries()) for (let j = 0; j < sites; j++) if (row[j]! < Infinity) pairs.add(i, j, row[j]!);
  return pairs.finish();
}

function plainOf({ costs, demand, supply }: City) {
  const pairs: PlainPair[] = costs.flatMap((row, i) =>
    [...row].flatMap((cost, j) => (cost < Infinity ? [{ from: `cell${i}`, to: `site${j}`, cost }] : [])),
  );
  const named = (name: string, values: Float64Array) => new Map([...values].map((value, i) => [`${name}${i}`, value]));
  return { pairs, places: { demand: named('cell', demand), supply: named('site', supply) } };
}

/** Everything from the dragged pin's travel times to the new figures of all cells, as the screen does it. */
function timeDrag(): number[] {
  const { pairs, demand, supply } = createCity(DRAGGED);
  const random = seeded(9);
  const decay = { kind: 'gaussian', bandwidth: 10, threshold: 30 } as const;
  const { values } = analyzeGaps({ measure: 'e2sfca', decay, threshold: 30, pairs, demand, supply });
  const pins = Array.from({ length: 20 }, () => Float64Array.from(demand, () => 120 * random()));
  return times(100, (run) => {
    const moved = addSite(values, { measure: 'e2sfca', ways: pins[run % pins.length]!, supply: 1, demand, threshold: 30, decay });
    summarize(demand, moved, (value) => value > 0);
  });
}
