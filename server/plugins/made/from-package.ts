// An installed plugin opened in the browser: only one of data alone, whose every contribution a form shows or keeps.

import { toDraft } from '#shared/plugin-api/made/from-contributions.ts';
import type { MadeDraft } from '#shared/plugin-api/made/draft.ts';
import { Problem } from '#shared/platform/problems.ts';
import { isRecord } from '#shared/platform/record.ts';
import type { ServerDeps } from '#server/deps.ts';
import { readPluginFolder } from '../read-plugin.ts';
import { readInstalled } from './build.ts';

export function readInstalledDraft(deps: ServerDeps, name: string, language: string): MadeDraft {
  const entry = deps.pluginShelf.store.find(name);
  const plugin = entry && readPluginFolder(entry.folder, []);
  if (!plugin) throw new Problem('not_found', `No plugin "${name}" is installed.`);
  const { manifest } = plugin;
  if (manifest.main !== undefined || manifest.waypost.permissions !== undefined)
    throw new Problem('unprocessable', `"${name}" has code, which is not written in the browser. Its author changes it.`);
  const contributes = readInstalled(deps, name);
  const rules = (contributes['eligibilityRules'] ?? []).flatMap((rule) =>
    isRecord(rule) && typeof rule['rule'] === 'string' ? [rule['rule']] : [],
  );
  const license = manifest['license'];
  return toDraft({
    ...{
      title: manifest.displayName ?? name,
      description: manifest.description ?? '',
      license: typeof license === 'string' ? license : '',
    },
    ...{ language, contributes, rules: [...new Set(rules)] },
  });
}
