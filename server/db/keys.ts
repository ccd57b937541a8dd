// The key of an encrypted database: a file of the operator's, or one in the user's configuration folder.
// It never lies in the data folder, so that who copies the data has not copied the key.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { OperatorProblem } from './operator-problem.ts';

const KEY_BYTES = 32;
/** Names the key that belongs to a data folder, wherever the folder is moved. Not secret. */
const KEY_NAME_FILE = 'key-name';

/** The key of a data folder, or undefined where none was made yet. Throws an OperatorProblem where a file is named but is no key. */
export function findKey(dataFolder: string): Uint8Array | undefined {
  const named = process.env['WAYPOST_KEY_FILE'];
  if (named) {
    const text = readIfThere(named);
    if (text === undefined)
      throw new OperatorProblem(`WAYPOST_KEY_FILE names ${named}, which is not there. Put the key file there, or name another.`);
    return parseKey(text, named);
  }
  const name = readIfThere(join(dataFolder, KEY_NAME_FILE))?.trim();
  if (!name) return undefined;
  const path = getKeyPath(name);
  const text = readIfThere(path);
  return text === undefined ? undefined : parseKey(text, path);
}

/** Makes a key for a data folder; where another process made one first, gives that. */
export function createKey(dataFolder: string): Uint8Array {
  return storeKey(dataFolder, randomBytes(KEY_BYTES));
}

/** Puts a key (from its recovery key) back where this folder's key belongs. Refuses to replace another. */
export function restoreKey(dataFolder: string, key: Uint8Array): string {
  const stored = storeKey(dataFolder, key);
  const path = getKeyPath(getKeyName(dataFolder));
  if (!Buffer.from(stored).equals(key)) throw new OperatorProblem(`${path} holds another key already. Move it away first.`);
  return path;
}

function storeKey(dataFolder: string, key: Uint8Array): Uint8Array {
  const path = getKeyPath(getKeyName(dataFolder));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const text = writeNew(path, `${Buffer.from(key).toString('hex')}\n`);
  return parseKey(text, path);
}

function getKeyName(dataFolder: string): string {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  return writeNew(join(dataFolder, KEY_NAME_FILE), `${randomUUID()}\n`).trim();
}

export function sayKeyPlaces(dataFolder: string): string {
  const name = readIfThere(join(dataFolder, KEY_NAME_FILE))?.trim();
  const expected = name ? `Its key is expected in ${getKeyPath(name)}. ` : '';
  return `${expected}Put the key file back, or name it with WAYPOST_KEY_FILE, or type the recovery key into "waypost key restore --data ${dataFolder}".`;
}

function getKeyPath(name: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(name))
    throw new OperatorProblem(`The file ${KEY_NAME_FILE} in the data folder is damaged: it should hold one name.`);
  return join(getConfigurationFolder(), 'keys', `${name}.key`);
}

/** Where what must not lie beside the data is kept. */
export function getConfigurationFolder(): string {
  return join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'waypost');
}

function parseKey(text: string, path: string): Uint8Array {
  if (!/^[0-9a-f]{64}\s*$/i.test(text)) throw new OperatorProblem(`${path} is not a key: it should hold 64 hexadecimal digits.`);
  return Buffer.from(text.trim(), 'hex');
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file that is not there yet, and gives what it holds, whoever wrote it. */
function writeNew(path: string, text: string): string {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return text;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    return readFileSync(path, 'utf8');
  }
}

// The recovery key is the key itself, written for people: 52 letters and digits without I, L, O, U, and 4 that check them.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function formatRecoveryKey(key: Uint8Array): string {
  const bits = [...key]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .padEnd(260, '0');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[parseInt(five, 2)]).join('');
  return ((letters + checkLetters(letters)).match(/.{4}/g) ?? []).join('-');
}

/** Reads a recovery key, forgiving case, spaces and the letters that look like digits. Throws an OperatorProblem on a typing error. */
export function parseRecoveryKey(text: string): Uint8Array {
  const letters = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const body = letters.slice(0, 52);
  if (letters.length !== 56 || [...letters].some((letter) => !ALPHABET.includes(letter)) || letters.slice(52) !== checkLetters(body)) {
    throw new OperatorProblem('This is not a recovery key: it has 14 groups of 4 letters and digits. Check it for typing errors.');
  }
  const bits = [...body].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.slice(0, KEY_BYTES * 8).match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

function checkLetters(letters: string): string {
  const digest = createHash('sha256').update(letters).digest();
  return [...digest.subarray(0, 4)].map((byte) => ALPHABET[byte % 32]).join('');
}
