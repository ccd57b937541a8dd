// The made-up clients with what goes on between two agencies, so that every screen of casework has something on it: one referral
// to an agency, one to a partner by a link, a question for room, an emergency access. All through the same calls as the screens.

import { addDemoPeople } from '#server/casework/demo.ts';
import { TEST_PASSWORD, type SignedIn, type TestApp } from '../support/test-app.ts';

export const NOOR = 'noor@alder-homes.example';
export const SAM = 'sam@alder-homes.example';
export const INES = 'ines@alder-homes.example';
export const TOMAS = 'tomas@harbor-link.example';

export const PARTNER = { id: 'st-brigid-s-kitchen', name: 'St. Brigid’s Kitchen' };

/** A procedure of the product, called as somebody. */
export type Call = <T>(name: string, input: unknown) => Promise<T>;

export function callAs({ fetch }: Pick<SignedIn, 'fetch'>): Call {
  return async <T>(name: string, input: unknown) => {
    const response = await fetch(`/api/trpc/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as { result?: { data: T }; error?: { message: string } };
    if (!answer.result) throw new Error(`${name}: ${answer.error?.message ?? response.status}`);
    return answer.result.data;
  };
}

export async function addClients(app: TestApp): Promise<void> {
  await addDemoPeople(app.deps, TEST_PASSWORD);
  const [noor, sam] = [callAs(await app.signInAs(NOOR)), callAs(await app.signInAs(SAM))];
  const now = new Date(app.deps.clock());
  const rosa = await findPerson(noor, 'Rosa');
  const [harbor] = await noor<{ id: string; name: string }[]>('referrals.recipients', {});
  if (!harbor) throw new Error('There is no second agency.');
  const recipients = [
    { to: { agency: harbor.id }, recipient: harbor.id, name: harbor.name, service: 'Harbor Family Shelter' },
    { to: { partner: PARTNER.id, name: PARTNER.name }, recipient: `partner:${PARTNER.id}`, name: PARTNER.name, service: 'Evening meal' },
  ];
  for (const { to, recipient, name, service } of recipients) {
    const consent = consentToRefer({ recipient, recipientName: name, from: now });
    await noor('people.add', { person: rosa, entries: [{ payload: consent }] });
    const { referral } = await noor<{ referral: { id: string; revision: number } }>('referrals.start', {
      person: rosa,
      service: { name: service },
      need: 'shelter.family',
      to,
      classes: consent.classes,
      message: 'Two children of 3 and 7. She can come after four.',
    });
    await noor('referrals.send', { referral: referral.id, revision: referral.revision });
  }
  const service = { id: 'family-shelter', name: 'Harbor Family Shelter' };
  await noor('referrals.askRoom', { to: harbor.id, service, party: { adults: 1, children: 2, wishes: [] } });
  await sam('people.breakGlass', {
    person: await findPerson(noor, 'Amal'),
    reason: 'She called from the street and asked to be called back.',
  });
}

export function consentToRefer({ recipient, recipientName, from }: { recipient: string; recipientName: string; from: Date }) {
  return {
    kind: 'consent',
    consent: `con_${recipient.replace(/[^a-z0-9]/gi, '_')}`,
    purpose: 'referral',
    recipient,
    recipientName,
    classes: ['identity', 'contact', 'needs', 'housing'],
    from: from.toISOString(),
    until: new Date(from.getTime() + 90 * 86_400_000).toISOString(),
    language: 'es',
    method: 'spoken',
    statement: `Queremos derivarle a ${recipientName}.`,
  } as const;
}

export async function findPerson(call: Call, name: string): Promise<string> {
  const [found] = await call<{ id: string }[]>('people.find', { name });
  if (!found) throw new Error(`Nobody is called ${name}.`);
  return found.id;
}
