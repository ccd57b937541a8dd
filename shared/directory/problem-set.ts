// Every problem of one version of the directory index, and what a small change makes of them: only what changed, and what
// it may have touched, is looked at again.

import type { CheckContext, DirectoryCheck, ProblemValues } from './checks.ts';
import { DUPLICATE } from './checks.ts';
import { DirectorySpread } from './checks-spread.ts';
import { DuplicateIndex, type DuplicateCandidate } from './duplicates.ts';
import type { DirectoryIndex } from './index.ts';
import type { ResourceInput } from './resource.ts';

export interface FoundProblem {
  code: string;
  /** The resource. */
  id: string;
  /** The other resource of a duplicate. */
  other: string | null;
  values: ProblemValues;
  /** Of duplicates only. */
  candidate: DuplicateCandidate | null;
}

/** Beyond so many changed resources, looking at all of them again is sooner done. */
const MOST_CHANGED = 100;
const BATCH = 500;
/** From so many places on one point, its neighbours are looked at again when one comes or goes. */
const CROWD = 5;

export class ProblemSet {
  readonly #checks: readonly DirectoryCheck[];
  readonly #context: CheckContext;
  readonly #duplicates = new DuplicateIndex();
  /** Code → resource or pair → problem. */
  readonly #found = new Map<string, Map<string, FoundProblem>>();
  /** Resource → keys of the pairs that it is in. */
  readonly #pairsOf = new Map<string, Set<string>>();
  #index: DirectoryIndex;

  private constructor(index: DirectoryIndex, checks: readonly DirectoryCheck[], now: Date) {
    this.#index = index;
    this.#checks = checks;
    this.#context = { now, spread: new DirectorySpread() };
    for (const { code } of checks) this.#found.set(code, new Map());
    this.#found.set(DUPLICATE, new Map());
  }

  /** Looks at all there is. Gives `pause` the turn after each batch. */
  static async build(
    index: DirectoryIndex,
    checks: readonly DirectoryCheck[],
    { now, pause }: { now: Date; pause?: () => Promise<void> },
  ): Promise<ProblemSet> {
    const set = new ProblemSet(index, checks, now);
    const eachRow = async (visit: (resource: ResourceInput) => void): Promise<void> => {
      for (let row = 0; row < index.length; row++) {
        if (index.isLive(row)) visit(index.resource(row));
        if (pause && row % BATCH === BATCH - 1) await pause();
      }
    };
    await eachRow((resource) => {
      set.#context.spread.add(resource);
      set.#addListing(resource);
    });
    set.#context.spread.settle();
    await eachRow((resource) => set.#check(resource));
    for (const candidate of await set.#duplicates.findAll(pause)) set.#addPair(candidate);
    return set;
  }

  get index(): DirectoryIndex {
    return this.#index;
  }

  get codes(): string[] {
    return [...this.#found.keys()];
  }

  count(code: string): number {
    return this.#found.get(code)?.size ?? 0;
  }

  /** The problems of one kind. */
  list(code: string): Iterable<FoundProblem> {
    return this.#found.get(code)?.values() ?? [];
  }

  /** The problem of one kind that a resource has; of duplicates with the other one. */
  find(code: string, id: string, other: string | null = null): FoundProblem | undefined {
    return this.#found.get(code)?.get(other === null ? id : pairKey(id, other));
  }

  /** What is found now for the next version. False where too much has changed: then build anew. */
  apply(next: DirectoryIndex): boolean {
    const before = this.#index;
    // A fresh base of the same version holds the same resources.
    if (!next.extends(before)) {
      if (next.version !== before.version) return false;
      this.#index = next;
      return true;
    }
    const { gone, come } = listChanged(before, next);
    if (gone.length + come.length > MOST_CHANGED) return false;
    this.#index = next;
    const touched = new Set<number>(come);
    for (const row of gone) {
      const resource = before.resource(row);
      this.#context.spread.remove(resource);
      this.#remove(resource.id);
    }
    for (const row of come) {
      const resource = next.resource(row);
      this.#context.spread.add(resource);
      this.#addListing(resource);
    }
    for (const [rows, index] of [[gone, before] as const, [come, next] as const]) {
      for (const row of rows) {
        if (!index.hasPosition(row)) continue;
        const [lon, lat] = [index.lon(row), index.lat(row)];
        if (this.#context.spread.countAddressesAt(lon, lat) < CROWD) continue;
        for (const neighbour of next.within([lon - 1e-5, lat - 1e-5, lon + 1e-5, lat + 1e-5])) touched.add(neighbour);
      }
    }
    for (const row of touched) this.#check(next.resource(row));
    for (const row of come) for (const candidate of this.#duplicates.findOf(next.id(row))) this.#addPair(candidate);
    return true;
  }

  #check(resource: ResourceInput): void {
    const { id } = resource;
    for (const { code, find } of this.#checks) {
      const values = find(resource, this.#context);
      const found = this.#found.get(code)!;
      if (values) found.set(id, { code, id, other: null, values, candidate: null });
      else found.delete(id);
    }
  }

  #addListing(resource: ResourceInput): void {
    // What is hidden is compared with nothing: a twin that is told would tell where it is.
    if (resource.hidden) return;
    const { id, service, organization, type, phone, address, lon, lat } = resource;
    this.#duplicates.add({ id, name: service.name, group: service.id, organization: organization?.id, type, phone, address, lon, lat });
  }

  #addPair(candidate: DuplicateCandidate): void {
    const [id, other] = candidate.ids;
    const key = pairKey(id, other);
    const values = { score: candidate.score };
    this.#found.get(DUPLICATE)!.set(key, { code: DUPLICATE, id, other, values, candidate });
    for (const one of candidate.ids) {
      const pairs = this.#pairsOf.get(one);
      if (pairs) pairs.add(key);
      else this.#pairsOf.set(one, new Set([key]));
    }
  }

  #remove(id: string): void {
    this.#duplicates.remove(id);
    for (const found of this.#found.values()) found.delete(id);
    for (const key of this.#pairsOf.get(id) ?? []) this.#found.get(DUPLICATE)!.delete(key);
    this.#pairsOf.delete(id);
  }
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Rows that went and rows that came between a version and one that extends it. */
function listChanged(before: DirectoryIndex, next: DirectoryIndex): { gone: number[]; come: number[] } {
  const [was, is] = [before.rowsAll().words, next.rowsAll().words];
  const gone: number[] = [];
  const come: number[] = [];
  for (let i = 0; i < is.length; i++) {
    const [a, b] = [was[i] ?? 0, is[i]!];
    if (a === b) continue;
    for (let bit = 0; bit < 32; bit++) {
      const [there, now] = [(a >>> bit) & 1, (b >>> bit) & 1];
      if (there > now) gone.push(i * 32 + bit);
      else if (now > there) come.push(i * 32 + bit);
    }
  }
  return { gone, come };
}
