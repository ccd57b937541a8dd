// Views that plugins bring: their nodes as data, or from a function that is called each time the view is opened.
// What a function gives is checked like everything else of a plugin before it goes to a browser.

import { ViewNodes, type ViewContribution, type ViewNode } from '#shared/plugin-api/index.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';

const TIMEOUT_MS = 5000;

/** Throws a Problem with the view's name where there is none, or where its function fails. */
export async function readView(deps: ServerDeps, wanted: { plugin: string; id: string; language: string }): Promise<ViewNode[]> {
  const views = deps.registry.getPoint<ViewContribution>('views').all();
  const view = views.find(({ plugin, value }) => plugin === wanted.plugin && value.id === wanted.id)?.value;
  if (!view) throw new Problem('not_found', `There is no view "${wanted.id}" of a plugin "${wanted.plugin}".`);
  if (view.nodes || view.run === undefined) return view.nodes ?? [];
  try {
    const run = await deps.plugins.getFunction(wanted.plugin, 'views', view.run);
    return ViewNodes.parse(await inTime(run({ language: wanted.language })));
  } catch (error) {
    deps.log.warn({ plugin: wanted.plugin, view: wanted.id, error: error instanceof Error ? error.message : String(error) }, 'view');
    throw new Problem('not_available', `The plugin "${wanted.plugin}" could not make the view "${wanted.id}".`);
  }
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
