// Where next: long work for many candidates, so it stands in a thread of its own.

import { placeSites } from '#shared/gaps/placement/place.ts';
import type { Placement, PlacementProblem } from '#shared/gaps/placement/problem.ts';

export interface PlaceRequest {
  objective: 'coverage' | 'p-median';
  problem: PlacementProblem;
}

export type PlaceAnswer = { ok: true; placement: Placement } | { ok: false; message: string };

addEventListener('message', ({ data: { objective, problem } }: MessageEvent<PlaceRequest>) => {
  try {
    postMessage({ ok: true, placement: placeSites(objective, problem) } satisfies PlaceAnswer);
  } catch (error) {
    postMessage({ ok: false, message: error instanceof Error ? error.message : String(error) } satisfies PlaceAnswer);
  }
});
