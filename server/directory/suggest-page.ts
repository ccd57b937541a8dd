// The page that a suggestion was made on, as it may be told.

import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { HiddenPlaces } from './hidden-places.ts';

/** What a page is called, and how its texts may be told: a comment may name a street that nobody is to know. */
export async function readSuggestedPage(
  db: Kysely<Database>,
  hidden: HiddenPlaces,
  page: string,
): Promise<{ name: string | null; tell: (text: string) => string }> {
  const link = await db.selectFrom('service_at_location').select('service_id').where('id', '=', page).executeTakeFirst();
  const service = await db
    .selectFrom('service')
    .select(['id', 'name', 'organization_id'])
    .where('id', '=', link?.service_id ?? page)
    .executeTakeFirst();
  const redactor =
    hidden.findRedactor('service_at_location', page) ??
    hidden.findRedactor('service', service?.id) ??
    hidden.findRedactor('organization', service?.organization_id);
  const tell = (text: string) => hidden.redactorOfAll().text(redactor?.text(text) ?? text);
  return { name: service ? tell(service.name ?? '') : null, tell };
}
