// When a place is open: HSDS schedules of one resource, in its own time zone.

/** One HSDS schedule line, reduced to what decides opening. */
export interface ScheduleLine {
  /** YYYY-MM-DD, both included. */
  validFrom?: string;
  validTo?: string;
  freq?: 'WEEKLY' | 'MONTHLY';
  interval?: number;
  /** Start of the recurrence, where interval > 1 needs it. */
  dtstart?: string;
  /** 'MO' or, for monthly, '2TU' and '-1FR'. */
  byday?: string[];
  bymonthday?: number[];
  /** Minutes from midnight; closes ≤ opens: it closes on the next day; both absent: closed. */
  opens?: number;
  closes?: number;
}

export interface Timetable {
  /** IANA zone. */
  zone: string;
  lines: ScheduleLine[];
  /** Hours as text where they could not be read. */
  text?: string;
}

export type Opening =
  | { state: 'open'; until: number | null; next?: undefined }
  | { state: 'closed'; until?: undefined; next: number | null }
  | { state: 'unknown'; until?: undefined; next?: undefined };
