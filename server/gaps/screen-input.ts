// What the coordinator's screen asks of the server.

import { z } from 'zod';
import { UNMET_REASONS } from '#shared/casework/entry-work.ts';
import { isCell } from '#shared/geo/cells.ts';
import { Facts } from '#shared/intake/facts.ts';

const Position = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });
const PopulationId = z.string().max(100);
const Mode = z.enum(['walk', 'drive']);
/** Farther than this a map of gaps tells nothing. */
const Minutes = z.number().positive().max(240);
/** At most so many points at once. */
export const MOST_POINTS = 500;

export const WorldRequest = z.strictObject({
  population: PopulationId,
  supply: z.strictObject({
    needs: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
    openAt: z.iso.datetime({ offset: true }).optional(),
    usableBy: Facts.optional(),
  }),
  mode: Mode,
  minutes: Minutes,
});
export type WorldRequest = z.infer<typeof WorldRequest>;

export const ReachRequest = z.strictObject({
  population: PopulationId,
  mode: Mode,
  minutes: Minutes,
  from: z.array(Position).min(1).max(MOST_POINTS),
});
export type ReachRequest = z.infer<typeof ReachRequest>;

export const CandidatesRequest = z.strictObject({
  population: PopulationId,
  /** Middles of the cells with most people, or where there are places of a type or for a need already. */
  kind: z.enum(['cells', 'type', 'need']),
  type: z.string().min(1).max(200).optional(),
  n: z.number().int().min(1).max(MOST_POINTS).default(MOST_POINTS),
});
export type CandidatesRequest = z.infer<typeof CandidatesRequest>;

const Column = z.string().min(1).max(200);
const UploadedFile = z.string().min(1).max(300);

const MOST_GROUPS = 30;
/** What groups are called, by the column from which they come. */
const GroupNames = z
  .record(Column, z.string().trim().min(1).max(80))
  .refine((names) => Object.keys(names).length <= MOST_GROUPS, `at most ${MOST_GROUPS} groups`);

export const NameGroupsRequest = z.strictObject({ population: PopulationId, names: GroupNames });

/** As many as a table shows at once. */
export const NamePlacesRequest = z.strictObject({ cells: z.array(z.string().refine(isCell, 'an H3 cell')).max(200) });

export const AddPopulationRequest = z.strictObject({
  upload: z.string(),
  file: UploadedFile,
  name: z.string().trim().min(1).max(120),
  source: z.string().trim().min(1).max(300),
  vintage: z.string().trim().min(1).max(60),
  licence: z.string().trim().min(1).max(200).optional(),
  id: Column.optional(),
  people: Column.optional(),
  groups: z.array(Column).max(MOST_GROUPS).optional(),
  names: GroupNames.optional(),
  boundaries: UploadedFile.optional(),
  boundaryId: Column.optional(),
  resolution: z.number().int().min(5).max(10).optional(),
});

export const ScenarioInput = z.strictObject({
  id: z.string().max(100).optional(),
  name: z.string().trim().min(1).max(120),
  /** The one that was seen; 0: a new one. */
  revision: z.number().int().min(0),
  content: z.record(z.string().max(100), z.unknown()),
});

const Quarter = z.string().regex(/^\d{4}-Q[1-4]$/, 'a quarter such as 2026-Q3');
const Need = z.string().min(1).max(200);
/** Coarse: an area of some square kilometres, never a place. */
const CoarseCell = z.string().regex(/^8[4-7][0-9a-f]{13}$/, 'an H3 cell of resolution 4 to 7');

export const UnmetRequest = z.strictObject({
  of: z.enum(['people', 'requests']),
  need: Need.optional(),
  why: z.enum(UNMET_REASONS).optional(),
  cell: CoarseCell.optional(),
  from: Quarter.optional(),
  to: Quarter.optional(),
});

export const UnmetNote = z.strictObject({
  need: Need,
  why: z.enum(UNMET_REASONS),
  cell: z
    .string()
    .regex(/^87[0-9a-f]{13}$/, 'an H3 cell of resolution 7')
    .nullable(),
  /** Whoever asked was told what is counted, and agreed. */
  agreed: z.literal(true),
});
