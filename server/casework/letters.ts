// That a letter was printed for somebody: who, when, which one. What stands in it is on the paper alone.

import type { LetterTemplate } from '#shared/casework/letter-template.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { Actor } from '../identity/actor.ts';
import { openPerson } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';

/** Only of people whose record the actor may open; only letters that there are, because the name goes on record. */
export async function recordLetter(
  deps: CaseworkDeps & { registry: ContributionRegistry },
  actor: Actor,
  { person, template }: { person: string; template: string },
): Promise<void> {
  const letters = deps.registry.getPoint<LetterTemplate>('letterTemplates').all();
  if (!letters.some(({ value }) => value.id === template)) throw new Problem('not_found', `There is no letter "${template}".`);
  await openPerson(deps, actor, person, { action: 'person.letter', read: 'identity', why: template }, () => Promise.resolve());
}
