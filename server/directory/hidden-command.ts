// `waypost hidden`: places whose address must not be known, from the command line.

import { parseArgs } from 'node:util';
import { UsageError, type CliIo, type Command } from '#server/command.ts';
import { assertAllowed, createLocalActor } from '#server/identity/actor.ts';
import { isRole, ROLES, type Permission } from '#server/identity/policies.ts';
import { hidePlace, listHiddenPlaces, readPlace, showPlace, type HiddenDecision } from './hidden-acts.ts';

const ACTIONS: Readonly<Record<string, Permission>> = {
  list: 'directory.edit',
  hide: 'directory.edit',
  show: 'hidden.read',
  where: 'hidden.read',
};

export const hiddenCommand: Command = {
  name: 'hidden',
  summary: 'List, hide and show places whose address is secret',
  usage: `waypost hidden list [--json]
waypost hidden hide|show|where ID --reason TEXT [--as ROLE] [--json]

ID is that of a place, or of a service at one. "hide" takes it off every map, list, handout and export; "show" takes that
back; "where" tells where a hidden place is. Who did it, and why, goes on record ("waypost audit").
--as ROLE  ${ROLES.join(', ')}; default: steward`,

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { reason: { type: 'string' }, as: { type: 'string', default: 'steward' }, json: { type: 'boolean', default: false } },
    });
    const [action = '', id] = positionals;
    const policy = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (!policy) throw new UsageError(`Say what to do: ${Object.keys(ACTIONS).join(', ')}.`);
    if (!isRole(values.as)) throw new UsageError(`There is no role "${values.as}". Roles: ${ROLES.join(', ')}.`);
    const actor = createLocalActor(values.as);
    assertAllowed(actor, policy);
    const say = (answer: unknown, text: string): 0 => {
      io.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : text);
      return 0;
    };
    if (action === 'list') {
      await using app = await io.openApp();
      const places = await listHiddenPlaces(app.db);
      const lines = places.map(({ id: place, name, services }) => `${place}  ${name}  ${services.join(', ')}\n`);
      return say(places, lines.join('') || 'No place is hidden.\n');
    }
    const reason = values.reason?.trim() ?? '';
    if (id === undefined || reason.length < 3) throw new UsageError('Say which place, and why: ID --reason TEXT.');
    return act(io, action, { actor, id, reason }, say);
  },
};

async function act(
  io: CliIo,
  action: string,
  request: Parameters<typeof hidePlace>[1],
  say: (answer: unknown, text: string) => 0,
): Promise<0> {
  await using app = await io.openApp();
  if (action === 'where') {
    const place = await readPlace(app, request);
    const addresses = place.addresses.map(({ address_type: _, ...address }) => Object.values(address).filter(Boolean).join(', '));
    const position = place.lon === null || place.lat === null ? [] : [`${place.lat}, ${place.lon}`];
    return say(place, `${[place.name, ...addresses, ...position].join('\n')}\n`);
  }
  const decision = action === 'hide' ? await hidePlace(app, request) : await showPlace(app, request);
  return say(decision, sayDecision(decision));
}

function sayDecision({ name, hidden, also }: HiddenDecision): string {
  const others = also.map((place) => `Hidden with it, since it would give it away: ${place.name} (${place.id}).\n`);
  return `${name} is ${hidden ? 'hidden' : 'shown'} now.\n${others.join('')}`;
}
