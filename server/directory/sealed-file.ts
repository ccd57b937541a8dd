// A file on the disk that only this process can read: its key is in memory alone and dies with it, so that what is left
// behind by a crash, or found in a copy of the disk, says nothing.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const CIPHER = 'aes-256-gcm';

export class SealedFile {
  readonly path: string;
  /** Bytes of what was written, and of the file: the cipher adds none. */
  readonly size: number;
  readonly #key: Uint8Array;
  readonly #start: Uint8Array;
  readonly #tag: Uint8Array;

  private constructor(path: string, size: number, secret: { key: Uint8Array; start: Uint8Array; tag: Uint8Array }) {
    this.path = path;
    this.size = size;
    this.#key = secret.key;
    this.#start = secret.start;
    this.#tag = secret.tag;
  }

  static async write(path: string, chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): Promise<SealedFile> {
    const [key, start] = [randomBytes(32), randomBytes(12)];
    const cipher = createCipheriv(CIPHER, key, start);
    let size = 0;
    async function* counted() {
      for await (const chunk of chunks) {
        const bytes = Buffer.from(chunk);
        size += bytes.length;
        yield bytes;
      }
    }
    await pipeline(Readable.from(counted()), cipher, createWriteStream(path, { mode: 0o600 }));
    return new SealedFile(path, size, { key, start, tag: cipher.getAuthTag() });
  }

  /** What was written. Ends with an error where the file is not as it was left. */
  read(): Readable {
    const decipher = createDecipheriv(CIPHER, this.#key, this.#start).setAuthTag(this.#tag);
    // Whoever reads meets the error at the stream itself.
    pipeline(createReadStream(this.path), decipher).catch((error: Error) => decipher.destroy(error));
    return decipher;
  }
}
