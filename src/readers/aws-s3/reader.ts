import {
  draftReading,
  isRecord,
  listOf,
  pick,
  textOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { accountDraft, applyAccessBlock, applyBucket, bucketDraft, errorOf } from "./apply.js";
import { bucketOfPath, bucketOfPolicy, saysAccount } from "./bucket-name.js";
import { ownershipOf, publicGrants, setAccessBlock } from "./settings.js";
import { shapeOf, type Shape } from "./shape.js";

const nameHint =
  "name the bucket: file `bucket-policy-NAME.json`, `bucket-acl-NAME.json` or `public-access-block-NAME.json`, a folder named after it, or the assembled form of docs/estate-documents.md";

/** Answers of `aws s3api` and `aws s3control`, and the assembled form of `docs/estate-documents.md`. */
export const s3Reader: EstateReader = {
  kind: "aws-s3",
  title: "S3 bucket settings",
  recognises: (document) => shapeOf(document) !== undefined,
  read(document, context) {
    const draft = draftReading(context);
    const value = document.value;
    const shape = shapeOf(document);
    if (shape !== undefined && isRecord(value)) readers[shape](value, draft, context.source.path);
    return draft.reading();
  },
};

const readers: { readonly [Name in Shape]: (value: JsonRecord, draft: Draft, path: string) => void } = {
  assembled(value, draft) {
    const account = value["account"];
    if (isRecord(account)) {
      const place = draft.root.at("account", "publicAccessBlock");
      const digits = textOf(account["id"])?.replace(/^aws:/, "") ?? draft.context.accountHint;
      if (digits === undefined || !/^\d{12}$/.test(digits)) {
        draft.reject(place, "the account of this block is not stated", {
          hint: "write `account: {id: …}` or pass --account",
        });
      } else if (
        applyAccessBlock(
          draft,
          accountDraft(draft, digits, place),
          "s3.publicAccessBlock.",
          account["publicAccessBlock"],
          place,
        )
      ) {
        draft.count("accounts");
      }
    }
    const named = isRecord(value["buckets"]) ? value["buckets"] : undefined;
    const top = named === undefined ? draft.root : draft.root.at("buckets");
    for (const [name, settings] of Object.entries(named ?? value)) {
      if (isRecord(settings) && (named !== undefined || name !== "account"))
        applyBucket(draft, name, settings, top.at(name));
    }
  },

  "named-policy"(value, draft) {
    const name = textOf(value["bucket"]) ?? "";
    bucketDraft(draft, name.replace(/^arn:[a-z-]+:s3:::/, ""), draft.root).policy(
      value["policy"],
      draft.root.at("policy"),
      "bucket policy",
    );
    countStatements(value["policy"], draft);
  },

  policy(value, draft, path) {
    readPolicy(
      value["Policy"],
      draft.root.at("Policy"),
      draft,
      path,
      textOf(pick(value, "Bucket", "BucketName")),
    );
  },

  "bare-policy"(value, draft, path) {
    readPolicy(value, draft.root, draft, path, undefined);
  },

  acl(value, draft, path) {
    const bucket = textOf(pick(value, "Bucket", "BucketName")) ?? bucketOfPath(path);
    if (bucket === undefined) {
      draft.reject(draft.root, "this ACL does not name its bucket", { hint: nameHint });
      return;
    }
    const grants = publicGrants(value["Grants"]);
    bucketDraft(draft, bucket, draft.root).set("acl.publicGrants", grants, draft.root.at("Grants"));
    draft.count("grants", listOf(value["Grants"]).length);
  },

  ownership(value, draft, path) {
    const bucket = textOf(pick(value, "Bucket", "BucketName")) ?? bucketOfPath(path);
    if (bucket === undefined) {
      draft.reject(draft.root, "these ownership controls do not name their bucket", {
        hint: nameHint,
      });
      return;
    }
    const ownership = ownershipOf(value);
    if (ownership === undefined) {
      draft.reject(draft.root.at("OwnershipControls"), "no ownership rule");
      return;
    }
    bucketDraft(draft, bucket, draft.root).set(
      "ownershipControls",
      ownership,
      draft.root.at("OwnershipControls"),
    );
    draft.count("ownershipControls");
  },

  "access-block"(value, draft, path) {
    const bucket = textOf(pick(value, "Bucket", "BucketName")) ?? bucketOfPath(path);
    const stated = textOf(pick(value, "AccountId"));
    const account = stated ?? (saysAccount(path) ? draft.context.accountHint : undefined);
    if (bucket !== undefined) {
      if (
        applyAccessBlock(
          draft,
          bucketDraft(draft, bucket, draft.root),
          "publicAccessBlock.",
          value,
          draft.root,
        )
      )
        draft.count("configurations");
      return;
    }
    if (account !== undefined) {
      if (
        applyAccessBlock(
          draft,
          accountDraft(draft, account, draft.root),
          "s3.publicAccessBlock.",
          value,
          draft.root,
        )
      )
        draft.count("configurations");
      return;
    }
    // Bucket and account level have the same shape: a guess could switch a guard rail on that is not there.
    draft.reject(draft.root, "this public access block says neither its bucket nor its account", {
      hint: `${nameHint}; for a whole account: file \`account-public-access-block-ACCOUNT.json\`, or folder \`s3control\` below one named after the account`,
    });
  },

  error(value, draft, path) {
    readError(errorOf(value) ?? {}, draft, path);
  },

  "access-points"(value, draft) {
    const ofBucket = new Map<string, string[]>();
    listOf(value["AccessPointList"]).forEach((item, index) => {
      const place = draft.root.at("AccessPointList", index);
      const id = isRecord(item) ? readAccessPoint(item, draft, place) : undefined;
      const bucket = isRecord(item) ? textOf(item["Bucket"]) : undefined;
      if (id !== undefined && bucket !== undefined)
        ofBucket.set(bucket, [...(ofBucket.get(bucket) ?? []), id]);
    });
    if (textOf(value["NextToken"]) !== undefined) {
      draft.reject(draft.root, "the list goes on: a page is missing", { hint: "collect all pages" });
      return;
    }
    for (const [bucket, ids] of ofBucket)
      bucketDraft(draft, bucket, draft.root).set(
        "accessPoints",
        ids.sort(),
        draft.root.at("AccessPointList"),
      );
  },

  "access-point"(value, draft) {
    readAccessPoint(value, draft, draft.root);
  },

  buckets(value, draft) {
    listOf(value["Buckets"]).forEach((item, index) => {
      const name = isRecord(item) ? textOf(item["Name"]) : undefined;
      if (name === undefined) return;
      bucketDraft(draft, name, draft.root.at("Buckets", index));
      draft.count("buckets");
    });
    const account = draft.context.accountHint;
    const whole = textOf(value["ContinuationToken"]) === undefined && textOf(value["Prefix"]) === undefined;
    if (account !== undefined && whole) draft.cover("inventory", `aws:${account}/s3:bucket`, draft.root);
  },
};

function readPolicy(
  policy: unknown,
  place: Place,
  draft: Draft,
  path: string,
  stated: string | undefined,
): void {
  const own = bucketOfPolicy(policy);
  const name = stated ?? own?.name ?? bucketOfPath(path);
  if (name === undefined) {
    draft.reject(place, "this policy does not name its bucket", { hint: nameHint });
    return;
  }
  bucketDraft(draft, name, draft.root, own?.partition).policy(policy, place, "bucket policy");
  countStatements(policy, draft);
}

function countStatements(policy: unknown, draft: Draft): void {
  const use = draftReading(draft.context).policyUse(policy, draft.root, "bucket policy");
  draft.count("statements", use?.document.statements.length ?? 0);
}

function readAccessPoint(item: JsonRecord, draft: Draft, place: Place): string | undefined {
  const name = textOf(item["Name"]);
  const { accountHint, regionHint } = draft.context;
  const made =
    name === undefined || accountHint === undefined || regionHint === undefined
      ? undefined
      : `arn:aws:s3:${regionHint}:${accountHint}:accesspoint/${name}`;
  const arn = textOf(item["AccessPointArn"]) ?? made;
  if (arn === undefined) {
    draft.reject(place, `the account and Region of access point \`${name ?? "?"}\` are not stated`, {
      hint: "keep `AccessPointArn`, or put account and Region into the path",
    });
    return undefined;
  }
  const point = draft.resource(
    arn,
    { kind: "s3:access-point", ...(name === undefined ? {} : { name }) },
    place,
  );
  const bucket = textOf(item["Bucket"]);
  if (bucket !== undefined) point.set("bucket", `arn:aws:s3:::${bucket}`, place.at("Bucket"));
  point.set(
    "networkOrigin",
    textOf(item["NetworkOrigin"]) === "VPC" ? "VPC" : textOf(item["NetworkOrigin"]),
    place.at("NetworkOrigin"),
  );
  setAccessBlock(
    point,
    "publicAccessBlock.",
    item["PublicAccessBlockConfiguration"],
    place.at("PublicAccessBlockConfiguration"),
  );
  draft.count("accessPoints");
  return arn;
}

function readError(error: JsonRecord, draft: Draft, path: string): void {
  const code = textOf(error["Code"]) ?? "";
  const place = draft.root.at("Error");
  const bucket = textOf(error["BucketName"]) ?? bucketOfPath(path);
  const account = textOf(error["AccountId"]) ?? (saysAccount(path) ? draft.context.accountHint : undefined);
  if (
    code === "NoSuchPublicAccessBlockConfiguration" &&
    account !== undefined &&
    textOf(error["BucketName"]) === undefined
  ) {
    setAccessBlock(accountDraft(draft, account, place), "s3.publicAccessBlock.", "none", place);
  } else if (code === "NoSuchPublicAccessBlockConfiguration" && bucket !== undefined) {
    setAccessBlock(bucketDraft(draft, bucket, place), "publicAccessBlock.", "none", place);
  } else if (code === "NoSuchBucketPolicy" && bucket !== undefined) {
    bucketDraft(draft, bucket, place).noPolicy(place);
  } else if (code === "OwnershipControlsNotFoundError" && bucket !== undefined) {
    bucketDraft(draft, bucket, place).set("ownershipControls", "none", place);
  } else if (code === "NoSuchAccessPointPolicy") {
    const name = textOf(error["AccessPointName"]);
    const { accountHint, regionHint } = draft.context;
    if (name === undefined || accountHint === undefined || regionHint === undefined) {
      draft.reject(place, `the account and Region of access point \`${name ?? "?"}\` are not stated`, {
        hint: "put the account and the Region into the path",
      });
      return;
    }
    const arn = `arn:aws:s3:${regionHint}:${accountHint}:accesspoint/${name}`;
    draft.resource(arn, { kind: "s3:access-point", name }, place).noPolicy(place);
  } else {
    const missing = code === "NoSuchBucket" || code === "NoSuchAccessPoint";
    draft.reject(
      place,
      missing
        ? `AWS answered \`${code}\`: nothing was collected`
        : `\`${code}\` does not name its bucket or account`,
      { hint: nameHint },
    );
    return;
  }
  draft.count("errors");
}
