// `waypost find`: the answer to one request, as the Find screen would give it.

import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { FindRequest, type FindAnswer, type Match } from '#shared/matching/request.ts';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type Command } from '#server/command.ts';
import { assertAllowed, createLocalActor } from '#server/identity/actor.ts';
import { isRole, ROLES } from '#server/identity/policies.ts';
import { createFinder } from './finder.ts';

export const findCommand: Command = {
  name: 'find',
  summary: 'Find services for a request',
  usage: `waypost find --request FILE|- [--json] [--as ROLE] [--data DIR]

The request is JSON, from a file or from standard input:
  { "near": { "lon": -122.27, "lat": 37.8 } | { "place": "Mill Street 12" },
    "travel": { "mode": "walk" | "drive" | "any", "minutes": 20 },
    "needs": [{ "term": "food", "weight": 2 }], "facts": { "person.age": 34 },
    "text": "halal", "at": "2026-05-01T10:00:00-04:00", "languages": ["es"], "language": "en", "limit": 20 }
--json     One JSON document on standard output
--as ROLE  ${ROLES.join(', ')}; default: viewer`,

  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: { request: { type: 'string' }, json: { type: 'boolean' }, as: { type: 'string', default: 'viewer' } },
    });
    if (values.request === undefined) throw new UsageError('Say which request: --request FILE, or - for standard input.');
    if (!isRole(values.as)) throw new UsageError(`There is no role "${values.as}". Roles: ${ROLES.join(', ')}.`);
    const request = parseRequest(await readText(values.request, io.stdin));
    assertAllowed(createLocalActor(values.as), 'find');
    await using app = await io.openApp();
    const answer = await createFinder(app).find(request);
    io.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : sayAnswer(answer));
    return 0;
  },
};

async function readText(source: string, stdin: Readable): Promise<string> {
  if (source !== '-') {
    return readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Problem(
        'bad_request',
        error.code === 'ENOENT' ? `There is no file ${source}.` : `${source} cannot be read: ${error.message}`,
      );
    });
  }
  let text = '';
  for await (const chunk of stdin) text += String(chunk);
  return text;
}

/** Throws a Problem that names the path of each fault. */
function parseRequest(text: string): FindRequest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Problem('bad_request', `The request is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = FindRequest.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`);
  throw new Problem('bad_request', `The request cannot be read. ${faults.join('; ')}.`);
}

function sayAnswer({ total, matches, ask }: FindAnswer): string {
  const lines = matches.map((match, i) => `${String(i + 1).padStart(3)}. ${sayMatch(match)}`);
  const next = ask[0] ? [`Ask next: ${ask[0].question} (settles ${ask[0].settles})`] : [];
  return `${[`${total} within reach, ${matches.length} shown`, ...lines, ...next].join('\n')}\n`;
}

function sayMatch({ resource, verdict, reasons, minutes, open, score }: Match): string {
  const way = minutes === null ? '' : ` · ${Math.round(minutes)} min`;
  const why = reasons.map((reason) => `\n       ${reason.outcome}: ${reason.say}`).join('');
  return `${resource.service.name} · ${verdict.replace('_', ' ')}${way} · ${open.state} · ${score.total.toFixed(1)}${why}`;
}
