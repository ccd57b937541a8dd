// The measures as one would write them down from their papers, on objects and maps: what ours are held to, and timed against.

export interface PlainPair {
  from: string;
  to: string;
  cost: number;
}

export interface PlainPlaces {
  /** People by cell, capacity by site. */
  demand: Map<string, number>;
  supply: Map<string, number>;
}

type Weigh = (cost: number) => number;

const add = (sums: Map<string, number>, key: string, value: number): void => void sums.set(key, (sums.get(key) ?? 0) + value);

/** Only pairs to sites that there are. */
function weigh(pairs: readonly PlainPair[], { supply }: PlainPlaces, f: Weigh) {
  return pairs.filter(({ to }) => (supply.get(to) ?? 0) > 0).map(({ from, to, cost }) => ({ from, to, w: f(cost) }));
}

export function plainE2sfca(pairs: readonly PlainPair[], places: PlainPlaces, f: Weigh): Map<string, number> {
  const weighed = weigh(pairs, places, f);
  return share(
    weighed,
    places,
    (pair) => pair.w,
    (pair) => pair.w,
  );
}

export function plainM2sfca(pairs: readonly PlainPair[], places: PlainPlaces, f: Weigh): Map<string, number> {
  const weighed = weigh(pairs, places, f);
  return share(
    weighed,
    places,
    (pair) => pair.w,
    (pair) => pair.w ** 2,
  );
}

export function plain3sfca(pairs: readonly PlainPair[], places: PlainPlaces, f: Weigh): Map<string, number> {
  const weighed = weigh(pairs, places, f);
  const ofCell = new Map<string, number>();
  for (const { from, w } of weighed) add(ofCell, from, w);
  const chance = ({ from, w }: Weighed): number => (w === 0 ? 0 : (w / ofCell.get(from)!) * w);
  return share(weighed, places, chance, chance);
}

export function plainBfca(pairs: readonly PlainPair[], places: PlainPlaces, f: Weigh): Map<string, number> {
  const weighed = weigh(pairs, places, f);
  const [ofCell, ofSite] = [new Map<string, number>(), new Map<string, number>()];
  for (const { from, to, w } of weighed) {
    add(ofCell, from, w);
    add(ofSite, to, w);
  }
  return share(
    weighed,
    places,
    ({ from, w }) => (w === 0 ? 0 : w / ofCell.get(from)!),
    ({ to, w }) => (w === 0 ? 0 : w / ofSite.get(to)!),
  );
}

interface Weighed {
  from: string;
  to: string;
  w: number;
}

/** A_i = Σ_j a_ij S_j / Σ_k b_kj P_k */
function share(pairs: readonly Weighed[], { demand, supply }: PlainPlaces, b: (pair: Weighed) => number, a: (pair: Weighed) => number) {
  const people = new Map<string, number>();
  for (const pair of pairs) add(people, pair.to, demand.get(pair.from)! * b(pair));
  const access = new Map<string, number>();
  for (const id of demand.keys()) access.set(id, 0);
  for (const pair of pairs) {
    const all = people.get(pair.to)!;
    if (all > 0) add(access, pair.from, (supply.get(pair.to)! / all) * a(pair));
  }
  return access;
}
