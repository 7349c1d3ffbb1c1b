import { booleanOf, isRecord, listOf, pick, textOf, textsOf } from "../drafting/index.js";
import { each, ec2Arn, ofItems, owned, placeHint, type Shape } from "./listing.js";
import { applyDatabase } from "./shapes.js";

/** Snapshots, images and databases, and whom they are shared with. */
export const storageListings: readonly Shape[] = [
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
        snapshot.tagList(item["Tags"]);
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
        image.tagList(item["Tags"]);
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
  {
    matches: ofItems("DBSubnetGroups", "DBSubnetGroupArn"),
    read: (value, draft) => {
      each(value, "DBSubnetGroups", draft, (item, place) => {
        draft.count("subnetGroups");
        const group = draft.resource(
          textOf(item["DBSubnetGroupArn"]) ?? "",
          { kind: "rds:subnet-group" },
          place,
        );
        const ids = listOf(item["Subnets"]).flatMap((subnet) =>
          isRecord(subnet) ? (textOf(subnet["SubnetIdentifier"]) ?? []) : [],
        );
        group.set("subnets", ids, place.at("Subnets"));
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
];

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
        snapshot.tagList(item["TagList"]);
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
