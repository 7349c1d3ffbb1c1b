/** Documents of ours that the readers take in. */
export type InputName = "estate" | "catalogue" | "policy" | "change";

/** What validates such a document at run time. */
export async function inputSchema(name: InputName) {
  const readers = await import("../readers/index.js");
  return {
    estate: readers.nativeEstateSchema,
    catalogue: readers.catalogueSchema,
    policy: readers.policySchema,
    change: readers.changeSchema,
  }[name];
}
