import { awsAccount, principalId } from "../../core/estate/index.js";
import {
  booleanOf,
  draftReading,
  isRecord,
  listOf,
  pick,
  secretNames,
  tagsOf,
  textOf,
  textsOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";
import { splitFunctionArn } from "../aws-resource-policies/index.js";
import type { EstateReader } from "../estate-reader.js";
import {
  applyDatabase,
  applyDomain,
  applyFunction,
  applyInstance,
  applySecurityGroup,
  applyTaskDefinition,
} from "./shapes.js";
import { accountSettings } from "./account-settings.js";

type Read = (value: JsonRecord, draft: Draft) => void;
interface Shape {
  readonly matches: (value: JsonRecord) => boolean;
  readonly read: Read;
}

/** `describe-` and `list-` answers about what runs and what is stored. */
export const computeReader: EstateReader = {
  kind: "aws-compute",
  title: "AWS compute, database and snapshot listing",
  recognises: ({ value }) => isRecord(value) && shapes.some((shape) => shape.matches(value)),
  read({ value }, context) {
    const draft = draftReading(context);
    if (isRecord(value)) shapes.find((shape) => shape.matches(value))?.read(value, draft);
    return draft.reading();
  },
};

const ofItems =
  (member: string, mark: string) =>
  (value: JsonRecord): boolean => {
    const items = value[member];
    return Array.isArray(items) && listOf(items).every((item) => isRecord(item) && mark in item);
  };

function each(
  value: JsonRecord,
  member: string,
  draft: Draft,
  read: (item: JsonRecord, place: Place) => void,
): void {
  listOf(value[member]).forEach((item, index) => {
    if (isRecord(item)) read(item, draft.root.at(member, index));
  });
}

const placeHint = "put account and Region into the path, e.g. `222222222222/eu-west-1/security-groups.json`";

/** An EC2 ARN; the listing states neither account nor Region for every kind. Rejects when one stays open. */
function ec2Arn(
  draft: Draft,
  place: Place,
  type: string,
  id: string,
  owner?: string,
  zone?: string,
): string | undefined {
  const region = zone?.replace(/[a-z]$/, "") ?? draft.context.regionHint;
  const account = type === "snapshot" || type === "image" ? "" : (owner ?? draft.context.accountHint);
  if (region !== undefined && account !== undefined) return `arn:aws:ec2:${region}:${account}:${type}/${id}`;
  draft.reject(place, `the ${region === undefined ? "Region" : "account"} of \`${id}\` is not stated`, {
    hint: placeHint,
  });
  return undefined;
}

const owned = (owner: string | undefined): { account?: ReturnType<typeof awsAccount> } =>
  owner !== undefined && /^\d{12}$/.test(owner) ? { account: awsAccount(owner) } : {};

const shapes: readonly Shape[] = [
  {
    matches: ofItems("Functions", "FunctionArn"),
    read: (value, draft) => {
      each(value, "Functions", draft, (item, place) => readFunction(item, draft, place));
    },
  },
  {
    matches: (value) => isRecord(value["Configuration"]) && "FunctionArn" in value["Configuration"],
    read: (value, draft) => {
      const configuration = value["Configuration"];
      if (!isRecord(configuration)) return;
      const place = draft.root.at("Configuration");
      readFunction(configuration, draft, place);
      draft
        .resource(
          splitFunctionArn(textOf(configuration["FunctionArn"]) ?? "").id,
          { kind: "lambda:function" },
          place,
        )
        .tags(tagsOf(value["Tags"]));
    },
  },
  {
    matches: (value) => "FunctionArn" in value && "Runtime" in value && "Role" in value,
    read: (value, draft) => {
      readFunction(value, draft, draft.root);
    },
  },
  {
    matches: (value) =>
      Array.isArray(value["FunctionUrlConfigs"]) || ("FunctionUrl" in value && "AuthType" in value),
    read: (value, draft) => {
      const single = "FunctionUrl" in value;
      const items = single ? [value] : listOf(value["FunctionUrlConfigs"]);
      if (items.length === 0)
        draft.reject(draft.root, "an empty list of URLs does not name its function", {
          hint: "leave it out, or state `url.authType: absent-url` in a native estate document",
        });
      items.forEach((item, index) => {
        const arn = isRecord(item) ? textOf(item["FunctionArn"]) : undefined;
        if (!isRecord(item) || arn === undefined) return;
        const place = single ? draft.root : draft.root.at("FunctionUrlConfigs", index);
        draft
          .resource(splitFunctionArn(arn).id, { kind: "lambda:function" }, place)
          .set("url.authType", textOf(item["AuthType"]), place.at("AuthType"));
        draft.count("urls");
      });
    },
  },
  {
    matches: (value) => isRecord(value["taskDefinition"]) && "taskDefinitionArn" in value["taskDefinition"],
    read: (value, draft) => {
      const record = value["taskDefinition"];
      if (!isRecord(record)) return;
      const place = draft.root.at("taskDefinition");
      const task = draft.resource(
        textOf(record["taskDefinitionArn"]) ?? "",
        { kind: "ecs:task-definition" },
        place,
      );
      draft.count("containers", applyTaskDefinition(draft, task, record, place));
      task.tags(tagsOf(value["tags"]));
    },
  },
  {
    matches: ofItems("tasks", "taskArn"),
    read: (value, draft) => {
      each(value, "tasks", draft, (item, place) => {
        const task = draft.resource(textOf(item["taskArn"]) ?? "", { kind: "ecs:task" }, place);
        task.set("taskDefinition", textOf(item["taskDefinitionArn"]), place.at("taskDefinitionArn"));
        const overrides = isRecord(item["overrides"]) ? textOf(item["overrides"]["taskRoleArn"]) : undefined;
        if (overrides !== undefined) task.runsAs(principalId(overrides));
        draft.count("tasks");
      });
    },
  },
  {
    matches: ofItems("services", "serviceArn"),
    read: (value, draft) => {
      each(value, "services", draft, (item, place) => {
        const service = draft.resource(textOf(item["serviceArn"]) ?? "", { kind: "ecs:service" }, place);
        service.set("taskDefinition", textOf(item["taskDefinition"]), place.at("taskDefinition"));
        service.tags(tagsOf(item["tags"]));
        draft.count("services");
      });
    },
  },
  {
    matches: ofItems("IamInstanceProfileAssociations", "InstanceId"),
    read: (value, draft) => {
      each(value, "IamInstanceProfileAssociations", draft, (item, place) => {
        const profile = isRecord(item["IamInstanceProfile"])
          ? textOf(item["IamInstanceProfile"]["Arn"])
          : undefined;
        const account = profile?.split(":")[4];
        draft.count("associations");
        // A profile on its way out no longer lends its role.
        if (profile === undefined || !/^associat(ed|ing)$/.test(textOf(item["State"]) ?? "associated"))
          return;
        const arn = ec2Arn(draft, place, "instance", textOf(item["InstanceId"]) ?? "", account);
        if (arn !== undefined)
          draft
            .resource(arn, { kind: "ec2:instance" }, place)
            .set("instanceProfile", profile, place.at("IamInstanceProfile", "Arn"));
      });
    },
  },
  {
    matches: ofItems("Reservations", "Instances"),
    read: (value, draft) => {
      each(value, "Reservations", draft, (reservation, place) => {
        listOf(reservation["Instances"]).forEach((item, index) => {
          if (!isRecord(item)) return;
          const at = place.at("Instances", index);
          const zone = isRecord(item["Placement"])
            ? textOf(item["Placement"]["AvailabilityZone"])
            : undefined;
          draft.count("instances");
          const state = isRecord(item["State"]) ? textOf(item["State"]["Name"]) : undefined;
          if (state === "terminated") return;
          const arn = ec2Arn(
            draft,
            at,
            "instance",
            textOf(item["InstanceId"]) ?? "",
            textOf(reservation["OwnerId"]),
            zone,
          );
          if (arn !== undefined) applyInstance(draft.resource(arn, { kind: "ec2:instance" }, at), item, at);
        });
      });
    },
  },
  {
    matches: (value) => isRecord(value["UserData"]) && typeof value["InstanceId"] === "string",
    read: (value, draft) => {
      const arn = ec2Arn(draft, draft.root, "instance", textOf(value["InstanceId"]) ?? "");
      const encoded = isRecord(value["UserData"]) ? textOf(value["UserData"]["Value"]) : undefined;
      draft.count("userData");
      if (arn === undefined) return;
      const lines = Buffer.from(encoded ?? "", "base64")
        .toString("utf8")
        .split(/[\n;]/);
      const pairs = lines.flatMap((line) => {
        const found = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[=:]\s*["']?([^"'\s]+)/.exec(line);
        return found === null ? [["", line] as const] : [[found[1] ?? "", found[2] ?? ""] as const];
      });
      draft
        .resource(arn, { kind: "ec2:instance" }, draft.root)
        .set("userDataSecrets", secretNames(pairs).length > 0, draft.root.at("UserData"));
    },
  },
  {
    matches: ofItems("SecurityGroups", "GroupId"),
    read: (value, draft) => {
      each(value, "SecurityGroups", draft, (item, place) => {
        const arn =
          textOf(item["SecurityGroupArn"]) ??
          ec2Arn(draft, place, "security-group", textOf(item["GroupId"]) ?? "", textOf(item["OwnerId"]));
        draft.count("securityGroups");
        if (arn !== undefined)
          applySecurityGroup(
            draft.resource(arn, { kind: "ec2:security-group", name: textOf(item["GroupName"]) ?? "" }, place),
            item,
            place,
          );
      });
    },
  },
  {
    matches: ofItems("Snapshots", "SnapshotId"),
    read: (value, draft) => {
      each(value, "Snapshots", draft, (item, place) => {
        draft.count("snapshots");
        const arn = ec2Arn(draft, place, "snapshot", textOf(item["SnapshotId"]) ?? "");
        if (arn === undefined) return;
        const snapshot = draft.resource(
          arn,
          { kind: "ec2:snapshot", ...owned(textOf(item["OwnerId"])) },
          place,
        );
        snapshot.set("encrypted", booleanOf(item["Encrypted"]), place.at("Encrypted"));
        snapshot.tags(tagsOf(item["Tags"]));
      });
    },
  },
  permissionShape("CreateVolumePermissions", "SnapshotId", "snapshot"),
  {
    matches: ofItems("Images", "ImageId"),
    read: (value, draft) => {
      each(value, "Images", draft, (item, place) => {
        draft.count("images");
        const arn = ec2Arn(draft, place, "image", textOf(item["ImageId"]) ?? "");
        if (arn === undefined) return;
        const image = draft.resource(arn, { kind: "ec2:image", ...owned(textOf(item["OwnerId"])) }, place);
        image.set("public", booleanOf(item["Public"]), place.at("Public"));
        const disks = listOf(item["BlockDeviceMappings"]).flatMap((disk) =>
          isRecord(disk) && isRecord(disk["Ebs"]) ? [booleanOf(disk["Ebs"]["Encrypted"])] : [],
        );
        if (disks.length > 0 && !disks.includes(undefined))
          image.set("encrypted", disks.includes(true), place.at("BlockDeviceMappings"));
        image.tags(tagsOf(item["Tags"]));
      });
    },
  },
  permissionShape("LaunchPermissions", "ImageId", "image"),
  {
    matches: ofItems("DBInstances", "DBInstanceArn"),
    read: (value, draft) => {
      each(value, "DBInstances", draft, (item, place) => {
        draft.count("dbInstances");
        applyDatabase(
          draft.resource(textOf(item["DBInstanceArn"]) ?? "", { kind: "rds:db-instance" }, place),
          item,
          place,
        );
      });
    },
  },
  databaseSnapshots("DBSnapshots", "DBSnapshotArn", "rds:snapshot", "Encrypted"),
  databaseSnapshots("DBClusterSnapshots", "DBClusterSnapshotArn", "rds:cluster-snapshot", "StorageEncrypted"),
  databaseAttributes(
    "DBSnapshotAttributesResult",
    "DBSnapshotIdentifier",
    "DBSnapshotAttributes",
    "snapshot",
    "rds:snapshot",
  ),
  databaseAttributes(
    "DBClusterSnapshotAttributesResult",
    "DBClusterSnapshotIdentifier",
    "DBClusterSnapshotAttributes",
    "cluster-snapshot",
    "rds:cluster-snapshot",
  ),
  {
    matches: (value) => isRecord(value["DomainStatus"]) || ofItems("DomainStatusList", "ARN")(value),
    read: (value, draft) => {
      const single = value["DomainStatus"];
      const readDomain = (item: JsonRecord, place: Place): void => {
        draft.count("domains");
        const arn = textOf(item["ARN"]);
        if (arn !== undefined)
          applyDomain(draft.resource(arn, { kind: "opensearch:domain" }, place), item, place);
      };
      if (isRecord(single)) readDomain(single, draft.root.at("DomainStatus"));
      else each(value, "DomainStatusList", draft, readDomain);
    },
  },
  ...accountSettings,
];

function readFunction(item: JsonRecord, draft: Draft, place: Place): void {
  const { id, qualifier } = splitFunctionArn(textOf(item["FunctionArn"]) ?? "");
  draft.count("functions");
  // A published version keeps its own variables: only the current one speaks for the function.
  if (qualifier !== "") return;
  applyFunction(draft, draft.resource(id, { kind: "lambda:function" }, place), item, place);
}

/** `describe-snapshot-attribute` and `describe-image-attribute`: the group `all` makes it public. */
function permissionShape(member: string, idName: string, type: "snapshot" | "image"): Shape {
  return {
    matches: (value) => Array.isArray(value[member]) && typeof value[idName] === "string",
    read: (value, draft) => {
      draft.count("attributes");
      const arn = ec2Arn(draft, draft.root, type, textOf(value[idName]) ?? "");
      if (arn === undefined) return;
      const isPublic = listOf(value[member]).some((item) => isRecord(item) && item["Group"] === "all");
      const account = draft.context.accountHint;
      draft
        .resource(arn, { kind: `ec2:${type}`, ...owned(account) }, draft.root)
        .set("public", isPublic, draft.root.at(member));
    },
  };
}

function databaseSnapshots(member: string, arnName: string, kind: string, encrypted: string): Shape {
  return {
    matches: ofItems(member, arnName),
    read: (value, draft) => {
      each(value, member, draft, (item, place) => {
        draft.count(member.charAt(0).toLowerCase() + member.slice(1));
        const snapshot = draft.resource(textOf(item[arnName]) ?? "", { kind }, place);
        snapshot.set("encrypted", booleanOf(item[encrypted]), place.at(encrypted));
        snapshot.set("snapshotType", textOf(item["SnapshotType"]), place.at("SnapshotType"));
        snapshot.tags(tagsOf(item["TagList"]));
      });
    },
  };
}

function databaseAttributes(
  member: string,
  idName: string,
  listName: string,
  type: string,
  kind: string,
): Shape {
  return {
    matches: (value) => isRecord(value[member]),
    read: (value, draft) => {
      const result = value[member];
      if (!isRecord(result)) return;
      const id = textOf(result[idName]) ?? "";
      const { accountHint, regionHint } = draft.context;
      const arn = id.startsWith("arn:")
        ? id
        : accountHint === undefined || regionHint === undefined
          ? undefined
          : `arn:aws:rds:${regionHint}:${accountHint}:${type}:${id}`;
      draft.count("attributes");
      if (arn === undefined) {
        draft.reject(draft.root.at(member), `the account and Region of \`${id}\` are not stated`, {
          hint: placeHint,
        });
        return;
      }
      const restore = listOf(result[listName])
        .filter(isRecord)
        .find((item) => item["AttributeName"] === "restore");
      const values = restore === undefined ? [] : textsOf(pick(restore, "AttributeValues"));
      draft
        .resource(arn, { kind }, draft.root.at(member))
        .set("public", values.includes("all"), draft.root.at(member, listName));
    },
  };
}
