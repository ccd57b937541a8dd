// Long work gives way to requests: a thread that calls this gets the processor when no other thread wants it more.

import { constants, setPriority } from 'node:os';
import { readlinkSync } from 'node:fs';

/** For this thread and those that it starts. Where threads of a process have no priorities of their own, nothing changes. */
export function giveWay(): void {
  try {
    // "1234/task/1240": to Linux a thread has a number, and a priority, like a process.
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Another system, or one that does not allow it.
  }
}
