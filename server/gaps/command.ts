// `waypost gaps`: where help is missing and where more would help most, for one request.

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { GapRequest } from '#shared/gaps/request.ts';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type Command } from '#server/command.ts';
import { answerGaps } from './answer.ts';
import { sayGaps } from './say.ts';
import { openGapSources } from './sources.ts';

export const gapsCommand: Command = {
  name: 'gaps',
  summary: 'Show where help is missing and where more would help most',
  usage: `waypost gaps --request FILE|- [--json] [--data DIR]

The request is JSON, from a file or from standard input:
  { "demand": { "cells": "cells.csv", "id": "id", "value": "population", "only": ["…"] },
    "supply": { "sites": "sites.csv", "id": "id", "capacity": "beds" },
    "travel": { "matrix": "minutes.csv.gz" },
    "measure": { "name": "e2sfca", "threshold": 30, "decay": { "kind": "gaussian", "bandwidth": 15 } },
    "place": { "objective": "coverage", "sites": 2, "candidates": "candidates.csv", "threshold": 15 } }
demand     People by cell. "only": just these cells are demand and supply. "cells": "stored" takes people that were added with
           waypost demand add: the newest, or those that "population" names; "value" then names a group of them.
supply     What there is; a site of capacity 0 is none, without "capacity" each counts 1. {} for nothing.
           "needs": ["…"] takes services of the directory for these needs, "openAt": those open at that time,
           "usableBy": { "person.age": 30 } those that such a household can use; what is not known is told.
travel     A CSV from_id,to_id,travel_time from cells to sites and candidates, plain or gzip; the threshold shares its unit.
           Without it minutes by "mode" walk or drive: on streets where they are loaded, else by straight line, which is told;
           "from": "graph" or "line" asks for one of them. Places then have columns lon and lat, or an H3 cell as their id.
measure    nearest, count, coverage, 2sfca, e2sfca, 3sfca, m2sfca, bfca. "decay": binary; step with "steps":
           [{ "to": 10, "weight": 1 }, …]; gaussian with "bandwidth", the cost at which the weight is 0.60653.
place      coverage, p-median, p-center (with the number of "sites", or a "budget" and the column "cost" of the candidates) or lscp.
           "capacity": their column of what a placed site holds, 1 otherwise. What stands already stays. The answer's cells
           and summary are those with the placed sites, "before" is the summary without them; "gain" counts people.
           "bound": no choice is better; where it equals "objective" the choice is proven to be best.
--json     One JSON document on standard output`,

  async run(args, io) {
    const { values } = parseArgs({ args, options: { request: { type: 'string' }, json: { type: 'boolean' } } });
    if (values.request === undefined) throw new UsageError('Say which request: --request FILE, or - for standard input.');
    const request = parseRequest(await readSource(values.request, io.stdin));
    await using sources = openGapSources(io);
    const answer = await answerGaps(request, sources);
    io.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : sayGaps(answer));
    return 0;
  },
};

async function readSource(source: string, stdin: Readable): Promise<string> {
  if (source === '-') return text(stdin);
  return readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const message = error.code === 'ENOENT' ? `There is no file ${source}.` : `${source} cannot be read: ${error.message}`;
    throw new Problem('bad_request', message);
  });
}

/** Throws a Problem that names the path of each fault. */
function parseRequest(json: string): GapRequest {
  let written: unknown;
  try {
    written = JSON.parse(json);
  } catch (error) {
    throw new Problem('bad_request', `The request is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = GapRequest.safeParse(written);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'request'}: ${sayFault(issue)}`);
  throw new Problem('bad_request', `The request cannot be read. ${faults.join('; ')}. What it may hold: waypost gaps --help.`);
}

function sayFault(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `there is nothing called ${issue.keys.map((key) => `"${key}"`).join(', ')} here`;
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is missing';
  return issue.message;
}
