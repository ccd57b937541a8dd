// From a person to a search: their open needs in their order and what they told, and nothing that names them.

import { toFacts } from '#shared/casework/record.ts';
import type { FindKnowledge } from './entries.ts';
import { withPerson } from './open-people.svelte.ts';
import type { PersonState } from './person.svelte.ts';

/** Opens Find for this person. `needs`: only these; else all that are open. */
export async function findHelpFor({ id, record, workbench }: PersonState, needs?: readonly string[]): Promise<void> {
  if (!record) return;
  const language = record.contact.language;
  const knowledge: FindKnowledge = {
    needs: needs ?? record.needs.filter(({ state }) => state === 'open').map(({ need }) => need),
    facts: toFacts(record),
    notKnown: Object.values(record.facts).filter(({ told }) => told === 'unknown').map(({ fact }) => fact), // prettier-ignore
    languages: typeof language === 'object' ? [language.value.split('-')[0]!] : [],
  };
  withPerson.searching = id;
  workbench.setContext('case.searching', id);
  // The map comes to the front: on it stands for whom the search is, and the way back.
  workbench.openEditor('map', {});
  await workbench.executeCommand('find.begin', knowledge);
}

export function endSearchFor({ workbench }: Pick<PersonState, 'workbench'>): void {
  withPerson.searching = null;
  workbench.setContext('case.searching', undefined);
}
