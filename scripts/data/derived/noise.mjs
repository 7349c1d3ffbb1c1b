// Actions that the sources name and that do not bring the finding back. Each rule says why; none names a check.
import { checkWords, subjectWords, verbAndNoun } from "./action-words.mjs";

/**
 * @typedef {import("./index.mjs").RuleInput} RuleInput
 * @typedef {{ name: string, why: string, drops: (action: string, input: RuleInput) => boolean }} NoiseRule
 */

/** @param {string} action */
const nounOf = (action) => verbAndNoun(action.split(":")[1] ?? "").noun;
/** @param {string} action */
const verbOf = (action) => verbAndNoun(action.split(":")[1] ?? "").verb;

/** A setting that must be there, not one that must be right. */
export const asksExistence = /_(exists?|found|redundancy|underneath|created)$|_in_all_|_endpoint_for_/;
/** A secret stands in content: whoever writes content puts it there, nobody by deleting. */
export const asksSecrets = /(^|_)(no_)?(secrets?|sensitive_credentials)(_|$)/;

/** @type {readonly NoiseRule[]} */
export const noiseRules = [
  {
    name: "other-setting",
    why: "found by what the check's service reads besides: it sets another part of the resource",
    drops(action, { check, own }) {
      if (!check.derivation.includes("evidence") || !check.derivation.includes("cli")) return false;
      if (own.has(action)) return false;
      const noun = nounOf(action);
      if (/public|cross_account|exposed/.test(check.id))
        return (
          !/(?<!Backup|Lifecycle)Policy|Acl|PublicAccess|Permission/.test(noun) || ofObject(action, check)
        );
      const resource = new Set(checkWords(kebab(check.resourceType)));
      const words = subjectWords(noun).filter((word) => !resource.has(word));
      const asked = new Set(checkWords(check.id));
      return !words.some((word) => asked.has(word));
    },
  },
  {
    name: "staged",
    why: "a variant for a staged copy; the plain action is there",
    drops: (action, { actions }) =>
      /With[A-Z]/.test(action) && actions.has(action.slice(0, action.search(/With[A-Z]/))),
  },
  {
    name: "version-update",
    why: "a change of version sets no other property",
    drops: (action, { check }) =>
      /:Update\w+Version$/.test(action) && !/version/.test(check.id) && !check.derivation.includes("cli"),
  },
  {
    name: "existence",
    why: "a thing that must exist does not cease to by being changed",
    drops: (action, { check }) =>
      asksExistence.test(check.id) &&
      /^(Update|Modify)$/.test(verbOf(action)) &&
      check.fixOperations.some((fix) => nounOf(fix) === nounOf(action) && verbOf(fix) === "Create"),
  },
  {
    name: "rebuild",
    why: "what cannot be changed is mended by making it anew; deleting it brings nothing back",
    drops: (action, { check }) =>
      /encrypt|_pqc_|imdsv2|deployment_mode|extended_support/.test(check.id) &&
      /^(Delete|Stop)$/.test(verbOf(action)) &&
      check.fixOperations.some((fix) => verbOf(fix) === "Create" && nounOf(fix) === nounOf(action)),
  },
  {
    name: "association",
    why: "an association ends by ending it, not by changing what is associated",
    drops: (action, { check }) =>
      verbOf(action) === "Update" &&
      check.fixOperations.some((fix) => verbOf(fix) === "Associate" && nounOf(fix) === nounOf(action)),
  },
  {
    name: "registration",
    why: "registering is the fix; the way back is to deregister",
    drops: (action, { actions }) =>
      verbOf(action) === "Register" && actions.has(action.replace(":Register", ":Deregister")),
  },
  {
    name: "attached-policy",
    why: "the check reads attached managed policies: an inline policy is another finding",
    drops: (action, { check }) =>
      /:Put(User|Role|Group)Policy$/.test(action) &&
      check.fixOperations.some((fix) => /:Detach(User|Role|Group)Policy$/.test(fix)),
  },
  {
    name: "secret-content",
    why: "nobody writes a secret by deleting, and not by the store it should have gone to",
    drops: (action, { check, actions }) =>
      asksSecrets.test(check.id) &&
      (verbOf(action) === "Delete" ||
        (/^(iam|secretsmanager):/.test(action) &&
          [...actions].some((other) => !/^(iam|secretsmanager):/.test(other)))),
  },
  {
    name: "route-table",
    why: "the routes of the table are asked, not which subnets use it",
    drops: (action, { check }) =>
      /routing_tables?|route_tables?_with/.test(check.id) && /RouteTable(Association)?$/.test(action),
  },
  {
    name: "role-trust",
    why: "the content of a permission policy is asked, not the trust of a role",
    drops: (action, { check }) =>
      action === "iam:UpdateAssumeRolePolicy" && check.fixOperations.includes("iam:CreatePolicyVersion"),
  },
  {
    name: "user-attachment",
    why: "only what is attached to a user fails",
    drops: (action, { check }) => /only_to_group/.test(check.id) && /:Attach(Role|Group)Policy$/.test(action),
  },
  {
    name: "account-level",
    why: "the block of the account is asked, not that of one bucket",
    drops: (action, { check }) =>
      /_account_level_/.test(check.id) && action === "s3:PutBucketPublicAccessBlock",
  },
  {
    name: "scan-setting",
    why: "the setting of the scanner is asked, not the images",
    drops: (action, { check }) => /scan_images_on_push/.test(check.id) && action === "ecr:PutImage",
  },
  {
    name: "other-resource",
    why: "a looser match named the setters of several kinds of resource: those whose kind the check names stay",
    drops(action, { check, actions }) {
      if (check.derivation.join() !== "evidence-weak" || actions.size < 2) return false;
      const asked = checkWords(check.id);
      /** @param {string} each */
      const named = (each) =>
        subjectWords(nounOf(each)).every((word) =>
          asked.some((other) => other.startsWith(word) || word.startsWith(other)),
        );
      const resource = new RegExp(subjectWords(nounOf(action)).join(".*"));
      return [...actions].some((each) => named(each)) && !(named(action) && resource.test(firstWords(check)));
    },
  },
];

/**
 * `s3:PutObjectAcl` opens an object, which a check of buckets does not look at.
 * @param {string} action
 * @param {RuleInput["check"]} check
 */
const ofObject = (action, check) => /Object/.test(action) && !/object/.test(check.id);

/**
 * The beginning of the id, which names the resource: `glue_etl_jobs_job_bookmark_…`.
 * @param {RuleInput["check"]} check
 */
const firstWords = (check) => checkWords(check.id).slice(1, 4).join(" ");

/** @param {string} type `AwsS3Bucket` */
const kebab = (type) =>
  (type.replace(/^Aws/, "").match(/[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+/g) ?? []).join("_").toLowerCase();
