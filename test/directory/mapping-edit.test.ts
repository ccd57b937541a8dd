import { describe, expect, test } from 'vitest';
import { listTargets, setTarget, targetOf, type ColumnTarget } from '#client/directory/mapping-edit.ts';
import { TableMapping } from '#shared/directory/mapping.ts';

const table = TableMapping.parse({
  table: 'pantries',
  key: { column: 'id' },
  records: [
    { object: 'service', fields: { name: 'title', description: { join: ['about', 'more'] } } },
    { object: 'address', fields: { city: 'town' } },
    { object: 'language', each: { column: 'spoken', split: ',' }, fields: { name: '$part' } },
  ],
  ignore: ['scratch'],
});

describe('what a column becomes', () => {
  test.each<[string, ColumnTarget, boolean]>([
    ['title', 'service.name', true],
    ['more', 'service.description', false],
    ['scratch', 'ignore', true],
    ['colour', 'keep', true],
  ])('%s', (column, target, whole) => {
    expect(targetOf(table, column)).toEqual({ target, whole });
  });
});

describe('corrected', () => {
  test.each<[string, ColumnTarget]>([
    ['colour', 'service.fees'],
    ['colour', 'phone.number'],
    ['town', 'keep'],
    ['title', 'ignore'],
    ['scratch', 'service.waypost:type'],
    ['more', 'service.fees'],
    ['spoken', 'keep'],
  ])('%s as %s', (column, target) => {
    const changed = setTarget(table, column, target);
    expect(targetOf(changed, column).target).toBe(target);
    expect(TableMapping.parse(changed)).toEqual(changed);
  });

  test('a value of several columns goes on with the others', () => {
    const [service] = setTarget(table, 'more', 'keep').records;
    expect(service?.fields).toEqual({ name: 'title', description: { join: ['about'], with: ' ' } });
    expect(setTarget(setTarget(table, 'more', 'keep'), 'about', 'ignore').records[0]?.fields).toEqual({ name: 'title' });
  });

  test('a service stays at its place, and is put there with the first column of a place', () => {
    const objects = (mapping: TableMapping) => mapping.records.map(({ object }) => object);
    const placed = setTarget(table, 'colour', 'location.latitude');
    expect(objects(placed)).toEqual(['service', 'address', 'language', 'location', 'service_at_location']);
    expect(objects(setTarget(placed, 'about', 'keep'))).toEqual(objects(placed));
    expect(objects(setTarget(placed, 'scratch', 'phone.number'))).toEqual([...objects(placed), 'phone']);
  });

  test('what only constants are left of goes, but for the main record', () => {
    const phone = { object: 'phone' as const, fields: { number: 'call', type: { constant: 'voice' } } };
    const main = { object: 'service' as const, fields: { name: 'title', status: { constant: 'active' } } };
    const changed = setTarget(setTarget({ ...table, records: [main, phone] }, 'call', 'keep'), 'title', 'keep');
    expect(changed.records).toEqual([{ object: 'service', fields: { status: { constant: 'active' } } }]);
  });

  test('an object without fields goes, the last one stays', () => {
    expect(setTarget(table, 'town', 'keep').records.map((record) => record.object)).toEqual(['service', 'language']);
    const small = { ...table, records: [{ object: 'service' as const, fields: { name: 'title' } }] };
    expect(setTarget(small, 'title', 'keep').records).toEqual(small.records);
  });
});

test('ids and references are not offered', () => {
  const service = listTargets().find(({ object }) => object === 'service');
  expect(service?.fields).toContain('name');
  expect(service?.fields).toContain('waypost:type');
  expect(service?.fields).not.toContain('organization_id');
});
