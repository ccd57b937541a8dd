// What a plugin may do beyond contributing data: its manifest asks, an administrator grants, and the narrower of the two holds.

import { z } from 'zod';

const Reason = z.string().min(8).max(300).describe('Why, in plain words, for whoever is to allow it');
const HostName = z
  .string()
  .regex(/^(?!.*\.\.)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'a host, such as "api.example.org" or "maps.example.org:8443"')
  .describe('A host as in an address; nothing below it');
const FactId = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/, 'the id of a fact');

/** `setting:` and the key of one of the plugin's own settings, whose value is the address of the host. */
const SETTING_HOST = /^setting:[a-z][A-Za-z0-9.]*$/;

/** A secret that the server adds to what a plugin sends to this one host; the plugin never sees it. */
const Secret = z.strictObject({
  setting: z.string().describe("Key of one of the plugin's own settings, declared as secret"),
  in: z.enum(['header', 'query']),
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/),
});

export const PluginPermissions = z
  .strictObject({
    reads: z.record(FactId, Reason).default({}).describe('Facts of a person that its functions are given, each with a reason'),
    network: z
      .record(
        z.union([HostName, z.string().regex(SETTING_HOST, 'a host, or "setting:" and the key of a setting that holds its address')]),
        z.union([Reason, z.strictObject({ reason: Reason, secret: Secret.optional() })]),
      )
      .default({})
      .describe(
        'Hosts that it talks to through the server, each with a reason; "setting:key": the host that an administrator writes there',
      ),
  })
  .describe('What the plugin asks for; nothing of it holds until an administrator grants it');
export type PluginPermissions = z.infer<typeof PluginPermissions>;
export type NetworkSecret = z.infer<typeof Secret>;

/** What was granted: names alone. */
export const PluginGrant = z.strictObject({ reads: z.array(z.string()), network: z.array(z.string()) });
export type PluginGrant = z.infer<typeof PluginGrant>;

export const NOTHING_GRANTED: PluginGrant = { reads: [], network: [] };

/** Everything that is asked for, as a grant of all of it. */
export function grantOf(asked: PluginPermissions): PluginGrant {
  return { reads: Object.keys(asked.reads).sort(), network: Object.keys(asked.network).sort() };
}

/** The narrower of both keys: what is asked for and granted. */
export function narrowGrant(asked: PluginPermissions, granted: PluginGrant): PluginGrant {
  const all = grantOf(asked);
  return {
    reads: all.reads.filter((fact) => granted.reads.includes(fact)),
    network: all.network.filter((host) => granted.network.includes(host)),
  };
}

/** What is asked for and has not been granted: it takes a new consent. */
export function listGrowth(asked: PluginPermissions, granted: PluginGrant): PluginGrant {
  const all = grantOf(asked);
  return {
    reads: all.reads.filter((fact) => !granted.reads.includes(fact)),
    network: all.network.filter((host) => !granted.network.includes(host)),
  };
}

export function isEmptyGrant({ reads, network }: PluginGrant): boolean {
  return reads.length + network.length === 0;
}

/** The flow rule: whoever learns of people does not talk to the outside. */
export function breaksFlowRule({ reads, network }: PluginGrant): boolean {
  return reads.length > 0 && network.length > 0;
}

/** The reason that the manifest gives for a host. */
export function reasonOf(asked: PluginPermissions, host: string): string {
  const permission = asked.network[host];
  return typeof permission === 'string' ? permission : (permission?.reason ?? '');
}
