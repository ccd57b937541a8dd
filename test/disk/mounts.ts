// Real disks for tests: a file system of its own, in memory, that is small or read-only, seen by one command alone.
// An ordinary user may make one too, where the system has user namespaces.

import { spawnSync } from 'node:child_process';

/** What a full disk is called, whatever was written to it. */
export const FULL = /^The disk is full\. Nothing was changed\. Make room on the disk that is written to, then do this again\.\n$/;

const MOUNT = 'mount -t tmpfs -o size=256m none "$DISK"';

let mountable: boolean | undefined;

/** Whether such a disk can be made here. */
export function canMount(): boolean {
  mountable ??= spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0;
  if (!mountable) console.warn('\n  SKIPPED: tests on a full and on a read-only disk. "unshare -rm" cannot mount one here.\n');
  return mountable;
}

export interface Disk {
  /** An empty folder where it is seen. */
  at: string;
  /** What lies on it at first. */
  holds: string;
  /** Kilobytes that are free then; `read-only`: none can be written. */
  free: number | 'read-only';
  /** Where to keep what lies on it afterwards. */
  after: string;
}

export interface Answer {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program while the disk is there. */
export function runOnDisk({ at, holds, free, after }: Disk, args: readonly string[], environment: NodeJS.ProcessEnv): Answer {
  const limit =
    free === 'read-only'
      ? 'mount -o remount,ro "$DISK"'
      : // What is left over of the last page is filled up, where nothing is to be free.
        'mount -o remount,size=$(($(du -sk "$DISK" | cut -f1) + FREE))k "$DISK"; if [ "$FREE" = 0 ]; then cat /dev/zero > "$DISK/filling" 2>/dev/null; fi';
  const script = `${MOUNT} && cp -a "$HOLDS/." "$DISK/" && { ${limit}; true; } && { "$@"; code=$?; rm -f "$DISK/filling"; cp -a "$DISK/." "$AFTER/" && exit $code; }`;
  const env = { ...environment, DISK: at, HOLDS: holds, AFTER: after, FREE: String(free) };
  const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}
