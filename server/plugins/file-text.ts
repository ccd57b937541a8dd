// The text of a plugin's file as its author meant it: UTF-8, with or without a mark at its beginning. What is written in another
// encoding is said, with how to save it.

import { fail, ok, type Result } from '#shared/platform/result.ts';

const HOW = 'Save it as UTF-8: in most editors "Save as" offers the encoding.';

export function readText(file: string, bytes: Uint8Array): Result<string> {
  const refuse = (message: string, line = 1) => fail({ ...{ code: 'encoding', severity: 'error' as const, file, line }, message });
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (marked || bytes.subarray(0, 200).includes(0)) return refuse(`This file is written in UTF-16, or is no text. ${HOW}`);
  try {
    // A mark at the beginning is left out.
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const lossy = new TextDecoder('utf-8').decode(bytes);
    const line = lossy.slice(0, lossy.indexOf('\ufffd')).split('\n').length;
    return refuse(`This line has a letter that is not written in UTF-8. ${HOW}`, line);
  }
}
