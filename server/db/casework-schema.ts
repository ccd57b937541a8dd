// The tables of the casework database as Kysely sees them. What a person said or staff wrote is sealed bytes here; in the clear
// stand only ids, times, classes and what lists are ordered by.

import type { ReferralTables } from './casework-referrals.ts';
import type { Database } from './schema.ts';

export interface CaseworkDatabase extends Pick<Database, 'audit'>, ReferralTables {
  person: {
    id: string;
    agency_id: string;
    /** Whose own it is; null while nobody has taken it over. */
    worker_id: string | null;
    team: string | null;
    status: 'open' | 'closed' | 'helped_no_case';
    /** Computed from the record at each write. */
    stage: string;
    /** In a caseload; computed as the stage is. */
    weight: number;
    /** Number of the newest entry. */
    revision: number;
    created_at: string;
    /** Of the newest entry; null while there is none. */
    written_at: string | null;
    /** The person's own key, wrapped; null once it is destroyed. */
    key: Uint8Array | null;
    erased_at: string | null;
  };
  person_entry: {
    id: string;
    person_id: string;
    /** 1, 2, 3 … within the person. */
    seq: number;
    kind: string;
    class: string;
    at: string;
    author: string;
    agency_id: string;
    payload: Uint8Array;
  };
  /** Keyed hashes of the parts of a name and of their beginnings, for finding by name. */
  person_name_token: { token: string; person_id: string };
  person_consent: {
    /** The entry by which it was given. */
    id: string;
    person_id: string;
    purpose: string;
    recipient: string;
    /** JSON: field classes. */
    classes: string;
    from_at: string;
    until_at: string;
    withdrawn_at: string | null;
  };
  /** The entries of facts once more, all of a person's in one sealed piece; `entries`: how many they are. */
  person_facts: { person_id: string; entries: number; sealed: Uint8Array };
  /** What is due when, derived from the record at each write; no words. */
  person_due: { person_id: string; kind: string; at: string; worker_id: string | null; about: string };
  /** `sees`: `other_id` may know that `person_id` has a record. Without a row nobody of a household does. */
  person_link: { person_id: string; other_id: string; sees: number };
  break_glass: {
    id: string;
    person_id: string;
    account_id: string;
    agency_id: string;
    at: string;
    until: string;
    /** Sealed under the person's key, as the review is. */
    reason: Uint8Array | null;
    reviewed_at: string | null;
    reviewed_by: string | null;
    outcome: 'justified' | 'not_justified' | null;
    note: Uint8Array | null;
  };
  /** A person whom somebody would give into other hands; at most one waits of each. */
  person_offer: {
    id: string;
    person_id: string;
    from_agency: string;
    from_worker: string;
    to_agency: string;
    /** Null: whoever of that agency takes them. */
    to_worker: string | null;
    /** Sealed under the person's key. */
    note: Uint8Array | null;
    made_at: string;
    answer: 'accepted' | 'declined' | 'withdrawn' | null;
    answered_at: string | null;
    answered_by: string | null;
  };
  /** As long as one is in force the person cannot be erased. */
  person_hold: {
    id: string;
    person_id: string;
    /** Sealed under the person's key. */
    reason: Uint8Array;
    made_at: string;
    made_by: string;
    lifted_at: string | null;
    lifted_by: string | null;
  };
  /** The counter that numbers the audit; its row is the lock under which everything here is written. */
  feed: { name: 'audit'; value: number };
}
