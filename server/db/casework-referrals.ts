// The tables of referrals as Kysely sees them. What is referred, and what was sent, lies sealed in `content`.

import type { Outcome, ReferralEvent, ReferralReason, ReferralState } from '#shared/casework/referral.ts';

export interface ReferralTables {
  referral: {
    id: string;
    person_id: string;
    from_agency: string;
    from_worker: string;
    /** Null: a partner without an account, who answers by a link. */
    to_agency: string | null;
    /** As consents name it: the agency, or `partner:…`. */
    recipient: string;
    state: ReferralState;
    until: string | null;
    revision: number;
    outcome: Outcome | null;
    /** JSON: the field classes that go with it. */
    classes: string;
    /** Sealed under the person's key; null once the person was erased. */
    content: Uint8Array | null;
    /** The question for room that came before. */
    question_id: string | null;
    created_at: string;
    moved_at: string;
  };
  /** Each transition once: its number is that of the revision which it made. */
  referral_event: {
    referral_id: string;
    revision: number;
    event: ReferralEvent;
    by: 'sender' | 'receiver' | 'person' | 'clock';
    state: ReferralState;
    reason: ReferralReason | null;
    at: string;
    actor: string;
    agency_id: string;
  };
  referral_link: {
    token_hash: string;
    referral_id: string;
    made_at: string;
    expires_at: string;
    opened_at: string | null;
    answered_at: string | null;
  };
  /** "Have you room?", without anything that tells for whom. */
  room_question: {
    id: string;
    from_agency: string;
    from_worker: string;
    to_agency: string;
    service_id: string;
    service_name: string;
    /** JSON: how many, and what the place must allow, from a closed list. */
    party: string;
    asked_at: string;
    until: string;
    answer: 'yes' | 'no' | 'call' | null;
    answered_at: string | null;
    answered_by: string | null;
  };
  /** Places of one kind that an agency gives: beds of a dormitory, seats of a course. */
  capacity_unit: { id: string; agency_id: string; service_id: string; name: string; places: number };
  /** One place that is taken; no two that are not released have the same unit and place. */
  capacity_hold: {
    id: string;
    unit_id: string;
    place: number;
    question_id: string | null;
    referral_id: string | null;
    made_at: string;
    made_by: string;
    until: string | null;
    released_at: string | null;
  };
}
