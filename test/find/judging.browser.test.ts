// What functions of plugins say of the person of a search: asked after the answer is shown, with nothing but what they rest on, and
// forgotten as soon as that is told otherwise.

import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Judging } from '#client/find/judging.svelte.ts';
import type { Facts } from '#shared/intake/facts.ts';

const DAY = '2026-11-23';
const waiting = [{ fact: 'household.parish', inputs: ['household.size'] }];
const told: Facts = { 'household.size': 3, 'person.age': 30 };

function openJudging(answer: () => Promise<unknown> = () => Promise.resolve({ 'household.parish': { answer: 'yes', by: 'The parish' } })) {
  const asked: unknown[] = [];
  const judging = new Judging({
    judge: (ask) => {
      asked.push(ask);
      return answer() as ReturnType<ConstructorParameters<typeof Judging>[0]['judge']>;
    },
  });
  return { judging, asked };
}

test('sends what the fact rests on and nothing else, and holds until that is told otherwise', async () => {
  const { judging, asked } = openJudging();
  expect(judging.of(told, DAY)).toEqual({});
  expect(await judging.ask(waiting, told, DAY)).toBe(true);
  expect(asked).toEqual([{ judge: ['household.parish'], facts: { 'household.size': 3 }, day: DAY }]);
  flushSync();
  expect(judging.of({ ...told, 'person.age': 31 }, DAY)).toMatchObject({ 'household.parish': { answer: 'yes' } });
  expect(judging.of({ ...told, 'household.size': 2 }, DAY)).toEqual({});
  expect(judging.of(told, '2026-11-24')).toEqual({});
});

test('what comes too late does not count, and what fails says nothing', async () => {
  const slow = Promise.withResolvers<unknown>();
  const answers = [slow.promise, Promise.resolve({ 'household.parish': { answer: 'no', by: 'The parish' } })];
  const { judging } = openJudging(() => answers.shift()!);
  const first = judging.ask(waiting, told, DAY);
  expect(await judging.ask(waiting, { 'household.size': 2 }, DAY)).toBe(true);
  slow.resolve({ 'household.parish': { answer: 'yes', by: 'The parish' } });
  expect(await first).toBe(false);
  expect(judging.of(told, DAY)).toEqual({});
  expect(judging.of({ 'household.size': 2 }, DAY)).toMatchObject({ 'household.parish': { answer: 'no' } });

  const broken = openJudging(() => Promise.reject(new Error('gone')));
  expect(await broken.judging.ask(waiting, told, DAY)).toBe(false);
  expect(broken.judging.of(told, DAY)).toEqual({});
});
