import type { PolicyDocument, Statement } from "../../estate/index.js";

/** Gives equal documents one id: permission sets and modules repeat over accounts. Adds unknown ones to `documents`. */
export function createCanonical(): (document: PolicyDocument, documents: PolicyDocument[]) => number {
  const byHash = new Map<number, number[]>();
  return (document, documents) => {
    const hash = hashDocument(document);
    const known = byHash.get(hash);
    for (const id of known ?? []) {
      const other = documents[id];
      if (other !== undefined && sameDocument(document, other)) return id;
    }
    documents.push(document);
    if (known === undefined) byHash.set(hash, [documents.length - 1]);
    else known.push(documents.length - 1);
    return documents.length - 1;
  };
}

/** Equal hashes are compared in full, so a weak hash costs time, never truth. */
function hashDocument({ statements }: PolicyDocument): number {
  let hash = 0x811c9dc5;
  for (const { effect, action, resource } of statements) {
    hash = hashText(hash, effect);
    for (const pattern of action.patterns) hash = hashText(hash, pattern);
    for (const pattern of resource?.patterns ?? []) hash = hashText(hash, pattern);
  }
  return hash >>> 0;
}

/** FNV-1a over code units. */
export function hashText(seed: number, text: string, end = text.length): number {
  let hash = seed;
  for (let i = 0; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ 0x1f, 0x01000193);
}

function sameDocument(a: PolicyDocument, b: PolicyDocument): boolean {
  if (a.version !== b.version || a.statements.length !== b.statements.length) return false;
  return a.statements.every((statement, i) => sameStatement(statement, b.statements[i]));
}

function sameStatement(a: Statement, b: Statement | undefined): boolean {
  return b !== undefined && (a === b || JSON.stringify(a) === JSON.stringify(b));
}
