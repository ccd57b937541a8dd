// The keys of client data. All are derived from the deployment's key (HKDF), but a person's own, which is random and kept
// wrapped: whoever destroys the wrapped key has destroyed all that was sealed under it, in every copy made later.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface CaseKeys {
  /** A new key for a person, as it is kept. */
  wrapNew(personId: string): Buffer;
  unwrap(personId: string, wrapped: Uint8Array): Buffer;
  /** A keyed hash of text, for finding equal text without keeping it. The same text of two agencies has two tokens. */
  token(agencyId: string, text: string): string;
  /** Tells this key from another one without giving it away. */
  readonly check: string;
}

/** What one deployment's key is used for; none of them tells of another. */
export function deriveKey(
  deploymentKey: Uint8Array,
  use: 'casework file' | 'casework people' | 'casework names' | 'casework check',
): Buffer {
  return Buffer.from(hkdfSync('sha256', deploymentKey, Buffer.alloc(0), `waypost ${use}`, KEY_BYTES));
}

export function createCaseKeys(deploymentKey: Uint8Array): CaseKeys {
  const people = deriveKey(deploymentKey, 'casework people');
  const names = deriveKey(deploymentKey, 'casework names');
  return {
    wrapNew: (personId) => sealBytes(people, ['key', personId], randomBytes(KEY_BYTES)),
    unwrap: (personId, wrapped) => openBytes(people, ['key', personId], wrapped),
    token: (agencyId, text) =>
      createHmac('sha256', names)
        .update(JSON.stringify([agencyId, text]))
        .digest('base64url'),
    check: deriveKey(deploymentKey, 'casework check').toString('base64url'),
  };
}

/** Seals a value as JSON. `label` is not kept, but must be the same when it is opened: what belongs to one place opens in no other. */
export function seal(key: Uint8Array, label: readonly (string | number)[], value: unknown): Buffer {
  return sealBytes(key, label, Buffer.from(JSON.stringify(value), 'utf8'));
}

/** Throws where the bytes were changed, moved to another place, or sealed under another key. */
export function unseal(key: Uint8Array, label: readonly (string | number)[], sealed: Uint8Array): unknown {
  return JSON.parse(openBytes(key, label, sealed).toString('utf8'));
}

// Written as: nonce, ciphertext, tag.
function sealBytes(key: Uint8Array, label: readonly (string | number)[], plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(label), 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openBytes(key: Uint8Array, label: readonly (string | number)[], sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify(label), 'utf8'));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
