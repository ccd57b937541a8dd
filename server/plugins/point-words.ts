// The words that can stand in a contribution of a point, as keys: for "Did you mean …?".

import { z } from 'zod';
import { isRecord } from '#shared/platform/record.ts';
import { CONTRIBUTION_POINTS, type ContributionPointId } from '#shared/plugin-api/points.ts';

const words = new Map<string, readonly string[]>();

export function listWords(point: string): readonly string[] {
  const known = words.get(point);
  if (known) return known;
  const schema = Object.hasOwn(CONTRIBUTION_POINTS, point) ? CONTRIBUTION_POINTS[point as ContributionPointId] : undefined;
  const found = new Set<string>();
  if (schema) collect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), found);
  words.set(point, [...found]);
  return [...found];
}

function collect(schema: unknown, found: Set<string>): void {
  if (Array.isArray(schema)) return schema.forEach((one) => collect(one, found));
  if (!isRecord(schema)) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isRecord(value)) for (const name of Object.keys(value)) found.add(name);
    collect(value, found);
  }
}
