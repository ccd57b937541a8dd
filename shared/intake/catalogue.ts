// The facts that this installation knows of, from the `facts` contributions.

import { editDistance, foldText } from '../platform/suggest.ts';
import type { FactDefinition } from './facts.ts';

export interface FactCatalogue {
  readonly facts: readonly FactDefinition[];
  find(id: string): FactDefinition | undefined;
  /** Ids spelt like this one. */
  suggest(id: string): string[];
}

/** The last definition of an id wins, so that an agency can sharpen what is shipped. */
export function createFactCatalogue(definitions: Iterable<FactDefinition>): FactCatalogue {
  const byId = new Map<string, FactDefinition>();
  for (const definition of definitions) byId.set(definition.id, definition);
  return {
    facts: [...byId.values()],
    find: (id) => byId.get(id),
    suggest: (id) => suggestFacts(id, byId.keys()),
  };
}

/**
 * Names are compared inside their scope (`person.`, `household.`): "household.assets" is no slip for "household.pets", and
 * what another scope has is another fact. A bare name is compared with the names of every scope.
 */
function suggestFacts(id: string, known: Iterable<string>): string[] {
  const [scope, name] = splitId(id);
  const near: { id: string; distance: number }[] = [];
  for (const candidate of known) {
    const [otherScope, otherName] = splitId(candidate);
    const scopeDistance = scope === '' ? 0 : editDistance(scope, otherScope);
    const nameDistance = editDistance(name, otherName);
    const close = nameDistance <= Math.max(1, Math.floor(Math.min(name.length, otherName.length) / 4)) && scopeDistance <= 2;
    if (close && candidate !== id) near.push({ id: candidate, distance: nameDistance + scopeDistance });
  }
  return near
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, 3)
    .map((candidate) => candidate.id);
}

function splitId(id: string): [scope: string, name: string] {
  const dot = id.indexOf('.');
  return dot < 0 ? ['', foldText(id)] : [id.slice(0, dot).toLowerCase(), foldText(id.slice(dot + 1))];
}
