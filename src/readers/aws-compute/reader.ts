import { principalId } from "../../core/estate/index.js";
import {
  draftReading,
  isRecord,
  listOf,
  secretNames,
  textOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";
import { splitFunctionArn } from "../aws-resource-policies/index.js";
import type { EstateReader } from "../estate-reader.js";
import {
  applyDomain,
  applyFunction,
  applyInstance,
  applySecurityGroup,
  applyTaskDefinition,
} from "./shapes.js";
import { accountSettings } from "./account-settings.js";
import { each, ec2Arn, ofItems, type Shape } from "./listing.js";
import { networkListings } from "./networks.js";
import { storageListings } from "./storage-listings.js";

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
        .tagList(value["Tags"]);
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
      task.tagList(value["tags"]);
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
        service.tagList(item["tags"]);
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
  ...networkListings,
  ...storageListings,
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
