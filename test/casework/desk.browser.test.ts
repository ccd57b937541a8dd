// Screens of casework alone in a real browser, before a server that is answered for: what a refusal looks like inside a dialog, what
// is offered after missed appointments, that a list notices what happened elsewhere, and that exactly the wanted page is printed.

import '#client/ui/tokens.css';
import '#client/ui/base.css';
import type { Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import AppointmentDialog from '#client/casework/AppointmentDialog.svelte';
import BeforePanel from '#client/casework/BeforePanel.svelte';
import BriefEditor from '#client/casework/BriefEditor.svelte';
import ConsentDialog from '#client/casework/ConsentDialog.svelte';
import { followElsewhere } from '#client/casework/elsewhere.ts';
import MissedTwiceDialog from '#client/casework/MissedTwiceDialog.svelte';
import PeopleView from '#client/casework/PeopleView.svelte';
import { PersonState } from '#client/casework/person.svelte.ts';
import PlacesEditor from '#client/casework/PlacesEditor.svelte';
import PlanCopy from '#client/casework/PlanCopy.svelte';
import { printPage } from '#client/casework/record/print-page.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import { EntryPayload } from '#shared/casework/entry.ts';
import { FIELD_CLASSES } from '#shared/intake/field-class.ts';
import DeskCase from './DeskCase.svelte';
import { exampleOf, personEntries } from './entries.ts';

/** What the server answers, by procedure; a function sees what was asked. */
let answers: Record<string, unknown>;
let heard: [procedure: string, input: unknown][];
let workbench: Workbench;
let ran: unknown[][];
const ID = 'per_AAAAAAAAAAAAAAAAAAAA';

class Refusal {
  readonly say: string;
  constructor(say: string) {
    this.say = say;
  }
}

/** The other side of the wire: batches of calls, each a POST. */
function serve(address: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const url = new URL(address instanceof Request ? address.url : address, location.href);
  const inputs = JSON.parse(String(init?.body ?? '{}')) as Record<string, unknown>;
  const told = url.pathname
    .split('/')
    .at(-1)!
    .split(',')
    .map((procedure, i) => {
      heard.push([procedure, inputs[i]]);
      const answer = answers[procedure];
      const data = typeof answer === 'function' ? (answer as (input: unknown) => unknown)(inputs[i]) : answer;
      if (data instanceof Refusal)
        return { error: { message: data.say, code: -32000, data: { problem: { code: 'not_allowed', say: data.say } } } };
      if (data === undefined) return { error: { message: `Nobody answers ${procedure}.`, code: -32000, data: {} } };
      return { result: { data } };
    });
  return Promise.resolve(new Response(JSON.stringify(told), { status: 200, headers: { 'content-type': 'application/json' } }));
}

const term = (id: string, label: string, eases?: string[]) => ({ id, label, ...(eases && { eases }) });
const CONTRIBUTIONS = {
  taxonomies: [
    { value: { terms: [term('family.childcare', 'Child care', ['child_care']), term('transport', 'Transport', ['transport'])] } },
  ],
  synonyms: [],
  facts: [],
  intakeQuestions: [],
  languages: [],
};

/** A person as `people.get` gives them. */
function opened(...payloads: object[]) {
  const { add, entries } = personEntries(ID);
  for (const payload of payloads) add(payload);
  const person = { id: ID, status: 'open', stage: 'plan', worker: 'worker-1', team: null, createdAt: '2026-01-05T09:00:00.000Z' };
  return {
    person: { ...person, revision: entries.length },
    access: { relation: 'own', read: [...FIELD_CLASSES], write: [...FIELD_CLASSES] },
    entries,
    glass: [],
  };
}
const ANA: EntryPayload = { kind: 'identity', mode: 'named', nameUsed: { value: 'Ana' } } as EntryPayload;

beforeEach(() => {
  heard = [];
  ran = [];
  answers = {
    'session.me': { user: { id: 'worker-1' }, agency: { id: 'agy_1', name: 'Harbor House' }, permissions: ['people.intake'] },
    'plugins.contributions': CONTRIBUTIONS,
    'people.colleagues': [],
    'people.agencies': [],
    'people.get': opened(ANA),
  };
  vi.stubGlobal('fetch', vi.fn(serve));
  localStorage.clear();
  workbench = new Workbench();
  const load = () => Promise.reject(new Error('No map is drawn here.'));
  workbench.registerEditor<object>({ id: 'map', title: () => 'Map', icon: () => 'map', key: () => 'map', load });
  vi.spyOn(workbench, 'executeCommand').mockImplementation((...command) => Promise.resolve(void ran.push(command)));
});
afterEach(() => vi.unstubAllGlobals());

const show = (screen: unknown, given: Record<string, unknown>) =>
  render(DeskCase, { workbench, screen: screen as Component<Record<string, unknown>>, given });

async function anyone(...payloads: object[]): Promise<PersonState> {
  answers['people.get'] = opened(ANA, ...payloads);
  const person = new PersonState(ID, workbench);
  await person.read();
  expect(person.failure).toBeNull();
  return person;
}

test('an appointment that is refused says so inside its dialog, and what was typed stays', async () => {
  const person = await anyone();
  let closed = 0;
  await show(AppointmentDialog, { person, onclose: () => (closed += 1) });
  await page.getByLabelText('What', { exact: true }).fill('Housing office');
  answers['people.add'] = new Refusal('This record is held by somebody else.');
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect.element(page.getByRole('dialog').getByRole('alert')).toHaveTextContent('This record is held by somebody else.');
  await expect.element(page.getByLabelText('What', { exact: true })).toHaveValue('Housing office');
  expect(closed).toBe(0);
  answers['people.add'] = { entries: [], revision: 2 };
  await page.getByRole('button', { name: 'Keep' }).click();
  await vi.waitFor(() => expect(closed).toBe(1));
});

describe('after two missed appointments', () => {
  const missed = (id: string, barrier?: string) => ({
    ...exampleOf('appointment', 'Clinic'),
    appointment: id,
    state: 'missed',
    ...(barrier && { barrier }),
  });

  test('what helps against that which came between is looked for, once the review is kept', async () => {
    const person = await anyone(missed('a1'), missed('a2', 'child_care'));
    await show(MissedTwiceDialog, { person, onclose: () => {} });
    const search = page.getByRole('button', { name: 'Keep, and look for: Child care' });
    await expect.element(search).toBeDisabled();
    await page.getByLabelText('What would help, and what changes in the plan').fill('Somebody for the little one.');
    await page.getByLabelText('What came between').selectOptions('papers');
    await expect.element(search).not.toBeInTheDocument();
    await page.getByLabelText('What came between').selectOptions('transport');
    answers['people.add'] = { entries: [], revision: 4 };
    await page.getByRole('button', { name: 'Keep, and look for: Transport' }).click();
    await vi.waitFor(() => expect(ran).toContainEqual(['find.begin', expect.objectContaining({ needs: ['transport'] })]));
    const [, kept] = heard.find(([procedure]) => procedure === 'people.add')!;
    expect(JSON.stringify(kept)).toContain('What came between: transport');
  });
});

test('what should have been said before is gone through later, and is gone once all of it is said', async () => {
  const person = await anyone({ kind: 'engagement', source: 'phone', roleExplained: true });
  await show(BeforePanel, { person });
  await expect.element(page.getByText('The privacy notice was read or given: Not asked')).toBeInTheDocument();
  await page.getByRole('button', { name: 'Go through it' }).click();
  const dialog = page.getByRole('dialog');
  await expect.element(dialog.getByRole('checkbox', { name: /My role is explained/ })).toBeChecked();
  await dialog.getByRole('checkbox', { name: /privacy notice/ }).click();
  await dialog.getByRole('radio', { name: 'Yes' }).click();
  let kept: unknown;
  answers['people.add'] = (input: { entries: { payload: object }[] }) => {
    kept = input.entries[0]!.payload;
    answers['people.get'] = opened(ANA, kept as object);
    return { entries: [], revision: 3 };
  };
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(kept).toEqual({
    kind: 'engagement',
    roleExplained: true,
    notice: { version: expect.any(String), language: 'en' },
    keepsRecord: { value: true },
  });
  await person.read();
  await expect.element(page.getByRole('button', { name: 'Go through it' })).not.toBeInTheDocument();
});

test('a guardian consents by name, beside what the person says themselves', async () => {
  const person = await anyone();
  let done = 0;
  const given = { recipient: 'agy_2', recipientName: 'Harbor Link', classes: ['identity', 'needs'] };
  await show(ConsentDialog, { person, given, onclose: () => {}, ondone: () => (done += 1) });
  const yes = page.getByRole('button', { name: 'They say yes' });
  await expect.element(yes).toBeEnabled();
  await page.getByRole('checkbox', { name: /a guardian/ }).click();
  await expect.element(yes).toBeDisabled();
  await page.getByLabelText('Name of who consents').fill('Ana’s aunt');
  await page.getByLabelText('What they say themselves').selectOptions('Yes');
  answers['people.add'] = { entries: [], revision: 2 };
  await yes.click();
  await vi.waitFor(() => expect(done).toBe(1));
  const [, kept] = heard.find(([procedure]) => procedure === 'people.add')! as [string, { entries: { payload: EntryPayload }[] }];
  expect(EntryPayload.parse(kept.entries[0]!.payload)).toMatchObject({ guardian: { name: 'Ana’s aunt', assent: { value: true } } });
});

test('a held place opens its referral', async () => {
  const hold = { id: 'hold_1', place: 2, from: 'agy_2', since: '2026-01-05T09:00:00.000Z', until: null };
  const taken = [
    { ...hold, for: 'referral', referral: 'ref_1' },
    { ...hold, id: 'hold_2', place: 3, for: 'question', referral: null },
  ];
  answers['referrals.units'] = [{ id: 'unit_1', service: 'svc_1', name: 'Room 4', places: 4, taken }];
  await show(PlacesEditor, {});
  await page.getByRole('button', { name: /^Open\s*: 2$/ }).click();
  expect(ran).toEqual([['referrals.inbox', 'ref_1']]);
  expect(page.getByRole('button', { name: /^Open\s*: 3$/ }).elements()).toEqual([]);
});

test('a list of clients notices that somebody was erased in another window', async () => {
  const person = (id: string, label: string) => ({ id, label, status: 'open', stage: 'plan', due: [], weight: 1 });
  answers['caseload.mine'] = { people: [person('per_1', 'Ana'), person('per_2', 'Ben')], weight: 2 };
  answers['caseload.mark'] = 'before';
  const following = followElsewhere();
  await show(PeopleView, {});
  await expect.element(page.getByRole('button', { name: /Ana/ })).toBeVisible();
  await vi.waitFor(() => expect(heard.map(([procedure]) => procedure)).toContain('caseload.mark'));
  answers['caseload.mine'] = { people: [person('per_2', 'Ben')], weight: 1 };
  answers['caseload.mark'] = 'after';
  window.dispatchEvent(new Event('focus'));
  await expect.element(page.getByRole('button', { name: /Ana/ })).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: /Ben/ })).toBeVisible();
  following.dispose();
});

describe('printing', () => {
  let printed: number;
  /** px at 96 to the inch, of a sheet of A4 without its margins. */
  const SHEET = { width: 718, height: 1046 };
  const media = (of: string) => cdp().send('Emulation.setEmulatedMedia', { media: of });

  beforeEach(async () => {
    printed = 0;
    vi.stubGlobal('print', () => (printed += 1));
    await page.viewport(SHEET.width, SHEET.height);
  });
  afterEach(() => media(''));

  /** What stands on paper: the text of what print CSS leaves, and how high it is. */
  async function onPaper() {
    await media('print');
    const left = [...document.body.children].filter((each) => getComputedStyle(each).display !== 'none');
    const paper = { text: left.map((each) => (each as HTMLElement).innerText).join('\n'), height: document.documentElement.scrollHeight };
    await media('');
    return paper;
  }
  const goal = (id: string, text: string, ...steps: string[]) => ({
    id,
    text,
    horizon: 'short',
    steps: steps.map((step, i) => ({ id: `${id}s${i}`, text: step, kind: 'task', who: 'alone' })),
  });
  const PLAN = { kind: 'plan', plan: { goals: [goal('g1', 'A room of our own', 'Write to the landlord')] }, reason: 'STAFF-ONLY' };

  test('the page before a visit prints alone, on one sheet, and afterwards the screen is as it was', async () => {
    answers['people.get'] = opened(
      ANA,
      { kind: 'words', about: 'needs', text: 'A quiet place to sleep.' },
      { kind: 'needs', needs: [{ need: 'transport', rank: 1 }] },
      PLAN,
      ...Array.from({ length: 12 }, (_, i) => ({ kind: 'note', text: `Note ${i}: ${'we talked for a while. '.repeat(12)}` })),
    );
    await show(BriefEditor, { params: { id: ID } });
    await page.getByRole('button', { name: 'Print' }).click();
    await vi.waitFor(() => expect(printed).toBe(1));
    const { text, height } = await onPaper();
    for (const wanted of ['Ana', 'A quiet place to sleep.', 'Write to the landlord', 'Note 11']) expect(text).toContain(wanted);
    expect(text, 'what stands around it on the screen').not.toMatch(/Desk|Print/);
    expect(height).toBeLessThanOrEqual(SHEET.height);
    window.dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('.case-print')).toBeNull();
    expect((await onPaper()).text).toContain('Desk');
  });

  test('the copy of the plan prints what is open and agreed, and nothing that staff wrote for themselves', async () => {
    const old = { ...PLAN, plan: { goals: [...PLAN.plan.goals, goal('g2', 'An old goal', 'An old step')] } };
    answers['people.get'] = opened(ANA, old, { kind: 'progress', of: 'g2', state: 'dropped' }, { kind: 'note', text: 'STAFF-ONLY' });
    await show(PlanCopy, { params: { id: ID } });
    await page.getByRole('button', { name: 'Print' }).click();
    await vi.waitFor(() => expect(printed).toBe(1));
    const { text, height } = await onPaper();
    for (const wanted of ['My plan', 'A room of our own', 'Write to the landlord', 'This is a proposal']) expect(text).toContain(wanted);
    expect(text).not.toMatch(/Desk|Print|Ana|STAFF-ONLY|An old goal/);
    expect(height).toBeLessThanOrEqual(SHEET.height);
    window.dispatchEvent(new Event('afterprint'));
  });

  test('the page of the whole record prints from a frame of its own, which goes with it and runs nothing', async () => {
    let inside: Window | undefined;
    const ready = (event: Event) => {
      if (!(event.target instanceof HTMLIFrameElement)) return;
      inside = event.target.contentWindow!;
      inside.print = () => (printed += 1);
    };
    document.addEventListener('load', ready, { capture: true });
    await printPage('<!doctype html><title>Record</title><body><h1>All of it</h1><script>parent.document.title = "ran"</script></body>');
    document.removeEventListener('load', ready, { capture: true });
    expect(printed).toBe(1);
    expect(inside!.document.body.innerText.trim()).toBe('All of it');
    expect(document.title).not.toBe('ran');
    inside!.dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('iframe[aria-hidden]')).toBeNull();
  });
});
