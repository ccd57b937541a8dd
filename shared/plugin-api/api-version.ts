// The version of the door, and which plugins it takes.

/**
 * Raised in its second part when something is added: a contribution point, a field, an argument, something the server does for
 * a plugin. Raised in its first part when something is taken away or given another meaning, which version 1 never does.
 */
export const PLUGIN_API_VERSION = '1.2';

/** What stays, in words for authors of plugins. */
export const PLUGIN_API_PROMISE = [
  'Within version 1 contribution points, their fields, and the arguments and results of functions are added to. None is taken away, renamed, made necessary or given another meaning.',
  'A plugin that names `"engines": { "waypost": "^1" }` is taken by every server of version 1. One that needs something newer names it, `"^1.1"`; an older server then refuses it in words instead of half working.',
  'What goes in version 2 is said here one version before, and a server of version 2 names the plugins that are concerned before it is switched over.',
  'Stored data of a plugin belongs to the plugin: it is changed by the plugin’s own migrations only.',
  'Not promised: how things look, the order in which plugins are asked, how long an answer takes, and anything that is not on this page.',
] as const;

const RANGE = /^\^?(\d+)(?:\.(\d+))?(?:\.\d+)?$/;

/** Why a plugin with this `engines.waypost` cannot be used here, in words; undefined: it can. */
export function findApiMismatch(range: string, version = PLUGIN_API_VERSION): string | undefined {
  const [, major, minor = '0'] = RANGE.exec(range.trim()) ?? [];
  if (major === undefined) return `"${range}" is no version of the plugin API; write "^${version.split('.')[0]}"`;
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  if (Number(major) === ownMajor && Number(minor) <= ownMinor) return undefined;
  return `it is made for version ${major}.${minor} of the plugin API, and this server has version ${version}`;
}
