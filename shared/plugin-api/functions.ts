// Signatures of the functions that a plugin's `main` may export. Arguments and results are plain data,
// so that the same function can run in this process or in a cage.

import type { EntryPayload } from '../casework/entry.ts';
import type { Facts } from '../intake/facts.ts';
import type { FieldClass } from '../intake/field-class.ts';
import type { JUDGED_ANSWERS } from '../intake/judged.ts';
import type { FeatureCollection } from 'geojson';
import type { HsdsObject, HsdsRecord } from '../directory/hsds.ts';
import type { StreetGraphData } from '../geo/street-graph.ts';
import type { ViewNode } from './view-nodes.ts';

/** A request that the server makes for a plugin: to a host that its manifest asks for and an administrator granted. */
export interface PluginRequest {
  /** `https://…` */
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}
export interface PluginResponse {
  status: number;
  /** Names in lower case; only those that say something about the content. */
  headers: Record<string, string>;
  body: string;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/**
 * What a plugin keeps for itself on the server, under keys of its own; no other plugin sees it. For plugins whose manifest has
 * `waypost.data`, and not for those that read facts of people. Rejects with an Error in words where something cannot be kept.
 */
export interface PluginStorage {
  /** The value, or null where there is none. */
  get(key: string): Promise<JsonValue>;
  /** At most 64,000 characters of JSON under a key, 1,000 keys, and 500,000 characters altogether. */
  set(key: string, value: JsonValue): Promise<void>;
  delete(key: string): Promise<void>;
  /** Keys in use, in order; those that begin with `prefix`. */
  keys(prefix?: string): Promise<string[]>;
}

/** What the server does for a plugin; the last argument of functions that may need it. */
export interface PluginHost {
  /** Rejects with an Error in words where the request is refused or fails. An answer of any status resolves. */
  fetch(request: PluginRequest): Promise<PluginResponse>;
  readonly storage: PluginStorage;
  /** A setting that the plugin itself contributes, as it holds for the deployment. Secrets are not among them. */
  setting(key: string): Promise<unknown>;
}

/** One file as given to an importer; `bytes` may be read once. */
export interface ImportFile {
  /** Path relative to what the person named, with forward slashes. */
  path: string;
  bytes: AsyncIterable<Uint8Array>;
  /** Where given: rows that are asked for a second time; any other row may be left out, which saves reading its cells. */
  rows?: ReadonlySet<number>;
}

/** A place in a file that could not be read as it stands. */
export interface ReadIssue {
  file: string;
  row: number | null;
  column: string | null;
  code: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  value: string | null;
}

/** One data row of one table, or one top-level record of a JSON file. `row` counts from 1, without the header. */
export interface ReadRow {
  row: number;
  values: Record<string, unknown>;
}

/** A batch of what an importer has read, in the order of the file. */
export interface ReadBatch {
  file: string;
  /** The table's name: the file's name without ending, or the key that holds the records. */
  table: string;
  /** Column names in the file's order; for JSON those seen so far. */
  columns: string[];
  rows: ReadRow[];
  issues: ReadIssue[];
}

export type ImporterFunction = (file: ImportFile) => AsyncIterable<ReadBatch>;

/** What an exporter is given: every record of one object, in batches, hidden positions already taken out. */
export interface ExportSource {
  records<O extends HsdsObject>(object: O): AsyncIterable<ExportRecord<O>[]>;
  /** Those of which a field has one of the values: children of a batch of parents, or records by `id`. */
  where<O extends HsdsObject>(object: O, field: string, values: readonly string[]): Promise<ExportRecord<O>[]>;
}
export type ExportRecord<O extends HsdsObject = HsdsObject> = HsdsRecord<O> & { extra?: Record<string, unknown> };

/** One file of an export: its path relative to the output, and its text or bytes in pieces. */
export interface ExportFile {
  path: string;
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}
export type ExporterFunction = (source: ExportSource) => AsyncIterable<ExportFile>;

export interface GeocodeQuery {
  text: string;
  language: string;
  limit: number;
}
export interface Place {
  id: string;
  label: string;
  /** What it is, for the second line: "Street in Old Town". */
  detail: string;
  kind: 'address' | 'street' | 'intersection' | 'place' | 'postal_code' | 'area';
  lon: number;
  lat: number;
}
export type GeocoderFunction = (query: GeocodeQuery, host: PluginHost) => Promise<Place[]>;

export type TravelTimesFunction = () => Promise<StreetGraphData>;

/** Ways that somebody wants to know: from one place to others, at most 1,000 at a time. */
export interface WaysQuery {
  from: { lon: number; lat: number };
  to: { lon: number; lat: number }[];
  mode: 'walk' | 'drive';
}
/** Of each place in `to`, in its order; null: no way is known, and it stays an estimate. */
export type Ways = ({ seconds: number; meters: number } | null)[];
export type WaysFunction = (query: WaysQuery, host: PluginHost) => Promise<Ways>;

/**
 * A basemap as GeoJSON by layer, with the names and `kind` values of the Protomaps basemap schema, version 4
 * (earth, landuse, water, roads, buildings, places, pois, boundaries): one map style draws any of them.
 */
export type BasemapLayers = Record<string, FeatureCollection>;
export type BasemapFunction = () => Promise<BasemapLayers>;

/** Rows by HSDS object, as an HSDS package would hold them; `extra` may carry `waypost:` keys. */
export interface DemoData {
  source: string;
  records: { [O in HsdsObject]?: ExportRecord<O>[] };
  /** Made-up people by H3 cell, for gap analysis. */
  population?: DemoPopulation;
}

export interface DemoPopulation {
  name: string;
  /** Who made them up, and of when they are. */
  source: string;
  vintage: string;
  cells: readonly {
    /** H3 index; all of one resolution, each once. */
    cell: string;
    people: number;
    /** Of them by sub-group, the same ones in every cell. */
    groups: Readonly<Record<string, number>>;
  }[];
}
export type DemoFunction = () => Promise<DemoData>;

/** Somebody of a made-up agency. */
export interface DemoWorker {
  /** How `DemoPerson.worker` names them. */
  key: string;
  name: string;
  email: string;
  role: 'intake' | 'case_manager' | 'supervisor';
  agency: string;
  team: string;
}

/** A made-up client as a list of moments, the oldest first. */
export interface DemoPerson {
  worker: string;
  moments: {
    daysAgo: number;
    entries: { payload: EntryPayload; class?: FieldClass }[];
    /** Of a moment that asks for a closing: what the supervisor says to it. */
    decision?: 'approved' | 'returned';
  }[];
}

/** Two or more made-up agencies and their clients. */
export interface DemoPeople {
  workers: DemoWorker[];
  people: DemoPerson[];
}
/** `today` is the day on which they are added, as YYYY-MM-DD. */
export type DemoPeopleFunction = (today: string) => Promise<DemoPeople>;

/** Of each of these people, on this day: the facts that the judged fact reads, as far as they are known and granted, and no others. */
export interface JudgementQuery {
  /** YYYY-MM-DD. */
  day: string;
  /** At most 500. An amount of money is per year; what is not known, declined or told too long ago is left out. */
  people: Facts[];
}
export interface Judgement {
  answer: (typeof JUDGED_ANSWERS)[number];
  /** One of the reasons that the fact declares. */
  reason?: string;
  /** Of "unknown": facts among those it reads that would settle it. */
  missing?: string[];
}
/**
 * Works out a judged fact: one answer for each of the people, in their order. The same facts have the same answer on the same
 * day, and knowing more never turns a yes into a no: what is not certain yet is "unknown". What it is told it cannot keep, log or
 * say in words of its own, and it shares nothing with the other functions of its plugin.
 */
export type JudgementFunction = (query: JudgementQuery, host: PluginHost) => Judgement[] | Promise<Judgement[]>;

/** The nodes of a view as they are now, in the reader's language or in several. */
export type ViewFunction = (query: { language: string }, host: PluginHost) => Promise<ViewNode[]>;

/**
 * Answers what a page of the plugin asked. The page says \`parent.postMessage({ type: 'ask', id: 1, message }, '*')\` and hears
 * \`{ type: 'answer', id: 1, value }\` or \`{ type: 'answer', id: 1, error }\`; at its beginning, when it has said
 * \`{ type: 'ready' }\`, \`{ type: 'hello', language, direction, theme }\`; with \`{ type: 'command', command }\` it runs a command that
 * its own plugin contributes. It has no network, no storage of the browser, and sees nothing around it.
 */
export type FrameFunction = (message: JsonValue, host: PluginHost) => Promise<JsonValue>;

/** Everything that a plugin keeps, by key. */
export type PluginData = Record<string, JsonValue>;
/** Brings what an earlier version has kept into the layout of the next; sees and does nothing else. */
export type DataMigration = (data: PluginData) => PluginData | Promise<PluginData>;

/** What the default export of a plugin's `main` holds: functions by the name that its manifest uses. */
export interface PluginMain {
  importers?: Record<string, ImporterFunction>;
  exporters?: Record<string, ExporterFunction>;
  geocoders?: Record<string, GeocoderFunction>;
  travelTimes?: Record<string, TravelTimesFunction>;
  ways?: Record<string, WaysFunction>;
  basemaps?: Record<string, BasemapFunction>;
  demos?: Record<string, DemoFunction>;
  demoPeople?: Record<string, DemoPeopleFunction>;
  judgements?: Record<string, JudgementFunction>;
  views?: Record<string, ViewFunction>;
  frames?: Record<string, FrameFunction>;
  migrations?: Record<string, DataMigration>;
}

/** Types a plugin's functions; returns its argument. */
export function definePlugin(main: PluginMain): PluginMain {
  return main;
}
