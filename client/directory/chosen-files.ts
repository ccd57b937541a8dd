// Files that somebody dropped or chose, each with its path below the folder that was dropped. What systems leave in
// folders unasked (.DS_Store, __MACOSX, Thumbs.db) is no data and stays behind.

export interface ChosenFile {
  /** "county/organizations.csv" */
  path: string;
  file: File;
}

const CLUTTER = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

export function isClutter(path: string): boolean {
  return path.split('/').some((part) => CLUTTER.test(part));
}

/** Files of an input, also of one that takes a folder. */
export function fromInput(files: Iterable<File> | null): ChosenFile[] {
  return withoutClutter([...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/** Files of a drop; folders are read with all that is in them. */
export async function fromDrop(transfer: DataTransfer | null): Promise<ChosenFile[]> {
  // Taken before anything is waited for: afterwards the drop is empty.
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return fromInput(transfer?.files ?? null);
  return withoutClutter((await Promise.all(entries.map(readEntry))).flat());
}

async function readEntry(entry: FileSystemEntry): Promise<ChosenFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: ChosenFile[] = [];
  // A folder gives its entries in portions, an empty one last.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return found;
    for (const inside of portion) found.push(...(await readEntry(inside)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function withoutClutter(files: readonly ChosenFile[]): ChosenFile[] {
  return files.filter(({ path }) => !isClutter(path));
}
