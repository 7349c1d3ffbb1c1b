export interface DroppedFile {
  /** Relative, with `/`: as evidence will name it. */
  readonly path: string;
  readonly file: File;
}

/** Files one may send at once; beyond that a folder is split. */
const most = 5000;

/** What was dropped, folders walked in the order of their names. */
export async function droppedFiles(data: DataTransfer): Promise<readonly DroppedFile[]> {
  // All entries at once: the list is emptied as soon as the event is over.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry());
  const plain = [...data.files];
  const found: DroppedFile[] = [];
  for (const entry of entries) if (entry !== null) await walk(entry, found);
  return found.length > 0 ? found : plain.map((file) => ({ path: file.name, file }));
}

/** What was chosen: with a folder the path in it, else the name. */
export const chosenFiles = (files: FileList): readonly DroppedFile[] =>
  [...files].slice(0, most).map((file) => ({
    path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath,
    file,
  }));

async function walk(entry: FileSystemEntry, found: DroppedFile[]): Promise<void> {
  if (found.length >= most) return;
  if (entry instanceof FileSystemFileEntry || entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push({ path: entry.fullPath.replace(/^\//u, ""), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A folder is handed over in portions, and ends with an empty one.
    const portion = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (portion.length === 0) return;
    for (const child of portion.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)))
      await walk(child, found);
  }
}
