/**
 * One spelling for the ids that Trivy writes in three ways over its versions: `AVD-AWS-0086`, `AWS-0086`; `KSV001`,
 * `KSV-0001`, `AVD-KSV-0001` (pitfall 20: a rename is no new finding).
 */
export function misconfigurationId(id: string): string {
  const [, family, number] = /^(?:AVD-)?([A-Z]+(?:-[A-Z]+)*)-?0*(\d+)$/.exec(id) ?? [];
  return family === undefined || number === undefined ? id : `${family}-${number.padStart(4, "0")}`;
}
