/** The last part of an ARN or id, as people say it; a session name after `#` stays. */
export function briefly(id: string): string {
  const hash = id.lastIndexOf("#");
  const plain = hash < 0 ? id : id.slice(0, hash);
  if (/^arn:[^:]+:iam::\d{12}:root$/.test(plain)) return `root of ${plain.split(":")[4] ?? ""}`;
  return plain.startsWith("arn:") || plain.startsWith("aws:arn:")
    ? plain.slice(Math.max(plain.lastIndexOf("/"), plain.lastIndexOf(":")) + 1)
    : plain;
}
