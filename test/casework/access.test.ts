// The matrix of who may see and write what, as a table that somebody decided (access.golden.txt: a change of it is a decision,
// made by `vitest run test/casework/access -u`), and the laws that hold whatever stands in it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf, CASE_ROLES, RELATIONS, type Relation } from '#shared/casework/access.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { PEOPLE_ROLES, ROLES } from '#server/identity/policies.ts';

const ALL = new Set(FIELD_CLASSES);
const cell = (role: string, relation: Relation, fieldClass: FieldClass) => {
  const { read, write } = accessOf(role, [relation], ALL);
  return `${read.has(fieldClass) ? 'r' : '·'}${write.has(fieldClass) ? 'w' : '·'}`;
};

describe('access', () => {
  it('is what the table says, for every role, relation and class', async () => {
    const wide = Math.max(...FIELD_CLASSES.map((fieldClass) => fieldClass.length)) + 1;
    const head = ['role'.padEnd(13), 'relation'.padEnd(13), ...FIELD_CLASSES.map((fieldClass) => fieldClass.padEnd(wide))]
      .join(' ')
      .trimEnd();
    const rows = CASE_ROLES.flatMap((role) =>
      RELATIONS.map((relation) =>
        [role.padEnd(13), relation.padEnd(13), ...FIELD_CLASSES.map((fieldClass) => cell(role, relation, fieldClass).padEnd(wide))]
          .join(' ')
          .trimEnd(),
      ),
    );
    await expect(`${[head, ...rows].join('\n')}\n`).toMatchFileSnapshot('access.golden.txt');
  });

  it('is for the roles that work with people, and for nobody else', () => {
    expect([...CASE_ROLES].sort()).toEqual([...PEOPLE_ROLES].sort());
    for (const role of ROLES.filter((each) => !(PEOPLE_ROLES as readonly string[]).includes(each))) {
      const access = accessOf(role, RELATIONS, ALL);
      expect([role, access.relation, access.read.size, access.write.size]).toEqual([role, null, 0, 0]);
    }
    expect(accessOf('constructor', RELATIONS, ALL).relation).toBeNull();
  });

  it('is nothing without a relation, and without consent nothing of another agency', () => {
    for (const role of CASE_ROLES) {
      expect(accessOf(role, []).relation).toBeNull();
      expect(accessOf(role, ['consented', 'receiving']).relation).toBeNull();
    }
  });

  it('of another agency is never more than the consent names, and nothing is written there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASE_ROLES), fc.subarray([...FIELD_CLASSES]), (role, consented) => {
        const { read, write } = accessOf(role, ['consented', 'receiving'], new Set(consented));
        return write.size === 0 && [...read].every((fieldClass) => consented.includes(fieldClass));
      }),
    );
  });

  it('of several relations is that of all of them together, under the name of the nearest', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASE_ROLES), fc.subarray([...RELATIONS], { minLength: 1 }), (role, relations) => {
        const together = accessOf(role, relations, ALL);
        const apart = relations.map((relation) => accessOf(role, [relation], ALL));
        expect([...together.read].sort()).toEqual([...new Set(apart.flatMap((access) => [...access.read]))].sort());
        expect(together.relation).toBe(RELATIONS.find((relation) => apart.some((access) => access.relation === relation)) ?? null);
      }),
    );
  });
});
