// The contract of gap analysis: what is asked and what is answered, the same on the command line and in the API.

import { z } from 'zod';
import type { TravelMode } from '../geo/travel.ts';
import { Facts } from '../intake/facts.ts';
import type { Decay } from './decay.ts';
import { MEASURE_NAMES, type MeasureName } from './measures.ts';
import { OBJECTIVES } from './placement/place.ts';
import type { GapSummary } from './summary.ts';

const File = z.string().min(1);
const Column = z.string().min(1);
const Cost = z.number().positive();
const Threshold = z.number().min(0);

const Steps = z
  .array(z.strictObject({ to: Cost, weight: z.number().min(0).max(1) }))
  .min(1)
  .refine((steps) => steps.every(({ to }, i) => i === 0 || to > steps[i - 1]!.to), 'each zone must end beyond the one before it');

const Measure = z
  .strictObject({
    name: z.enum(MEASURE_NAMES),
    /** In the unit of the travel costs. Nothing beyond it counts. */
    threshold: Threshold.optional(),
    /** What it leaves open comes from the threshold (requested-decay.ts). */
    decay: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('binary') }),
        z.strictObject({ kind: z.literal('step'), steps: Steps.optional() }),
        /** `bandwidth`: the cost at which the weight is 0.60653. */
        z.strictObject({ kind: z.literal('gaussian'), bandwidth: Cost.optional() }),
      ])
      .optional(),
  })
  .refine(
    (measure) => measure.name === 'nearest' || measure.threshold !== undefined || (measure.name !== 'coverage' && hasOwnEnd(measure.decay)),
    {
      path: ['threshold'],
      message: 'say up to which travel cost a place is within reach',
    },
  );
export type RequestedMeasure = z.infer<typeof Measure>;

/** A decay that says itself how it falls. */
function hasOwnEnd(decay: { kind: string; steps?: unknown; bandwidth?: unknown } | undefined): boolean {
  return decay?.steps !== undefined || decay?.bandwidth !== undefined;
}

const Place = z
  .strictObject({
    objective: z.enum(OBJECTIVES),
    /** How many are placed; lscp finds that out itself. */
    sites: z.number().int().min(0).optional(),
    /** CSV of where a site may be placed; its ids are those of the matrix. */
    candidates: File,
    id: Column.optional(),
    threshold: Threshold.optional(),
    /** Columns of the candidates: what a site would cost there, and for how many it would have room. */
    cost: Column.optional(),
    capacity: Column.optional(),
    /** What all that are placed may cost together; `sites` then limits their number only where it is given. */
    budget: z.number().min(0).optional(),
  })
  .refine(({ objective, sites, budget }) => objective === 'lscp' || sites !== undefined || budget !== undefined, {
    path: ['sites'],
    message: 'say how many sites are to be placed, or for which budget',
  })
  .refine(({ cost, budget }) => (cost === undefined) === (budget === undefined), {
    path: ['budget'],
    message: 'a budget and the column of what each candidate costs belong together: say both, "budget" and "cost"',
  })
  .refine(({ objective, budget }) => objective !== 'lscp' || budget === undefined, {
    path: ['budget'],
    message: 'lscp finds the fewest sites that reach everyone, whatever they cost: ask for coverage within a budget',
  });

const Supply = z
  .strictObject({
    /** Resources of the directory: for these needs, open then, usable by a household of these facts. */
    needs: z.array(z.string().min(1)).min(1).optional(),
    openAt: z.iso.datetime({ offset: true }).optional(),
    usableBy: Facts.optional(),
    /** CSV of sites. */
    sites: File.optional(),
    id: Column.default('id'),
    capacity: Column.optional(),
  })
  .refine(({ needs, sites, capacity }) => capacity === undefined || needs !== undefined || sites !== undefined, {
    path: ['capacity'],
    message: 'there is nothing whose capacity it could be: name supply.sites or supply.needs',
  })
  .superRefine(({ needs, openAt, usableBy }, context) => {
    // Of a site in a file nobody knows when it is open, or for whom: a figure that left it out would be taken for one that did not.
    for (const [key, value] of Object.entries({ openAt, usableBy }))
      if (value !== undefined && !needs)
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'only services of the directory can be chosen by it: name them in supply.needs',
        });
  });

const NEEDS_NO_THRESHOLD: ReadonlySet<string> = new Set(['p-median', 'p-center']);

export const GapRequest = z
  .strictObject({
    demand: z
      .strictObject({
        /** CSV of cells or areas, or those that are kept here. */
        cells: z.union([z.literal('stored'), File]),
        /** Of those that are kept here: which, by id or name; default the newest. */
        population: z.string().min(1).optional(),
        id: Column.default('id'),
        value: Column.default('population'),
        /** Just these cells are demand and supply. */
        only: z.array(z.string()).min(1).optional(),
      })
      .refine(({ cells, population }) => population === undefined || cells === 'stored', {
        path: ['population'],
        message: 'a population is chosen among those that are kept here: say "cells": "stored"',
      }),
    supply: Supply,
    travel: z.strictObject({
      mode: z.enum(['walk', 'drive']).default('walk'),
      /** CSV `from_id,to_id,travel_time`, plain or gzip, from cells to sites. */
      matrix: File.optional(),
      from: z.enum(['graph', 'line']).optional(),
    }),
    measure: Measure,
    place: Place.optional(),
  })
  .refine(
    ({ measure, place }) => !place || NEEDS_NO_THRESHOLD.has(place.objective) || (place.threshold ?? measure.threshold) !== undefined,
    {
      path: ['place', 'threshold'],
      message: 'say up to which travel cost a cell is covered',
    },
  );
export type GapRequest = z.infer<typeof GapRequest>;

/** What a reader must know to trust a figure or to work it out again. */
export interface GapMethod {
  measure: { name: MeasureName; say: string; formula: string; unit: string; reference: string };
  threshold?: number | undefined;
  decay?: Decay | undefined;
  travel: {
    /** A matrix that was given, streets, or the straight line with a detour. */
    from: 'matrix' | 'graph' | 'line';
    mode?: TravelMode | undefined;
    unit: string;
    /** Pairs of cell and site, and how many of them are estimates from the straight line. */
    pairs: number;
    estimated: number;
  };
  summary: string;
  placement?: string | undefined;
  /** What is to be known beside the figures: cells that the matrix does not speak of, people left out. */
  notes: string[];
}

/** What of the directory counts as supply, and what does not. */
export interface GapSupply {
  /** Sites that the described household can use for certain, and those that it perhaps can. */
  sure: number;
  maybe: number;
  /** Resources that are no site of this answer, by reason. Hidden places count in no figure. */
  without: { unusable: number; closed: number; hidden: number; nowhere: number };
  /** Of how many sites it is not known whether they are open then, and how many people they have room for. */
  unknown: { open: number; capacity: number };
}

export interface GapAnswer {
  /** `value` is null where no place can be reached, or where it is suppressed. Sites that were placed count. */
  cells: { id: string; demand: number; value: number | null }[];
  summary: GapSummary;
  /** Where some sites can perhaps be used only: the summary with those alone that can for certain. */
  sure?: GapSummary;
  /** With placement: the summary without the placed sites. */
  before?: GapSummary;
  /** In the order of what they add. `gain`: people newly covered, or with a shorter way. */
  placed?: { candidate: string; gain: number; cost?: number; capacity?: number }[];
  /** With a budget: what the placed sites cost together. */
  spent?: number;
  objective?: number | null;
  bound?: number | null;
  /** How many figures are held back because they would tell of few people. */
  suppressed: number;
  supply?: GapSupply;
  method: GapMethod;
}
