// The database's tables as Kysely sees them. The directory's columns come from HSDS itself.

import type { HsdsObject, HsdsRecord } from '#shared/directory/hsds.ts';

interface OwnColumns {
  service: { resource_type: string | null; rule: string | null; rule_status: string | null };
  location: { timezone: string | null; hidden: number; cell: string | null };
}

type DirectoryRow<O extends HsdsObject> = { [F in keyof HsdsRecord<O>]-?: Exclude<HsdsRecord<O>[F], undefined> } & {
  /** JSON: columns that HSDS has no field for. */
  extra: string | null;
  source_row: number | null;
} & (O extends keyof OwnColumns ? OwnColumns[O] : unknown);

type DirectoryTables = { [O in HsdsObject]: DirectoryRow<O> };

/** Times are ISO text with SQLite and a Date with PostgreSQL; flags are 0 and 1, or booleans. */
type Time = string | Date;
type Flag = number | boolean;

/** Accounts and agencies are written by better-auth; these are the columns that we read ourselves. */
interface IdentityTables {
  account: { id: string; name: string; email: string; role: string; disabled: Flag; created_at: Time };
  account_session: {
    id: string;
    token: string;
    account_id: string;
    active_agency_id: string | null;
    created_at: Time;
    updated_at: Time;
    expires_at: Time;
  };
  agency: { id: string; name: string; slug: string; created_at: Time };
  agency_member: { id: string; agency_id: string; account_id: string; role: string; team: string | null; created_at: Time };
  secret: { name: string; value: string };
}

export interface Database extends DirectoryTables, IdentityTables {
  source: {
    id: number;
    name: string;
    format: string;
    /** The one that was used last, and the one that someone gave. */
    mapping: string | null;
    saved_mapping: string | null;
    created_at: string;
  };
  source_row: {
    id: number;
    source_id: number;
    key: string;
    hash: string;
    place: string;
    content: string | null;
    /** The act that read it last, and the one that created its records. */
    act_id: number;
    created_by: number;
  };
  act: {
    id: number;
    kind: 'import' | 'edit' | 'restore' | 'undo' | 'demo';
    actor: string;
    at: string;
    reason: string | null;
    detail: string | null;
    /** The act that an undo takes back. */
    undoes: number | null;
  };
  change: {
    seq: number;
    act_id: number;
    /** `source_row`: the records that many input rows created, see created-rows.ts. */
    object: HsdsObject | 'source_row';
    record_id: string;
    op: 'create' | 'update' | 'delete';
    before: string | null;
    /** What the record belonged to before: the id of its service, place, contact … */
    owner_id: string | null;
  };
  feed: { name: 'change' | 'act' | 'source_row' | 'source' | 'audit' | 'rules'; value: number };
  /** Only ever added to, see server/audit/audit.ts. */
  audit: {
    seq: number;
    at: string;
    actor: string;
    role: string;
    action: string;
    object: string;
    record_id: string;
    reason: string;
    hash: string;
  };
  /** An import that was tried, see import-stage.ts. */
  import_stage: {
    id: string;
    source: string;
    actor: string;
    at: string;
    /** Where the change feed stood. */
    position: number;
    digest: string;
    shared_digest: string;
    counts: string;
    decisions: string;
  };
  staged_row: { stage_id: string; n: number; outcome: string; object: string | null; name: string; place: string; content: string };
  kept_here: { record_id: string; field: string; value: string; act_id: number };
  /** Problems that are left as they are; `other_id` is empty but for duplicates. */
  problem_ignored: { code: string; record_id: string; other_id: string; reason: string; actor: string; at: string };
  /** See suggest.ts. `edits` is JSON: a difference against the page as it was. */
  suggestion: {
    id: string;
    page_id: string;
    edits: string;
    comment: string;
    actor: string;
    at: string;
    state: 'open' | 'accepted' | 'partly' | 'declined';
    decided_by: string | null;
    decided_at: string | null;
    reason: string | null;
    act_id: number | null;
  };
  rule_draft: { rule_id: string; text: string; revision: number; actor: string; at: string };
  /** `withdrawn_at`: it was taken back and holds no more; what was decided by it stays explained. */
  rule_version: {
    rule_id: string;
    version: number;
    text: string;
    actor: string;
    at: string;
    reason: string;
    withdrawn_at: string | null;
    withdrawn_by: string | null;
  };
  /** See server/plugins/calls.ts. */
  made_plugin: {
    name: string;
    /** Id of the agency whose stewards change it. */
    agency: string | null;
    content: string;
    revision: number;
    actor: string;
    at: string;
  };
  made_version: { name: string; version: string; content: string; package: string; reason: string; actor: string; at: string };
  plugin_call: {
    plugin: string;
    version: string;
    hash: string;
    kind: string;
    name: string;
    fields: string;
    at: string;
    ms: number;
    cpu_ms: number;
    outcome: string;
    detail: string | null;
  };
  /** What plugins keep for themselves: see server/plugins/storage.ts. `kept`: as it was with an earlier version. */
  plugin_store: { plugin: string; version: number; revision: number; characters: number };
  plugin_value: { plugin: string; key: string; value: string };
  plugin_kept: { plugin: string; hash: string; version: number; data: string; at: string };
  /** People by cell, see server/gaps/population/store.ts. `about` is JSON. */
  gap_population: {
    id: string;
    name: string;
    source: string;
    vintage: string;
    licence: string | null;
    resolution: number;
    about: string;
    actor: string;
    at: string;
  };
  gap_column: { population_id: string; name: string; content: string };
  gap_scenario: { id: string; agency_id: string; name: string; content: string; revision: number; actor: string; at: string };
  /** See server/gaps/unmet.ts. `quarter` as 2026-Q4. */
  unmet_request: { quarter: string; need: string; why: string; cell: string; agency_id: string; requests: number };
  unmet_release: { kind: 'people' | 'requests'; quarter: string; content: string; at: string };
  setting: { scope: 'demo' | 'deployment' | 'agency' | 'user'; scope_id: string; key: string; value: string };
  handout: { token_hash: string; content: string; created_at: string; expires_at: string };
}
