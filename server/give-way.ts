// Long work gives way to requests: a thread that calls this gets the processor when no other thread wants it more.

import { setPriority } from 'node:os';
import { readlinkSync } from 'node:fs';

/** A third of the processor where requests want all of it: long work must come to its end. */
const NICE = 5;
/** The same third for three threads together, of which the first has most to do and never waits for the others. */
export const NICE_OF_THREE = { first: NICE, others: 8 };

/** For this thread and those that it starts, unless these say otherwise. Where threads of a process have no priorities of their own, nothing changes. */
export function giveWay(nice = NICE): void {
  try {
    // "1234/task/1240": to Linux a thread has a number, and a priority, like a process.
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, nice);
  } catch {
    // Another system, or one that does not allow it.
  }
}
