import { PassThrough } from 'node:stream';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '#server/matching/command.ts';
import type { CliIo } from '#server/command.ts';
import { sayFailure } from '#server/cli-failure.ts';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { createAreas } from '#shared/eligibility/areas.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import { match } from '#shared/matching/match.ts';
import { createNeedTerms } from '#shared/matching/need-terms.ts';
import { FindAnswer, type FindRequest } from '#shared/matching/request.ts';
import { createMessages } from '#shared/platform/messages.ts';
import { contributed } from '../support/contributed.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
const near = { lon: -128.04, lat: 44.0 };
const at = '2026-11-20T16:40:00-08:00';
const request: FindRequest = {
  near,
  travel: { mode: 'walk', minutes: 30 },
  needs: [{ term: 'food', weight: 3 }, { term: 'safety' }, { term: 'shelter' }],
  facts: { 'person.age': 34, 'household.size': 3, 'household.income': { value: 1500, per: 'month' } },
  languages: ['es'],
  at,
  limit: 500,
};

beforeAll(async () => {
  app = await testApp({ demo: true });
  await app.deps.directory.ready;
});
afterAll(() => app[Symbol.asyncDispose]());

/** Runs the command as the command line does. */
async function run(args: string[], stdin = ''): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const [input, stdout] = [new PassThrough(), new PassThrough()];
  input.end(stdin);
  const deps = Object.create(app.deps, { [Symbol.asyncDispose]: { value: async () => undefined } }) as Awaited<
    ReturnType<CliIo['openApp']>
  >;
  const io: CliIo = {
    stdin: input,
    stdout,
    stderr: new PassThrough(),
    data: app.dataFolder,
    openApp: () => Promise.resolve(deps),
    openRegistry: () => Promise.resolve(app.deps.registry),
  };
  try {
    const exitCode = await findCommand.run(args, io);
    return { exitCode, stdout: String(stdout.read() ?? ''), stderr: '' };
  } catch (error) {
    const { text, exitCode } = sayFailure(error, findCommand);
    return { exitCode, stdout: String(stdout.read() ?? ''), stderr: text };
  }
}

describe('find in the API', () => {
  test('gives the contract, in the town of the demo', async () => {
    const answer = await app.caller('viewer').find.match(request);
    expect(FindAnswer.parse(answer)).toEqual(answer);
    expect(answer.total).toBeGreaterThan(10);
    expect(answer.matches).toHaveLength(answer.total);
    expect(Object.keys(answer.facets.verdict)).toEqual(['eligible', 'likely', 'unknown', 'not_stated', 'ineligible']);
    expect(answer.matches.filter((m) => m.meters === null).every((m) => m.minutes === null)).toBe(true);
  });

  test('the browser finds the same in its slice', async () => {
    const caller = app.caller('viewer');
    const [answer, slice] = await Promise.all([caller.find.match(request), caller.find.slice({ near, travel: request.travel })]);
    const index = DirectoryIndex.fromSlice(JSON.parse(JSON.stringify(slice.columns)) as typeof slice.columns);
    const local = match(
      {
        index,
        ruleSet: compileRules({ rules: contributed('eligibilityRules'), facts: contributed('facts'), tables: contributed('ruleTables') }),
        terms: createNeedTerms(contributed('taxonomies'), contributed('synonyms')),
        questions: contributed('intakeQuestions'),
        messages: createMessages({ language: 'en', bundles: ELIGIBILITY_MESSAGES }),
        areas: createAreas(slice.areas),
        now: Date.parse(at),
      },
      { ...request, near },
      {
        rows: Uint32Array.from(slice.meters.keys()),
        meters: Float32Array.from(slice.meters, (m) => m ?? Infinity),
        seconds: Float32Array.from(slice.seconds, (s) => s ?? Infinity),
        estimated: Uint8Array.from(slice.estimated),
      },
    );
    expect(slice.complete).toBe(true);
    expect(local.facets).toEqual(answer.facets);
    expect(local.ask).toEqual(answer.ask);
    const shape = (found: FindAnswer) =>
      found.matches.map((m) => [m.resource.id, m.verdict, m.meters, m.open, m.reasons]).sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
    expect(shape(local)).toEqual(shape(answer));
  });

  test('a hidden site has neither position nor way in answer and slice', async () => {
    const index = app.deps.directory.current();
    expect(index.rowsHidden().size).toBeGreaterThan(0);
    const slice = await app.caller('viewer').find.slice({ near, travel: { mode: 'drive', minutes: 60 } });
    expect(slice.columns.hidden.length).toBeGreaterThan(0);
    for (const [row] of slice.columns.hidden) expect([slice.meters[row], slice.seconds[row]]).toEqual([null, null]);
  });

  test('the way to a place', async () => {
    const path = await app.caller('viewer').find.path({ from: near, to: { lon: near.lon + 0.01, lat: near.lat }, mode: 'walk' });
    expect(path.meters).toBeGreaterThan(500);
    expect(path.points.length).toBeGreaterThanOrEqual(2);
  });

  test('translations that plugins bring are used', async () => {
    const french = await app.caller('viewer').find.match({ ...request, language: 'fr', limit: 50 });
    const english = await app.caller('viewer').find.match({ ...request, limit: 50 });
    expect(french.matches.map((m) => m.resource.id)).toEqual(english.matches.map((m) => m.resource.id));
    expect(JSON.stringify(french.matches)).not.toBe(JSON.stringify(english.matches));
  });
});

describe('waypost find', () => {
  const json = JSON.stringify(request);

  test('from standard input, as one JSON document', async () => {
    const { exitCode, stdout } = await run(['--request', '-', '--json'], json);
    expect(exitCode).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toEqual(await app.caller('viewer').find.match(request));
  });

  test('from a file, in words', async () => {
    const file = join(app.dataFolder, 'request.json');
    writeFileSync(file, json);
    const { exitCode, stdout } = await run(['--request', file]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d+ within reach, \d+ shown\n {2}1\. /);
  });

  test('a place by its name', async () => {
    const index = app.deps.directory.current();
    const row = index
      .rowsAll()
      .toArray()
      .find((r) => index.hasPosition(r) && index.address(r) !== null)!;
    const street = index.address(row)!.split(',')[0]!;
    const { exitCode, stdout } = await run(['--request', '-', '--json'], JSON.stringify({ ...request, near: { place: street } }));
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as FindAnswer).total).toBeGreaterThan(0);
  });

  test.each<[string, string[], string, 1 | 2, RegExp]>([
    ['no request', [], '', 2, /--request/],
    ['a wrong option', ['--reqest', '-'], '', 2, /waypost find/],
    ['an unknown role', ['--request', '-', '--as', 'king'], json, 2, /Roles: viewer/],
    ['no such file', ['--request', '/nowhere/request.json'], '', 1, /no file/],
    ['not JSON', ['--request', '-'], '{', 1, /not JSON/],
    ['a bad request, with its path', ['--request', '-'], '{"near":{"lon":1},"travel":{"mode":"walk"},"needs":[]}', 1, /near: give/],
    ['another bad request', ['--request', '-'], JSON.stringify({ ...request, travel: { mode: 'fly' } }), 1, /travel\.mode/],
    ['an unknown word', ['--request', '-'], JSON.stringify({ ...request, fact: {} }), 1, /"fact"/],
    ['public transport', ['--request', '-', '--json'], JSON.stringify({ ...request, travel: { mode: 'transit' } }), 1, /timetable/],
    [
      'an unknown need',
      ['--request', '-'],
      JSON.stringify({ ...request, needs: [{ term: 'shelterr' }] }),
      1,
      /Did you mean "shelter"[\s\S]*Try: shelter/,
    ],
    [
      'a need that is like none',
      ['--request', '-'],
      JSON.stringify({ ...request, needs: [{ term: 'xyzzy' }] }),
      1,
      /Needs here: Food, Shelter/,
    ],
    ['an unknown fact', ['--request', '-'], JSON.stringify({ ...request, facts: { 'person.agee': 3 } }), 1, /facts\.person\.agee/],
    ['an unknown place', ['--request', '-'], JSON.stringify({ ...request, near: { place: 'qqqqzzzz 99999' } }), 1, /is not known here/],
  ])('%s', async (_, args, stdin, exitCode, message) => {
    const result = await run(args, stdin);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr).toMatch(message);
  });
});
