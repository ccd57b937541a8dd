// The facts that this installation knows of, from the `facts` contributions.

import { suggestWords } from '../platform/suggest.ts';
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
    suggest: (id) => suggestWords(id, byId.keys()),
  };
}
