// Who may see and write what of a person's record: one table of roles by relations, and nothing else decides it. Whoever has no
// relation to a person, or no role in this table, has no access at all.

import { FIELD_CLASSES, type FieldClass } from '../intake/field-class.ts';

/**
 * What somebody is to a person: the worker whose own the person is; someone of the same agency who broke the glass; of the same
 * team; of the same agency; of another agency that the person's consent names, for their whole work (`consented`) or for one
 * referral (`receiving`). The first that holds is the one that goes on record.
 */
export const RELATIONS = ['own', 'broken_glass', 'team', 'agency', 'consented', 'receiving'] as const;
export type Relation = (typeof RELATIONS)[number];

/** The roles that work with people. Whoever runs the server or cares for the directory is none of them. */
export const CASE_ROLES = ['intake', 'case_manager', 'supervisor'] as const;
export type CaseRole = (typeof CASE_ROLES)[number];

interface Grant {
  read: readonly FieldClass[];
  write: readonly FieldClass[];
}

const NOTHING: Grant = { read: [], write: [] };
const EVERYTHING: Grant = { read: FIELD_CLASSES, write: FIELD_CLASSES };

/** What every worker of an agency needs to know someone again and to reach them safely. */
const RECOGNISE: readonly FieldClass[] = ['identity', 'contact', 'needs'];
/** What a colleague who stands in works with; what is most guarded stays with whom the person told it. */
const STAND_IN: readonly FieldClass[] = ['identity', 'contact', 'needs', 'money', 'housing', 'supports', 'health', 'safety', 'notes'];
/** Of what a person consents to, all that the consent names; nothing is ever written into another agency's record. */
const CONSENTED: Grant = { read: FIELD_CLASSES, write: [] };
const BROKEN_GLASS: Grant = { read: FIELD_CLASSES, write: ['notes'] };

/** The whole matrix. `test/casework/access.golden.txt` holds it as a table; a change of either is a decision. */
const GRANTS: Readonly<Record<CaseRole, Readonly<Record<Relation, Grant>>>> = {
  intake: {
    own: EVERYTHING,
    team: { read: [...RECOGNISE, 'housing', 'safety'], write: ['contact', 'notes'] },
    agency: { read: RECOGNISE, write: ['notes'] },
    broken_glass: BROKEN_GLASS,
    consented: NOTHING,
    receiving: CONSENTED,
  },
  case_manager: {
    own: EVERYTHING,
    team: { read: STAND_IN, write: ['contact', 'needs', 'notes'] },
    agency: { read: RECOGNISE, write: ['notes'] },
    broken_glass: BROKEN_GLASS,
    consented: CONSENTED,
    receiving: CONSENTED,
  },
  supervisor: {
    own: EVERYTHING,
    team: EVERYTHING,
    agency: { read: STAND_IN, write: ['needs', 'notes'] },
    broken_glass: BROKEN_GLASS,
    consented: CONSENTED,
    receiving: CONSENTED,
  },
};

export interface Access {
  /** The first of the relations that opens anything; null: none, and then nothing may be read or written. */
  relation: Relation | null;
  read: ReadonlySet<FieldClass>;
  write: ReadonlySet<FieldClass>;
}

/**
 * What someone of a role may read and write who stands to a person in all of these relations at once: all that any of them opens.
 *
 * @param consented the classes that a live consent opens to their agency; it bounds `consented` and `receiving`
 */
export function accessOf(role: string, relations: Iterable<Relation>, consented: ReadonlySet<FieldClass> = new Set()): Access {
  const grants = (CASE_ROLES as readonly string[]).includes(role) ? GRANTS[role as CaseRole] : undefined;
  const access = { read: new Set<FieldClass>(), write: new Set<FieldClass>() };
  const held = new Set<Relation>();
  for (const relation of grants ? relations : []) {
    const bound = relation === 'consented' || relation === 'receiving' ? consented : undefined;
    const read = grants![relation].read.filter((fieldClass) => bound?.has(fieldClass) ?? true);
    if (read.length > 0) held.add(relation);
    for (const fieldClass of read) access.read.add(fieldClass);
    for (const fieldClass of grants![relation].write) access.write.add(fieldClass);
  }
  return { relation: RELATIONS.find((relation) => held.has(relation)) ?? null, ...access };
}
