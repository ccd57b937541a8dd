// A plugin made in the browser, as its forms send it: kept half written, checked like any package, published into the same store,
// live at once, put back, exported and opened again.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRIBUTION_POINTS } from '#shared/plugin-api/points.ts';
import { parseAmount, parseCells } from '#shared/plugin-api/made/amounts.ts';
import { toContributions } from '#shared/plugin-api/made/contributions.ts';
import { createDraft, type MadeAnswer, type MadeDraft } from '#shared/plugin-api/made/draft.ts';
import { toDraft } from '#shared/plugin-api/made/from-contributions.ts';
import { withIds } from '#shared/plugin-api/made/ids.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import { installPlugin } from '#server/plugins/administer.ts';
import { checkPackage, listAgainst } from '#server/plugins/check.ts';
import { readInstalled } from '#server/plugins/made/build.ts';
import { nextVersion } from '#server/plugins/made/publish.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { readPackage } from '#server/plugins/package-file.ts';
import { writeTemplate } from '#server/plugins/template.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

/** What somebody at a repair café might type. */
function repairCafe(): MadeDraft {
  return {
    ...createDraft('Repair café of the harbour', 'en'),
    description: 'What we add to Waypost.',
    languages: ['en', 'es'],
    types: [
      {
        ...{ key: 't1', id: '', label: { en: 'Repair café', es: 'Café de reparación' }, plural: { en: 'Repair cafés' } },
        ...{ shape: 'hexagon', icon: 'wrench', colour: '--c-benefits', needs: [], words: { en: 'repair café, fix-it clinic' } },
        fields: [
          field('f1', 'Workbenches', { kind: 'number', required: true, open: true, least: '1', most: '40' }),
          field('f2', 'Tools', {
            kind: 'choice',
            open: true,
            filter: true,
            choices: [
              { key: 'c1', value: '', label: { en: 'Hand tools', es: 'Herramientas' } },
              { key: 'c2', value: '', label: { en: 'Machines' } },
            ],
          }),
        ],
      },
    ],
    questions: [
      {
        ...{ key: 'q1', id: '', fact: '', about: 'person', label: { en: 'Owns a bicycle' }, asked: true },
        ...{ ask: { en: 'Do you have a bicycle?', es: '¿Tiene bicicleta?' }, why: { en: 'We repair them.' } },
        ...{ type: 'boolean', unit: '', sensitivity: 'low', choices: [], answers: [], per: 'month', when: 'household.size > 1' },
      },
    ],
    tables: [
      {
        ...{ key: 't1', id: '', title: { en: 'Income limit' }, by: 'household.size', per: 'month' },
        versions: [
          {
            ...{ key: 'v1', from: '2026-01-01', to: '', source: 'Decision of the board', url: '', checked: '2026-01-05' },
            ...{ regions: [''], rows: [['$2,400'], ['3.200'], ['4 000,00'], ['']], more: ['700'] },
          },
        ],
      },
    ],
    checks: [
      {
        ...{ key: 'k1', id: '', label: { en: 'No hours' }, message: { en: 'Ask them.' }, severity: 'warning' },
        ...{ types: ['#t1'], missing: 'hours', days: '' },
      },
    ],
  };
}

function field(
  key: string,
  label: string,
  more: Partial<MadeDraft['types'][number]['fields'][number]>,
): MadeDraft['types'][number]['fields'][number] {
  return {
    key,
    name: '',
    label: { en: label },
    hint: {},
    kind: 'line',
    required: false,
    open: false,
    card: false,
    filter: false,
    choices: [],
    least: '',
    most: '',
    ...more,
  };
}

describe('what was typed', () => {
  it.each([
    ['2400', 2400],
    ['$2,400', 2400],
    ['2.400,50 €', 2400.5],
    ['2 400', 2400],
    ['0,5', 0.5],
    ['USD 12', 12],
    ['-3', -3],
    ['', undefined],
    ['about 5', undefined],
    ['1,2,3', undefined],
  ])('reads the figure "%s"', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  it('takes cells from a spreadsheet, and leaves a figure with its comma alone', () => {
    expect(parseCells('1\t2,400\r\n2\t3,200\r\n')).toEqual([
      ['1', '2,400'],
      ['2', '3,200'],
    ]);
    expect(parseCells('2,400')).toBeUndefined();
  });

  it('becomes contributions that the door takes, and a draft again', () => {
    const draft = withIds('repair-cafe', repairCafe());
    const { contributes, issues } = toContributions('repair-cafe', draft);
    expect(issues).toEqual([]);
    for (const [point, values] of Object.entries(contributes))
      for (const value of values) CONTRIBUTION_POINTS[point as 'facts'].parse(value);
    expect(contributes.resourceTypes[0]).toMatchObject({
      id: 'repair-cafe/repair-cafe',
      words: { en: ['repair café', 'fix-it clinic'] },
      publicFields: ['workbenches', 'tools'],
      filterFields: ['tools'],
      schema: {
        properties: {
          workbenches: { minimum: 1, maximum: 40 },
          tools: { oneOf: [{ const: 'hand_tools', title: { en: 'Hand tools', es: 'Herramientas' } }, { const: 'machines' }] },
        },
        required: ['workbenches'],
      },
    });
    expect(contributes.facts[0]?.id).toBe('person.owns_a_bicycle');
    expect(contributes.ruleTables[0]?.versions[0]?.regions).toEqual({ everywhere: { values: [2400, 3200, 4000], each_more: 700 } });
    expect(contributes.dataChecks[0]).toMatchObject({ types: ['repair-cafe/repair-cafe'], missing: 'hours' });

    const opened = toDraft({
      title: draft.title,
      description: draft.description,
      license: draft.license,
      language: 'en',
      contributes: { ...contributes },
      rules: [],
    });
    expect(opened.languages).toEqual(['en', 'es']);
    expect(toContributions('repair-cafe', opened)).toEqual({ contributes, issues: [] });
  });

  it('has buttons, whose figures are read as they were typed, and is the same again from its package', () => {
    const draft = withIds('repair-cafe', repairCafe());
    const button = (key: string, more: Partial<MadeAnswer>): MadeAnswer => {
      return { key, label: { en: `Button ${key}` }, how: 'is', value: '', to: '', press: '', ...more };
    };
    const [asked] = draft.questions;
    draft.questions = [
      {
        ...{ ...asked!, id: 'repair-cafe/pay', fact: 'person.pay', type: 'money', per: 'year' },
        answers: [
          button('a1', { value: '0', press: '0' }),
          button('a2', { how: 'between', value: '$1', to: '30,000' }),
          button('a3', { how: 'atLeast', value: '30 001', press: 'm' }),
        ],
      },
      {
        ...{ ...asked!, id: 'repair-cafe/work', fact: 'person.work', type: 'choice' },
        choices: [
          { key: 'c1', value: 'day', label: { en: 'By day' } },
          { key: 'c2', value: 'night', label: { en: 'By night' } },
        ],
        answers: [button('a1', { value: '#c2', press: 'n' })],
      },
    ];
    const { contributes, issues } = toContributions('repair-cafe', draft);
    expect(issues).toEqual([]);
    expect(contributes.intakeQuestions.map(({ answers }) => answers?.map(({ value, key }) => ({ value, key })))).toEqual([
      [
        { value: { value: 0, per: 'year' }, key: '0' },
        { value: { between: [1, 30000], per: 'year' }, key: undefined },
        { value: { atLeast: 30001, per: 'year' }, key: 'm' },
      ],
      [{ value: 'night', key: 'n' }],
    ]);
    const opened = toDraft({
      ...{ title: draft.title, description: draft.description, license: draft.license, language: 'en' },
      ...{ contributes: { ...contributes }, rules: [] },
    });
    expect(opened.questions[0]!.answers.map(({ how, value, to }) => [how, value, to])).toEqual([
      ['is', '0', ''],
      ['between', '1', '30000'],
      ['atLeast', '30001', ''],
    ]);
    expect(toContributions('repair-cafe', opened)).toEqual({ contributes, issues: [] });

    draft.questions[0]!.answers = [
      button('a1', { value: 'much', press: 'x', label: {} }),
      button('a2', { how: 'between', value: '5', to: '3', press: 'x' }),
    ];
    draft.questions[1]!.choices.pop();
    expect(toContributions('repair-cafe', draft).issues.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'questions.q1.choices: choices',
      'questions.q1.answers.a2.press: repeated',
      'questions.q1.answers.a1.value: number',
      'questions.q1.answers.a1.label: needed',
      'questions.q1.answers.a2.to: range',
      'questions.q1.answers.a1.value: needed',
    ]);
  });

  it('is told of where something lacks, by field', () => {
    const draft = repairCafe();
    draft.title = { es: 'Nada' };
    draft.types[0]!.fields[1]!.choices.pop();
    draft.types[0]!.fields[0]!.most = 'many';
    draft.questions[0]!.ask = {};
    draft.questions[0]!.when = 'household.size >';
    draft.questions.push({ ...draft.questions[0]!, key: 'q2', ask: { en: 'Again?' }, when: '' });
    const version = draft.tables[0]!.versions[0]!;
    Object.assign(version, { from: '2026-13-01', checked: '', to: '2025-01-01', rows: [['1'], ['x'], ['']] });
    draft.checks[0]!.missing = '';
    const { issues } = toContributions('repair-cafe', draft);
    expect(issues.map(({ path, code }) => `${path}: ${code}`).sort()).toMatchInlineSnapshot(`
      [
        "checks.k1.days: needed",
        "questions.q1.ask: needed",
        "questions.q1.when: when",
        "questions.q2.label: repeated",
        "tables.t1.versions.v1.checked: needed",
        "tables.t1.versions.v1.from: date",
        "tables.t1.versions.v1.rows.1.0: number",
        "tables.t1.versions.v1.to: dates",
        "title: needed",
        "types.t1.fields.f1.most: number",
        "types.t1.fields.f2.choices: choices",
      ]
    `);
  });

  it.each([
    [[], undefined, '1.0.0'],
    [['1.0.0', '1.9.0', '1.10.0'], undefined, '1.11.0'],
    [['1.0.0'], '3.2.1', '3.3.0'],
  ])('counts versions up: %j with %s installed', (published, installed, next) => {
    expect(nextVersion(published, installed)).toBe(next);
  });
});

describe('on the server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app[Symbol.asyncDispose]());
  const made = () => app.caller('steward').made;
  const values = <T>(point: string): T[] =>
    app.deps.registry
      .getPoint<T>(point)
      .all()
      .filter(({ plugin }) => plugin === 'repair-cafe')
      .map(({ value }) => value);
  const RULE = `rule: repair-cafe/fund
version: 1
title: Repair fund
eligible_when:
  all:
    - { id: bicycle, fact: person.owns_a_bicycle, is: true }
    - { id: income, fact: household.income, at_most: { percent: 100, of: repair_cafe_income_limit } }
tests:
  - name: small income
    given: { person.owns_a_bicycle: true, household.size: 2, household.income: { value: 3200, per: month } }
    expect: eligible
  - name: one too much
    given: { person.owns_a_bicycle: true, household.size: 2, household.income: { value: 3201, per: month } }
    expect: ineligible
    because: [income]
  - name: none
    given: { person.owns_a_bicycle: false }
    expect: ineligible
    because: [bicycle]
`;
  const publish = async (reason: string) => {
    const { revision } = await made().open({ name: 'repair-cafe' });
    return made().publish({ name: 'repair-cafe', revision, from: '2026-01-01', reason });
  };

  it('is kept half written, and by whoever saw it last', async () => {
    await made().begin({ name: 'repair-cafe', title: 'Repair café', language: 'en' });
    const draft = createDraft('', 'en');
    draft.tables = [{ ...repairCafe().tables[0]!, title: { en: 'Half a ti' } }];
    expect(await made().save({ name: 'repair-cafe', draft, revision: 1 })).toMatchObject({ revision: 2 });
    await expect(made().save({ name: 'repair-cafe', draft, revision: 1 })).rejects.toThrow('Someone else changed this plugin');
    expect((await made().open({ name: 'repair-cafe' })).draft.tables[0]?.title).toEqual({ en: 'Half a ti' });
    await expect(publish('too early')).rejects.toThrow('fields lack something');
    await expect(made().begin({ name: 'repair-cafe', title: 'Twice', language: 'en' })).rejects.toThrow('is made here already');
    await expect(made().begin({ name: 'waypost-needs', title: 'Ours', language: 'en' })).rejects.toThrow('is there already');
    await expect(app.caller('coordinator').made.list()).rejects.toThrow();
  });

  it('says what publishing would mean, and is live at once with its rule', async () => {
    const rules = app.caller('steward').rules;
    await rules.saveDraft({ rule: 'repair-cafe/fund', text: RULE, revision: 0 });
    const draft = { ...repairCafe(), rules: ['repair-cafe/fund'] };
    await made().save({ name: 'repair-cafe', draft, revision: 2 });
    expect((await made().vocabulary()).find(({ name }) => name === 'repair-cafe')).toMatchObject({
      tables: [{ table: 'repair_cafe_income_limit' }],
    });

    await rules.saveDraft({ rule: 'repair-cafe/fund', text: RULE.slice(0, RULE.indexOf('tests:')), revision: 1 });
    const untested = await made().review({ name: 'repair-cafe' });
    expect([untested.ok, untested.fields]).toEqual([false, [{ path: 'rules.repair-cafe/fund', code: 'tests' }]]);
    await rules.saveDraft({ rule: 'repair-cafe/fund', text: RULE, revision: 2 });

    const review = await made().review({ name: 'repair-cafe', from: '2026-01-01' });
    expect(review).toMatchObject({
      ok: true,
      version: '1.0.0',
      fields: [],
      adds: { resourceTypes: 1, facts: 1, ruleTables: 1, eligibilityRules: 1 },
    });
    expect(review.rules).toMatchObject({ rules: 1, tests: 3, failed: 0 });
    expect(review.changes.every(({ what }) => what === 'new')).toBe(true);
    // Whether they own a bicycle is made up for the panel, and so nothing is open.
    expect(review.impacts).toMatchObject([{ rule: 'repair-cafe/fund', lose: 0, gone: false, by: [] }]);
    expect(review.impacts[0]!.gain).toBeGreaterThan(50);
    expect(review.impacts[0]!.open).toBe(0);

    expect(await publish('We begin')).toEqual({ version: '1.0.0' });
    expect(values<{ id: string }>('intakeQuestions').map(({ id }) => id)).toEqual(['repair-cafe/owns-a-bicycle']);
    expect(values('eligibilityRules')).toMatchObject([{ rule: 'repair-cafe/fund', version: 1, applies: { from: '2026-01-01' } }]);
    expect(app.deps.pluginShelf.store.find('repair-cafe')).toMatchObject({
      version: '1.0.0',
      enabled: true,
      source: 'made in the browser',
    });
    expect(await rules.drafts()).toEqual([]);
    const installed = await app.caller('admin').plugins.installed();
    expect(installed.find(({ name }) => name === 'repair-cafe')).toMatchObject({ state: 'on', adds: { resourceTypes: 1 } });
  });

  it('tells whom a new figure in a table costs, puts an earlier version back, and keeps what was decided by it', async () => {
    const { draft, revision } = await made().open({ name: 'repair-cafe' });
    expect(draft.types[0]?.id).toBe('repair-cafe/repair-cafe');
    draft.tables[0]!.versions[0]!.rows = [['800'], ['900'], ['1000']];
    draft.types[0]!.label = { en: 'Mending café' };
    await made().save({ name: 'repair-cafe', draft, revision });
    // Its own tests no longer hold: it is not published like this.
    const review = await made().review({ name: 'repair-cafe', from: '2026-01-01' });
    expect([review.ok, review.rules.failed]).toEqual([false, 1]);
    await expect(publish('lower')).rejects.toThrow('small income');

    await app
      .caller('steward')
      .rules.saveDraft({ rule: 'repair-cafe/fund', text: RULE.replaceAll('3200', '900').replaceAll('3201', '901'), revision: 0 });
    const after = await made().review({ name: 'repair-cafe', from: '2026-02-01' });
    expect(after.ok).toBe(true);
    expect(after.impacts).toMatchObject([{ rule: 'repair-cafe/fund', by: ['repair_cafe_income_limit'] }]);
    expect(await publish('Lower limits')).toEqual({ version: '1.1.0' });
    expect(values<{ version: number }>('eligibilityRules').map(({ version }) => version)).toEqual([1, 2]);
    // An id stays though words change: listings name it.
    expect(values('resourceTypes')).toMatchObject([{ id: 'repair-cafe/repair-cafe', label: { en: 'Mending café' } }]);

    await made().putBack({ name: 'repair-cafe', version: '1.0.0' });
    expect(values('resourceTypes')).toMatchObject([{ label: { en: 'Repair café' } }]);
    expect(values<{ version: number }>('eligibilityRules').map(({ version }) => version)).toEqual([1]);
    expect((await made().open({ name: 'repair-cafe' })).versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
    // What is published next takes no number again.
    expect(await made().review({ name: 'repair-cafe' })).toMatchObject({ version: '1.2.0' });
  });

  it('leaves as a package that any server takes, and does not touch what another plugin has', async () => {
    const { file, base64 } = await made().export({ name: 'repair-cafe', version: '1.1.0' });
    expect(file).toBe('repair-cafe-1.1.0.tgz');
    const read = await readPackage(Buffer.from(base64, 'base64'));
    if (!read.ok) throw new Error(read.issues[0]?.message);
    await using other = await testApp();
    const actor = createLocalActor('admin');
    const checked = await checkPackage(read.value, listAgainst(other.deps.registry, other.deps.clock()));
    expect([checked.ok, checked.rules.failed]).toEqual([true, 0]);
    await installPlugin(other.deps.pluginShelf, { content: read.value, source: file }, { actor });
    const admin = other.caller('admin').made;
    await admin.fromInstalled({ name: 'repair-cafe', language: 'en' });
    const opened = await admin.open({ name: 'repair-cafe' });
    expect(opened.draft).toMatchObject({
      rules: ['repair-cafe/fund'],
      languages: ['en', 'es'],
      tables: [{ versions: [{ rows: [['800'], ['900'], ['1000']] }] }],
    });
    expect(await admin.review({ name: 'repair-cafe' })).toMatchObject({ ok: true, version: '1.2.0', changes: [] });

    const draft = createDraft('Taken', 'en');
    draft.questions = [{ ...repairCafe().questions[0]!, fact: 'person.age' }];
    // Neither another's rule nor what no form shows comes in by the way of saving.
    draft.rules = ['repair-cafe/fund'];
    draft.kept = { themes: [{ id: 'dusk', label: 'Dusk', base: 'dark' }] };
    await admin.begin({ name: 'taken', title: 'Taken', language: 'en' });
    await admin.save({ name: 'taken', draft, revision: 1 });
    const review = await admin.review({ name: 'taken' });
    expect([review.ok, review.adds['themes']]).toEqual([false, undefined]);
    expect(review.fields).toEqual([{ path: 'rules.repair-cafe/fund', code: 'foreign' }]);
    expect(review.against.find(({ code }) => code === 'conflict')?.message).toContain('"person.age" is contributed by');
  });

  it('opens what an author wrote by hand, and says the same again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waypost-made-'));
    writeTemplate(join(folder, 'mending'), { code: false });
    const packed = await packFolder(join(folder, 'mending'));
    rmSync(folder, { recursive: true });
    if (!packed.ok) throw new Error(packed.issues[0]?.message);
    await installPlugin(app.deps.pluginShelf, { content: packed.value, source: 'mending.tgz' }, { actor: createLocalActor('admin') });
    const admin = app.caller('admin').made;
    await admin.fromInstalled({ name: 'mending', language: 'en' });
    const before = readInstalled(app.deps, 'mending');
    const { revision, draft } = await admin.open({ name: 'mending' });
    expect(draft.kept).toHaveProperty('translations');
    expect(await admin.review({ name: 'mending' })).toMatchObject({ ok: true, changes: [] });
    await admin.publish({ name: 'mending', revision, from: '2026-01-01', reason: 'As it was' });
    expect(readInstalled(app.deps, 'mending')).toEqual(before);
    await expect(admin.fromInstalled({ name: 'waypost-needs', language: 'en' })).rejects.toThrow('is installed');
  });
});
