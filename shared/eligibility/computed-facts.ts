// The computed facts of an installation: declared expressions (../intake/computed.ts), each prepared once, in an order in which
// none comes before what it rests on.

import { factsNamedBy, partsOf, type ComputedExpression } from '../intake/computed.ts';
import type { FactCatalogue } from '../intake/catalogue.ts';
import type { FactDefinition } from '../intake/facts.ts';
import { toCondition, type Condition, type Vocabulary } from './condition.ts';
import type { TestNode } from './rule.ts';

/** The computed facts of an installation, each after those it rests on. */
export interface ComputedFacts {
  readonly inOrder: readonly ComputedFact[];
  /** Those of a person, which are worked out for each member of the household too. */
  readonly ofMembers: readonly ComputedFact[];
  find(id: string): ComputedFact | undefined;
}

export interface ComputedFact {
  readonly definition: FactDefinition;
  readonly expression: ComputedExpression;
  /** Facts that the expression names itself. */
  readonly named: readonly string[];
  /** Facts that are told by people and that it rests on in the end. */
  readonly inputs: readonly string[];
  readonly tests: ReadonlyMap<TestNode, Condition>;
  readonly tables: Vocabulary['tables'];
  readonly catalogue: FactCatalogue;
}

/**
 * Prepares the computed facts of a catalogue. One that rests on itself, or on one that does, is left out and stays unknown:
 * checkComputedFacts says so where it was written.
 */
export function compileComputedFacts({ catalogue, tables }: Vocabulary): ComputedFacts {
  const byId = new Map<string, ComputedFact>();
  const inOrder: ComputedFact[] = [];
  const open = new Set<string>();
  const visit = (definition: FactDefinition): ComputedFact | undefined => {
    const { id, computed: expression } = definition;
    const done = byId.get(id);
    if (done || expression === undefined || open.has(id)) return done;
    open.add(id);
    const named = factsNamedBy(expression, (table) => tables.get(table)?.by);
    const inputs = new Set<string>();
    let sound = true;
    for (const name of named) {
      const other = catalogue.find(name);
      if (other?.computed === undefined) inputs.add(name);
      else {
        const part = visit(other);
        if (part) part.inputs.forEach((input) => inputs.add(input));
        else sound = false;
      }
    }
    if (!sound) return undefined;
    const tests = new Map<TestNode, Condition>();
    for (const test of testsOf(expression)) tests.set(test, toCondition(test, { catalogue, tables }, false));
    const fact = { definition, expression, named, inputs: [...inputs], tests, tables, catalogue };
    byId.set(id, fact);
    inOrder.push(fact);
    return fact;
  };
  for (const definition of catalogue.facts) visit(definition);
  return { inOrder, ofMembers: inOrder.filter(({ definition }) => isOfPerson(definition.id)), find: (id) => byId.get(id) };
}

/** Facts of the household, told by people, that a computed fact of a member rests on. */
export function householdInputs(computed: ComputedFacts, id: string): string[] {
  return computed.find(id)?.inputs.filter((input) => !isOfPerson(input)) ?? [];
}

export function isOfPerson(id: string): boolean {
  return id.startsWith('person.');
}

function testsOf(expression: ComputedExpression): TestNode[] {
  const own = typeof expression === 'object' && 'when' in expression ? [expression.when] : [];
  return [...own, ...partsOf(expression).flatMap(testsOf)];
}
