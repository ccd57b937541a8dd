// Passwords as argon2id hashes. Length is the only rule: rules of composition make passwords worse.

import { hash, verify } from '@node-rs/argon2';
import { Problem } from '#shared/platform/problems.ts';

export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

// OWASP's parameters: 19 MiB, two passes, one lane.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2);
}

export function verifyPassword({ hash: stored, password }: { hash: string; password: string }): Promise<boolean> {
  return verify(stored, password.normalize('NFKC'));
}

export function assertPasswordLength(password: string): void {
  const length = [...password].length;
  if (length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max) return;
  throw new Problem('unprocessable', `A password has ${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters.`);
}
