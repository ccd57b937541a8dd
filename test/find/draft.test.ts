import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addNeed,
  clearFact,
  EMPTY_DRAFT,
  moment,
  moveNeed,
  removeNeed,
  setFact,
  setNotKnown,
  toOffsetTime,
  toRequest,
} from '#client/find/draft.ts';
import { FindRequest } from '#shared/matching/request.ts';

const place = { lon: -70.2, lat: 43.6, label: 'Mill St & Union Ave', kind: 'place' as const };
const now = new Date(2026, 10, 22, 16, 40);

describe('a request as it is put together', () => {
  test('nothing is asked before it is known where', () => {
    expect(toRequest(addNeed(EMPTY_DRAFT, 'food'), now, { language: 'en', limit: 10 })).toBeNull();
  });

  test('the order of needs is their weight, and the request is one that the server reads', () => {
    const draft = addNeed(addNeed({ ...EMPTY_DRAFT, place }, 'food'), 'goods.diapers');
    const request = toRequest(setFact(draft, 'person.age', 34), now, { language: 'en', limit: 10 });
    expect(FindRequest.parse(request)).toEqual(request);
    expect(request?.needs).toEqual([
      { term: 'food', weight: 1 },
      { term: 'goods.diapers', weight: 0.8 },
    ]);
    expect(request?.facts).toEqual({ 'person.age': 34 });
    expect(JSON.stringify(request)).not.toContain('Mill St');
  });

  test('the place searched near never becomes where the household lives', () => {
    expect(toRequest({ ...EMPTY_DRAFT, place }, now, { language: 'en', limit: 10 })?.facts).toEqual({});
  });

  test.each([
    ['c', 0, 'c a b'],
    ['a', 1, 'b a c'],
    ['a', 9, 'b c a'],
    ['b', -3, 'b a c'],
    ['x', 0, 'a b c'],
  ])('moving %s to %i', (term, index, expected) => {
    expect(moveNeed({ ...EMPTY_DRAFT, needs: ['a', 'b', 'c'] }, term, index).needs.join(' ')).toBe(expected);
  });

  test('reordering loses and doubles nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.nat(), fc.integer(), (needs, which, index) => {
        const term = needs[which % needs.length] as string;
        const moved = moveNeed({ ...EMPTY_DRAFT, needs }, term, index).needs;
        expect([...moved].sort()).toEqual([...needs].sort());
      }),
    );
  });

  test('not known, declined and taken back are three things', () => {
    const declined = setFact(setNotKnown(EMPTY_DRAFT, 'household.income'), 'household.income', { declined: true });
    expect(declined).toMatchObject({ facts: { 'household.income': { declined: true } }, notKnown: [] });
    expect(setNotKnown(declined, 'household.income')).toMatchObject({ facts: {}, notKnown: ['household.income'] });
    expect(clearFact(declined, 'household.income')).toEqual(EMPTY_DRAFT);
  });

  test('adding twice and taking off what is not there change nothing', () => {
    const draft = addNeed(EMPTY_DRAFT, 'food');
    expect(addNeed(draft, 'food')).toBe(draft);
    expect(removeNeed(draft, 'x').needs).toEqual(['food']);
  });
});

describe('when', () => {
  test.each([
    [{ kind: 'now' } as const, now],
    [{ kind: 'tonight' } as const, new Date(2026, 10, 22, 20, 0)],
    [{ kind: 'at', at: '2026-11-24T09:30' } as const, new Date(2026, 10, 24, 9, 30)],
    [{ kind: 'at', at: 'nonsense' } as const, now],
  ])('%j', (when, expected) => {
    expect(moment(when, now)).toEqual(expected);
  });
  test('tonight is now when the evening is here', () => {
    const late = new Date(2026, 10, 22, 22, 15);
    expect(moment({ kind: 'tonight' }, late)).toEqual(late);
  });
  test('written with the offset of this device', () => {
    expect(new Date(toOffsetTime(now)).getTime()).toBe(now.getTime());
    expect(toOffsetTime(now)).toMatch(/^2026-11-22T16:40:00[+-]\d\d:\d\d$/);
  });
});
