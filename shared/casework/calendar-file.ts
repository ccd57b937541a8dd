// A calendar file (iCalendar, RFC 5545) of appointments. It goes to phones, clouds and shared screens, so it says as little as
// possible: when, how long, and only what whoever asked for it chose to say beside. Times are UTC, which every calendar shows in
// its own zone and which needs no time zone written along.

export interface CalendarEvent {
  /** Of the appointment: the same in each file, so that a calendar replaces what it has. */
  id: string;
  /** How often it was told, from 0: a calendar keeps the highest. */
  revision: number;
  /** Instants, such as 2026-03-01T09:30:00.000Z. */
  start: string;
  changed: string;
  minutes: number;
  title: string;
  place?: string | undefined;
}

const LINE_OCTETS = 75;
const MINUTE_MS = 60_000;

/**
 * Writes the file as text with the line ends that the format asks for.
 *
 * @example writeCalendar([{ id: 'app_1', revision: 0, start: '2026-03-01T09:30:00.000Z', changed: …, minutes: 60, title: 'Appointment' }])
 */
export function writeCalendar(events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Waypost//Waypost//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...events.flatMap(toLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function toLines({ id, revision, start, changed, minutes, title, place }: CalendarEvent): string[] {
  const end = new Date(Date.parse(start) + minutes * MINUTE_MS).toISOString();
  return [
    'BEGIN:VEVENT',
    `UID:${escape(id)}@waypost`,
    `SEQUENCE:${revision}`,
    `DTSTAMP:${toUtc(changed)}`,
    `DTSTART:${toUtc(start)}`,
    `DTEND:${toUtc(end)}`,
    `SUMMARY:${escape(title)}`,
    ...(place === undefined ? [] : [`LOCATION:${escape(place)}`]),
    'CLASS:PRIVATE',
    'END:VEVENT',
  ];
}

/** 20260301T093000Z */
function toUtc(instant: string): string {
  return instant.slice(0, 19).replaceAll(/[-:]/g, '') + 'Z';
}

/** Text as a value of the format: no character of it ends the line or the value. Other control characters cannot stand there. */
function escape(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** No line is longer than 75 octets; a longer one goes on in the next, behind a space, and no character is cut in two. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const width = encoder.encode(character).length;
    if (octets + width > LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += width;
  }
  return folded;
}
