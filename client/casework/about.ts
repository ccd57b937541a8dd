// The fields of who a person is and how to reach them, as forms hold them, and the entries made of them.

import type { ContactMethod } from '#shared/casework/entry-person.ts';
import type { PayloadOf } from '#shared/casework/entry.ts';
import type { RecordContact, RecordIdentity } from '#shared/casework/record.ts';
import type { NewEntry } from './server.ts';
import { newId } from './say.ts';

export type IdentityDraft = Omit<RecordIdentity, 'label'> & { label: string };
export type ContactDraft = Omit<RecordContact, 'customs'> & { customs: string };

export function emptyIdentity(): IdentityDraft {
  return {
    mode: 'named',
    label: '',
    alias: 'not_asked',
    givenName: 'not_asked',
    familyName: 'not_asked',
    nameUsed: 'not_asked',
    pronouns: 'not_asked',
    birthDate: 'not_asked',
  };
}

export function emptyContact(): ContactDraft {
  return { language: 'not_asked', interpreter: 'not_asked', methods: [], never: [], customs: '' };
}

export function emptyMethod(): ContactMethod {
  return { id: newId('way'), way: 'phone', value: '', safe: 'yes', mayLeaveMessage: false, maySayWho: false, hours: [] };
}

/** Names are only told where the person is known by one; a change back to an alias leaves what was told before in the history. */
export function identityEntry({ mode, label, alias, givenName, familyName, ...others }: IdentityDraft): NewEntry {
  const names = mode === 'named' ? { givenName, familyName } : mode === 'alias' ? { alias } : {};
  return { payload: { kind: 'identity', mode, ...(label.trim() ? { label: label.trim() } : {}), ...names, ...others } };
}

export function contactEntry({ language, interpreter, methods, never, customs }: ContactDraft): NewEntry {
  const payload: PayloadOf<'contact'> = {
    kind: 'contact',
    language,
    interpreter,
    methods: methods.filter(({ value }) => value.trim() !== ''),
    never,
    ...(customs.trim() ? { customs: customs.trim() } : {}),
  };
  return { payload };
}
