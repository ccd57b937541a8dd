// The handout as short plain text, for a text message and for the QR code. As much as fits: first the week's hours go,
// then today's, then addresses; names and telephone numbers stay to the last.

import type { HandoutContent, HandoutService } from './content.ts';

/** What a QR code may hold and still be read from paper by an old phone (version 20, error correction L, is 858). */
export const QR_BYTES = 850;

const LEVELS: readonly ((service: HandoutService) => (string | null)[])[] = [
  (s) => [...s.phones, s.address, s.hours.now, s.hours.week],
  (s) => [...s.phones.slice(0, 1), s.address, s.hours.now],
  (s) => [...s.phones.slice(0, 1), s.address],
  (s) => [...s.phones.slice(0, 1)],
];

/**
 * The fullest text that `fits` accepts. Where not even names and numbers of all fit, the last services are left out
 * and "+2" says how many.
 */
export function brief(content: HandoutContent, fits: (text: string) => boolean): string {
  for (const level of LEVELS) {
    const text = write(content, content.services, level);
    if (fits(text)) return text;
  }
  const least = LEVELS.at(-1) as (service: HandoutService) => (string | null)[];
  for (let kept = content.services.length - 1; kept > 1; kept--) {
    const text = `${write({ ...content, crisis: null }, content.services.slice(0, kept), least)}\n+${content.services.length - kept}`;
    if (fits(text)) return text;
  }
  return write({ ...content, crisis: null }, content.services.slice(0, 1), least);
}

function write(
  content: HandoutContent,
  services: readonly HandoutService[],
  level: (service: HandoutService) => (string | null)[],
): string {
  const lines = services.map((service) => {
    const rest = level(service).filter((part): part is string => !!part);
    return [`${service.number}. ${service.name.text}`, ...rest].join('\n');
  });
  const crisis = content.crisis?.lines.map((line) => `${line.label}: ${line.phone}`).join('\n');
  return [...lines, ...(crisis ? [crisis] : [])].join('\n\n');
}

/** Bytes of the text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

// GSM 03.38: the basic character set, and its extension, of which each character counts twice.
const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENDED = '^{}\\[~]|€';

/** How a text message is sent and charged: characters, and the number of parts (GSM 03.38 or UCS-2). */
export function messageSize(text: string): { characters: number; parts: number } {
  let septets = 0;
  for (const character of text) {
    if (GSM_BASIC.includes(character)) septets += 1;
    else if (GSM_EXTENDED.includes(character)) septets += 2;
    else return { characters: text.length, parts: text.length <= 70 ? 1 : Math.ceil(text.length / 67) };
  }
  return { characters: septets, parts: septets <= 160 ? 1 : Math.ceil(septets / 153) };
}

/** Longest text message in parts: what a phone still shows as one. */
const MESSAGE_PARTS = 6;

/** The handout as a text message. */
export function textMessage(content: HandoutContent): string {
  return brief({ ...content, services: content.services.map(withPlainSpaces) }, (text) => messageSize(text).parts <= MESSAGE_PARTS);
}

/** Formatted times hold narrow spaces, which would force the whole message into the costly alphabet. */
function withPlainSpaces(service: HandoutService): HandoutService {
  const plain = (text: string) =>
    text
      .replace(/[\u00a0\u202f\u2009]/g, ' ')
      .replace(/[‘’]/g, "'")
      .replace(/[–—]/g, '-');
  return {
    ...service,
    name: { ...service.name, text: plain(service.name.text) },
    hours: { now: plain(service.hours.now), week: service.hours.week && plain(service.hours.week) },
    address: service.address && plain(service.address),
  };
}
