/**
 * The services of IAM whose actions the check's own actions are.
 * @param {import("./index.mjs").Check} check
 */
export function serviceOf(check) {
  const named = [...check.derivedActions, ...check.creationActions].map(
    (action) => action.split(":")[0] ?? "",
  );
  const own = named.filter(
    (service) => service !== "ec2" || check.service === "ec2" || check.service === "vpc",
  );
  return [...new Set(own.length === 0 ? [check.service] : own)];
}
