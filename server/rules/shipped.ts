// The facts and tables that every rule may name, read from the shipped plugins alone.

import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import type { CliIo } from '#server/command.ts';

export async function readShipped(io: Pick<CliIo, 'openRegistry'>): Promise<{ facts: FactDefinition[]; tables: RuleTable[] }> {
  const registry = await io.openRegistry(['facts', 'ruleTables']);
  const all = <T>(point: string): T[] =>
    registry
      .getPoint<T>(point)
      .all()
      .map(({ value }) => value);
  return { facts: all('facts'), tables: all('ruleTables') };
}
