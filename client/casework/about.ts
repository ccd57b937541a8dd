// The fields of who a person is, how to reach them and what was said before, as forms hold them, and the entries made of them.

import type { ContactMethod } from '#shared/casework/entry-person.ts';
import type { PayloadOf } from '#shared/casework/entry.ts';
import type { RecordContact, RecordEngagement, RecordIdentity } from '#shared/casework/record.ts';
import type { NewEntry } from './server.ts';
import { newId } from './say.ts';

export type IdentityDraft = Omit<RecordIdentity, 'label'> & { label: string };
export type ContactDraft = Omit<RecordContact, 'customs'> & { customs: string };

/** What is said before anything is written down. */
export interface BeforeDraft {
  roleExplained: boolean;
  noticeGiven: boolean;
  /** Whether a record may be kept. */
  agreed: 'yes' | 'no' | 'not_asked';
}

/** The wording of the privacy notice that is read out. */
const NOTICE = '2026-11';

export function beforeOf({ roleExplained, notice, keepsRecord }: RecordEngagement): BeforeDraft {
  const agreed = typeof keepsRecord === 'object' ? (keepsRecord.value ? 'yes' : 'no') : 'not_asked';
  return { roleExplained: roleExplained ?? false, noticeGiven: notice !== undefined, agreed };
}

export function isAllSaid({ roleExplained, noticeGiven, agreed }: BeforeDraft): boolean {
  return roleExplained && noticeGiven && agreed !== 'not_asked';
}

/** @param language in which it was said; a notice that was given `before` stays the one that it was */
export function engagementEntry(
  { roleExplained, noticeGiven, agreed }: BeforeDraft,
  { language, before = {}, ...more }: { language: string; before?: RecordEngagement; source?: RecordEngagement['source'] },
): NewEntry {
  const notice = before.notice ?? { version: NOTICE, language };
  const keepsRecord = agreed === 'not_asked' ? ('not_asked' as const) : { value: agreed === 'yes' };
  return { payload: { kind: 'engagement', ...more, roleExplained, ...(noticeGiven ? { notice } : {}), keepsRecord } };
}

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
