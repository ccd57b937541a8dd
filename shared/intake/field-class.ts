// What kind of thing is told of a person, by the harm that it does in the wrong hands. Who may see a person's record, and what a
// consent covers, is said in these words; each fact and each need belongs to one of them.

import { z } from 'zod';

/** The least to the most guarded is no order here: who sees what is a table of its own. */
export const FIELD_CLASSES = [
  'identity',
  'contact',
  'needs',
  'money',
  'housing',
  'supports',
  'health',
  'substance_use',
  'legal',
  'immigration',
  'safety',
  'notes',
] as const;

export const FieldClass = z.enum(FIELD_CLASSES).describe('What kind of thing it tells of a person: who may see it hangs on this');
export type FieldClass = z.infer<typeof FieldClass>;

/**
 * The class of a fact. Where its definition states none it is `needs` for what does little harm, and the most guarded one for
 * everything else and for a fact that nobody declares: a forgotten line hides, it never shows.
 */
export function classOfFact(
  definition: { class?: FieldClass | undefined; sensitivity: 'low' | 'medium' | 'high' } | undefined,
): FieldClass {
  if (!definition) return 'safety';
  return definition.class ?? (definition.sensitivity === 'low' ? 'needs' : 'safety');
}

/** The class of a need: its own, else that of the nearest head which states one, else `needs`. An unknown need is guarded most. */
export function classOfNeed(
  id: string,
  findTerm: (id: string) => { parent?: string | undefined; class?: FieldClass | undefined } | undefined,
): FieldClass {
  const term = findTerm(id);
  if (!term) return 'safety';
  const seen = new Set([id]);
  for (let at: typeof term | undefined = term; at;) {
    if (at.class) return at.class;
    if (at.parent === undefined || seen.has(at.parent)) break;
    seen.add(at.parent);
    at = findTerm(at.parent);
  }
  return 'needs';
}
