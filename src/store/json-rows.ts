/** Most of a text is ASCII; what is not takes up to three bytes for each unit of UTF-16. */
const longestUnit = 3;

/** Rows of one block; what a single long row would make of the guess is not set aside for all. */
const mostAtFirst = 2 * 1024 * 1024;

/**
 * Writes rows as a JSON list in UTF-8, as the parameter of a statement: as one text they would be held three times over,
 * a megabyte each, and measured and encoded by the driver.
 */
export function rowWriter<Item>(columnsOf: (item: Item) => object): (items: readonly Item[]) => Uint8Array {
  /** What rows took that were written last tells how much the next ones will need. */
  let bytesOfRow = 256;
  return (items) => {
    // Slow: not of the shared pool, which would be sent along with it to another thread.
    const guess = Math.min(Math.ceil(bytesOfRow * 1.1) * items.length, mostAtFirst);
    let bytes = Buffer.allocUnsafeSlow(2 + guess);
    let end = bytes.write("[", "latin1");
    for (const [index, item] of items.entries()) {
      const text = `${index === 0 ? "" : ","}${JSON.stringify(columnsOf(item))}`;
      const most = end + text.length * longestUnit + 1;
      if (most > bytes.length) {
        const wider = Buffer.allocUnsafeSlow(Math.max(most, bytes.length + (bytes.length >> 1)));
        bytes.copy(wider, 0, 0, end);
        bytes = wider;
      }
      end += bytes.write(text, end);
    }
    end += bytes.write("]", end, "latin1");
    if (items.length > 0) bytesOfRow = end / items.length;
    return bytes.subarray(0, end);
  };
}
