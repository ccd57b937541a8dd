// What the browser may do with people. Every call names a permission here and is decided again, person by person, at the gate.

import { z } from 'zod';
import { EntryPayload } from '#shared/casework/entry.ts';
import { Id } from '#shared/casework/text.ts';
import { FieldClass } from '#shared/intake/field-class.ts';
import type { ServerDeps } from '../deps.ts';
import { listAgencies, listColleagues } from '../identity/accounts.ts';
import { procedure, router } from '../trpc.ts';
import { readAccessLog } from './access-log.ts';
import { breakGlass, listBrokenGlass, reviewBrokenGlass } from './break-glass.ts';
import { listPersonCalendar } from './calendar.ts';
import { custodyProcedures, OnePerson, PersonId } from './custody-router.ts';
import { ERASE_WHY, erasePerson } from './erase.ts';
import { drawPersonPage } from './export-page.ts';
import { PAGE_LANGUAGES } from './export-words.ts';
import { exportPerson } from './export.ts';
import { toWorker } from './gate.ts';
import { recordLetter } from './letters.ts';
import { listUnwatched } from './unwatched.ts';
import { addToPerson, assignPerson, createPerson, findPeople, getPerson } from './people.ts';

const ENTRIES_AT_ONCE = 200;

const GlassId = z.string().regex(/^gls_[A-Za-z0-9_-]{20}$/, 'the id of what was opened');
const Said = z.strictObject({ payload: EntryPayload, class: FieldClass.optional() });
const Entries = z.array(Said).max(ENTRIES_AT_ONCE);

export const peopleRouter = (deps: ServerDeps) =>
  router({
    ...custodyProcedures(deps),
    create: procedure('people.intake')
      .input(z.strictObject({ entries: Entries, helped: z.boolean().default(false) }))
      .mutation(async ({ ctx, input }) => ({ id: await createPerson(deps, ctx.actor, input) })),
    get: procedure('people.intake')
      .input(OnePerson)
      .query(({ ctx, input }) => getPerson(deps, ctx.actor, input.person)),
    add: procedure('people.intake')
      .input(z.strictObject({ person: PersonId, entries: Entries.min(1), revision: z.number().int().nonnegative().optional() }))
      .mutation(({ ctx, input }) => addToPerson(deps, ctx.actor, input)),
    find: procedure('people.intake')
      .input(z.strictObject({ name: z.string().trim().min(1).max(100) }))
      .query(({ ctx, input }) => findPeople(deps, ctx.actor, input.name)),
    assign: procedure('people.supervise')
      .input(OnePerson.extend({ worker: z.string().max(80).nullable(), team: z.string().trim().min(1).max(100).nullable() }))
      .mutation(({ ctx, input }) => assignPerson(deps, ctx.actor, input)),
    breakGlass: procedure('people.intake')
      .input(OnePerson.extend({ reason: z.string().trim().min(10).max(2000) }))
      .mutation(({ ctx, input }) => breakGlass(deps, ctx.actor, input)),
    glassQueue: procedure('people.supervise').query(({ ctx }) => listBrokenGlass(deps, ctx.actor)),
    /** For whoever appoints supervisors; tells of no client. */
    unwatched: procedure('users.manage').query(() => listUnwatched(deps)),
    reviewGlass: procedure('people.supervise')
      .input(z.strictObject({ id: GlassId, outcome: z.enum(['justified', 'not_justified']), note: z.string().trim().min(1).max(2000) }))
      .mutation(({ ctx, input }) => reviewBrokenGlass(deps, ctx.actor, input)),
    accessLog: procedure('people.intake')
      .input(OnePerson)
      .query(({ ctx, input }) => readAccessLog(deps, ctx.actor, input.person)),
    export: procedure('people.case')
      .input(OnePerson)
      .mutation(({ ctx, input }) => exportPerson(deps, ctx.actor, input.person)),
    exportPage: procedure('people.case')
      .input(OnePerson.extend({ language: z.enum(PAGE_LANGUAGES).default('en') }))
      .mutation(async ({ ctx, input: { person, language } }) =>
        drawPersonPage(await exportPerson(deps, ctx.actor, person), { language, registry: deps.registry }),
      ),
    /** That a letter was printed is on record, by its name, before it is printed. Nothing of it comes here. */
    letter: procedure('people.intake')
      .input(OnePerson.extend({ template: z.string().max(60) }))
      .mutation(({ ctx, input }) => recordLetter(deps, ctx.actor, input)),
    calendar: procedure('people.intake')
      .input(OnePerson.extend({ appointment: Id.optional(), places: z.boolean() }))
      .mutation(({ ctx, input }) => listPersonCalendar(deps, ctx.actor, input)),
    erase: procedure('people.supervise')
      .input(OnePerson.extend({ why: z.enum(ERASE_WHY) }))
      .mutation(({ ctx, input }) => erasePerson(deps, ctx.actor, input)),
    agencies: procedure('people.intake').query(() => listAgencies(deps.db)),
    colleagues: procedure('people.intake').query(({ ctx }) => listColleagues(deps.db, toWorker(ctx.actor).agency)),
  });
