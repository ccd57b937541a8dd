// What the browser may do with people. Every call names a permission here and is decided again, person by person, at the gate.

import { z } from 'zod';
import { EntryPayload } from '#shared/casework/entry.ts';
import { FieldClass } from '#shared/intake/field-class.ts';
import type { ServerDeps } from '../deps.ts';
import { listAgencies, listColleagues } from '../identity/accounts.ts';
import { procedure, router } from '../trpc.ts';
import { toWorker } from './gate.ts';
import { addToPerson, createPerson, findPeople, getPerson, listMine } from './people.ts';

const ENTRIES_AT_ONCE = 200;

/** Of the right shape and nothing more: whether there is such a person is for the gate to say. */
const PersonId = z.string().regex(/^per_[A-Za-z0-9_-]{20}$/, 'the id of a person');
const Said = z.strictObject({ payload: EntryPayload, class: FieldClass.optional() });
const Entries = z.array(Said).max(ENTRIES_AT_ONCE);
const OnePerson = z.strictObject({ person: PersonId });

export const peopleRouter = (deps: ServerDeps) =>
  router({
    create: procedure('people.intake')
      .input(z.strictObject({ entries: Entries, helped: z.boolean().default(false) }))
      .mutation(async ({ ctx, input }) => ({ id: await createPerson(deps, ctx.actor, input) })),
    get: procedure('people.intake')
      .input(OnePerson)
      .query(({ ctx, input }) => getPerson(deps, ctx.actor, input.person)),
    add: procedure('people.intake')
      .input(z.strictObject({ person: PersonId, entries: Entries.min(1), revision: z.number().int().nonnegative().optional() }))
      .mutation(({ ctx, input }) => addToPerson(deps, ctx.actor, input)),
    mine: procedure('people.intake').query(({ ctx }) => listMine(deps, ctx.actor)),
    find: procedure('people.intake')
      .input(z.strictObject({ name: z.string().trim().min(1).max(100) }))
      .query(({ ctx, input }) => findPeople(deps, ctx.actor, input.name)),
    agencies: procedure('people.intake').query(() => listAgencies(deps.db)),
    colleagues: procedure('people.intake').query(({ ctx }) => listColleagues(deps.db, toWorker(ctx.actor).agency)),
  });
