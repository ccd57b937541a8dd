// What a plugin adds, counted in words.

import type { WorkbenchApi } from '#client/workbench/types.ts';

/** "2 kinds of places, 1 rule": by contribution point; a point without words of its own is told by its name. */
export function sayAdds(workbench: Pick<WorkbenchApi, 't' | 'locale'>, adds: Readonly<Record<string, number>>): string {
  const parts = Object.entries(adds)
    .filter(([, count]) => count > 0)
    .map(([point, count]) => {
      const said = workbench.t(`plugins.point.${point}`, { count });
      return said === `plugins.point.${point}` ? `${count} ${point}` : said;
    });
  if (parts.length === 0) return workbench.t('plugins.addsNothing');
  return new Intl.ListFormat(workbench.locale, { type: 'unit' }).format(parts);
}
