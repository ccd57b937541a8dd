// A resource: a service at a location, what a pin stands for. This is all that the directory index knows of one,
// and the only shape in which directory data reaches matching, tiles and the browser's slice.

import type { Timetable } from './timetable.ts';

export interface ResourceInput {
  /** Id of the service_at_location; of the service itself where it has no location. */
  id: string;
  service: { id: string; name: string };
  organization: { id: string; name: string } | null;
  location: { id: string; name: string } | null;
  /** Degrees; null where there is no position or where it is hidden: a hidden position never gets this far. */
  lon: number | null;
  lat: number | null;
  hidden: boolean;
  /** Coarse H3 cell of a hidden site; null otherwise. */
  cell: string | null;
  /** One line, such as "118 Tanner Street, Old Town"; null where hidden. */
  address: string | null;
  phone: string | null;
  /** Resource type; null where neither data nor words tell. */
  type: string | null;
  /** Taxonomy terms that it meets. */
  needs: readonly string[];
  /** Language codes. */
  languages: readonly string[];
  /** Rule id; null: no rule is known. */
  rule: string | null;
  /** Eligibility as free text, shown where there is no rule. */
  eligibilityText: string | null;
  /** Other words to search in: alternate names, first sentence of the description. */
  summary: string | null;
  bring: readonly string[];
  /** When it is open; null: not known. */
  timetable: Timetable | null;
  capacity: { available: number; maximum: number | null; updated: string } | null;
  /** Day of the last verification, as YYYY-MM-DD. */
  verified: string | null;
  /** Published service area ids or names. */
  areas: readonly string[];
  /** What its kind shows and filters by in lists, as `shared/directory/listed-fields.ts` writes it. */
  fields: readonly string[];
}
