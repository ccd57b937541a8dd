// Publishing a plugin that was made here: its package is installed and switched on by the same acts as any other, and kept, so
// that an earlier version can be put back.

import { withIds } from '#shared/plugin-api/made/ids.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';
import { enablePlugin, installPlugin } from '../administer.ts';
import { readPackage } from '../package-file.ts';
import { buildDraft } from './build.ts';
import { getDraft, getVersion, listVersions, saveDraft } from './drafts.ts';

/** Where its packages come from, as the lock file says it. */
const SOURCE = 'made in the browser';

export interface Publication {
  name: string;
  /** Revision of the draft that was reviewed. */
  revision: number;
  /** First day on which changed rules hold, YYYY-MM-DD. */
  from: string;
  reason: string;
}

export async function publishMade(deps: ServerDeps, { name, revision, from, reason }: Publication, actor: Actor): Promise<string> {
  const { db, clock, pluginShelf } = deps;
  const kept = await getDraft(db, name, actor);
  if (kept.revision !== revision) throw new Problem('conflict', 'Someone else changed this plugin in the meantime. Look at it again.');
  const version = nextVersion(
    (await listVersions(db, name)).map((one) => one.version),
    pluginShelf.store.find(name)?.version,
  );
  const draft = withIds(name, kept.draft);
  const built = await buildDraft(deps, draft, { name, version, from });
  if (!built.ok) throw new Problem('unprocessable', sayFaults(built));
  const isNew = !pluginShelf.store.find(name);
  const at = clock();
  await db.transaction().execute(async (trx) => {
    await saveDraft(trx, { name, draft, actor, at }, revision);
    await trx
      .insertInto('made_version')
      .values({
        ...{ name, version, content: JSON.stringify(draft), package: Buffer.from(built.content.bytes).toString('base64') },
        ...{ reason, actor: getActorName(actor), at: new Date(at).toISOString() },
      })
      .execute();
  });
  try {
    await installPlugin(pluginShelf, { content: built.content, source: SOURCE }, { actor });
    if (isNew) await enablePlugin(pluginShelf, name, { actor });
  } catch (error) {
    // Nothing of it holds: it was not published.
    await db.deleteFrom('made_version').where('name', '=', name).where('version', '=', version).execute();
    throw error;
  }
  const published = built.rules.filter(({ next }) => next !== null).map(({ id }) => id);
  if (published.length > 0) await db.deleteFrom('rule_draft').where('rule_id', 'in', published).execute();
  return version;
}

/** Installs an earlier version again. The draft stays as it is. */
export async function putBack(deps: ServerDeps, { name, version }: { name: string; version: string }, actor: Actor): Promise<void> {
  await getDraft(deps.db, name, actor);
  const { bytes } = await getVersion(deps.db, name, version);
  const read = await readPackage(bytes);
  if (!read.ok) throw new Problem('unprocessable', read.issues.map(({ message }) => message).join('\n'));
  const isNew = !deps.pluginShelf.store.find(name);
  await installPlugin(deps.pluginShelf, { content: read.value, source: SOURCE }, { actor });
  if (isNew) await enablePlugin(deps.pluginShelf, name, { actor });
}

/** Above all that was published and what is installed: 1.0.0, 1.1.0, 1.2.0 … */
export function nextVersion(published: readonly string[], installed?: string): string {
  const highest = [...published, ...(installed === undefined ? [] : [installed])]
    .map((version) => version.split(/[.-]/).slice(0, 2).map(Number))
    .sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d)
    .at(-1);
  return highest ? `${highest[0] ?? 1}.${(highest[1] ?? 0) + 1}.0` : '1.0.0';
}

function sayFaults({ fields, against }: Awaited<ReturnType<typeof buildDraft>>): string {
  const [first] = against;
  const missing = fields.length > 0 ? `${fields.length} fields lack something, the first: ${fields[0]!.path}.` : '';
  return `It cannot be published like this. ${[missing, first?.message ?? ''].filter(Boolean).join(' ')}`;
}
