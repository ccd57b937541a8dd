// How a call into a plugin can end otherwise than well, in words for whoever waits for it and in one word for the record.

import { Problem } from '#shared/platform/problems.ts';

/**
 * `failed`: its own code said so, or gave what cannot be used. `interrupted`, `killed`: it computed too long, and was stopped
 * softly or with its thread. `broken`: it spoiled its own interpreter, or answered with too much. `refused`: it may not run.
 * `stopped`: whoever asked wants no more.
 */
export type CallOutcome = 'ok' | 'failed' | 'interrupted' | 'killed' | 'broken' | 'refused' | 'stopped';

/** The culprit has a name, and the message says it. */
export class PluginFailure extends Problem {
  readonly plugin: string;
  readonly outcome: CallOutcome;

  constructor(plugin: string, outcome: CallOutcome, why: string) {
    super('not_available', `The plugin "${plugin}" ${why}`);
    this.name = 'PluginFailure';
    this.plugin = plugin;
    this.outcome = outcome;
  }
}
