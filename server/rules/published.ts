// Published rules among the contributions: they join what plugins bring, so that whoever reads rules (matching, the browser,
// the builder) hears of them by the same way. Another server's publication is noticed by a counter.

import type { Logger } from 'pino';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import { Emitter } from '#shared/platform/event.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { OpenDatabase } from '#server/db/open.ts';
import type { PublishedRules } from '#server/deps.ts';
import { listHoldingVersions } from './queries.ts';

/** Under this name they stand among the contributions. */
export const PUBLISHED_HERE = 'rules-of-this-deployment';
const INTERVAL_MS = 3000;

export async function followPublishedRules({ db }: OpenDatabase, registry: ContributionRegistry, log: Logger): Promise<PublishedRules> {
  let contributed: Disposable | undefined;
  let known = -1;
  const changed = new Emitter<number>();
  let reading: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    const { value } = await db.selectFrom('feed').select('value').where('name', '=', 'rules').executeTakeFirstOrThrow();
    if (value === known) return;
    known = value;
    const rules = (await listHoldingVersions(db)).flatMap(({ rule_id, version, text }) => {
      // Facts and tables may have gone with a plugin since; matching leaves such a rule out and says so.
      const parsed = parseRule(text);
      if (parsed.ok) return [parsed.value];
      log.warn({ rule: rule_id, version, code: parsed.issues[0]?.code }, 'published rule left out');
      return [];
    });
    // The new ones come before the old ones go: nobody finds none in between.
    const before = contributed;
    contributed = registry.contribute(PUBLISHED_HERE, { eligibilityRules: rules });
    before?.dispose();
    changed.fire(value);
  }
  function refresh(): Promise<void> {
    reading = reading.then(read, read);
    return reading;
  }

  await refresh();
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn({ error: error instanceof Error ? error.message : String(error) }, 'published rules'));
  }, INTERVAL_MS);
  timer.unref();
  return {
    refresh,
    version: () => known,
    onDidChange: changed.event,
    async dispose() {
      clearInterval(timer);
      await reading.catch(() => {});
      contributed?.dispose();
    },
  };
}
