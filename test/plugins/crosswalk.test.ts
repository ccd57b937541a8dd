// Terms of another taxonomy, by code: what a file says of its services in Open Eligibility becomes needs of ours.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClassifier, nameOfTerm } from '#shared/directory/classify.ts';
import { importFiles } from '../import/support.ts';
import { contributed } from '../support/contributed.ts';
import { testApp } from '../support/test-app.ts';

const taxonomies = contributed('taxonomies');
const terms = new Set(taxonomies.flatMap((taxonomy) => taxonomy.terms.map(({ id }) => id)));
const crosswalks = taxonomies.flatMap((taxonomy) => taxonomy.crosswalks ?? []);
const classifier = createClassifier({ resourceTypes: contributed('resourceTypes'), taxonomies, synonyms: contributed('synonyms') });

it('leads from every code to a term that is there', () => {
  expect(crosswalks.length).toBeGreaterThan(0);
  for (const { terms: theirs } of crosswalks) expect(Object.values(theirs).filter((term) => !terms.has(term))).toEqual([]);
});

it.each([
  ['Open Eligibility', '1131', 'food.hot_meals', 'meal'],
  ['openeligibility', '101-04', 'shelter.tonight', 'shelter'],
  ['OPEN ELIGIBILITY', '1381', 'legal.immigration', null],
])('%s %s is %s', (taxonomy, code, need, type) => {
  const found = classifier.classify({ type: null, terms: [nameOfTerm(taxonomy, code)], needs: [], names: ['Somewhere'] });
  expect(found.needs).toContain(need);
  expect(found.type).toBe(type);
});

it('says nothing of a code alone, or of one of another taxonomy', () => {
  for (const text of ['1131', nameOfTerm('211 LA County', '1131')])
    expect(classifier.classify({ type: null, terms: [text], needs: [], names: [] })).toEqual({ type: null, needs: [] });
});

it('is heeded when an HSDS package is imported', async () => {
  await using app = await testApp();
  await importFiles(app.deps.db, {
    'organizations.csv': 'id,name,description\no1,Quay House,Helps\n',
    'services.csv': 'id,organization_id,name,status\ns1,o1,Tuesday table,active\n',
    'taxonomy_terms.csv': 'id,code,name,description,taxonomy\nt1,1131,Gratis,Gratis,Open Eligibility\n',
    'attributes.csv': 'id,link_id,link_entity,taxonomy_term_id\na1,s1,service,t1\n',
  });
  await app.deps.feed.poll();
  const { hits } = await app.caller('viewer').directory.browse({ filters: { needs: ['food.hot_meals'] } });
  expect(hits).toMatchObject([{ name: 'Tuesday table', type: 'meal' }]);
});

const published = join(import.meta.dirname, '../../../shared/data/taxonomy/open-eligibility/taxonomy.csv');
describe.skipIf(!existsSync(published))('the published list', () => {
  it('has every code of version 2 that is named here, and most of its terms are', () => {
    const ids = new Set(readFileSync(published, 'utf8').match(/^\d+/gm));
    const ours = crosswalks.flatMap(({ terms: theirs }) => Object.keys(theirs)).filter((code) => /^\d{4}$/.test(code));
    expect(ours.filter((code) => !ids.has(code))).toEqual([]);
    expect(ours.length).toBeGreaterThan(180);
  });
});
