import type { JsonValue } from "../../core/estate/index.js";
import { isRecord, listOf, parseJson, secretNames, textOf } from "../drafting/index.js";
import { arnOf, type Attributes, type Declare } from "./attributes.js";
import { regional } from "./storage.js";

interface IngressRule {
  readonly protocol: string | undefined;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly cidrs: readonly string[];
  readonly prefixLists: readonly string[];
  readonly groups: readonly string[];
}

function ingress(rule: IngressRule): JsonValue {
  return {
    protocol: rule.protocol ?? "-1",
    fromPort: rule.fromPort ?? null,
    toPort: rule.toPort ?? null,
    cidrs: rule.cidrs,
    prefixLists: rule.prefixLists,
    groups: rule.groups,
  };
}

const some = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

function blockRule(a: Attributes, own: string | undefined): JsonValue {
  return ingress({
    protocol: a.text("protocol"),
    fromPort: a.number("from_port"),
    toPort: a.number("to_port"),
    cidrs: [...a.texts("cidr_blocks"), ...a.texts("ipv6_cidr_blocks")],
    prefixLists: a.texts("prefix_list_ids"),
    groups: [
      ...a.texts("security_groups"),
      ...some(a.text("source_security_group_id")),
      ...(a.flag("self") === true ? some(own) : []),
    ],
  });
}

const groupArn = (a: Attributes, id: string | undefined): string | undefined =>
  id === undefined ? undefined : (arnOf(a.home, "ec2", `security-group/${id}`) ?? id);

const securityGroup: Declare = (a) => {
  const id = a.text("id");
  return {
    target: a.text("arn") ?? groupArn(a, id),
    declares: {
      ingress: a.has("ingress") ? a.blocks("ingress").map((rule) => blockRule(rule, id)) : undefined,
      vpc: a.text("vpc_id"),
    },
  };
};

function metadata(a: Attributes): Record<string, JsonValue | undefined> {
  const options = a.block("metadata_options");
  return {
    "metadataOptions.httpTokens": options?.text("http_tokens"),
    "metadataOptions.httpEndpoint": options?.text("http_endpoint"),
    "metadataOptions.hopLimit": options?.number("http_put_response_hop_limit"),
  };
}

const variables = (
  record: Readonly<Record<string, unknown>> | undefined,
): readonly (readonly [string, string])[] =>
  Object.entries(record ?? {}).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );

const userDataSecrets = (a: Attributes): boolean | undefined => {
  const text = a.text("user_data");
  // The provider keeps a SHA-1 of plain user data: nothing can be said from that.
  if (text === undefined || /^[0-9a-f]{40}$/.test(text)) return undefined;
  const lines = text.split(/[\n;]/).flatMap((line) => {
    const found = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[=:]\s*["']?([^"'\s]+)/.exec(line);
    return found === null ? [] : [[found[1] ?? "", found[2] ?? ""] as const];
  });
  return secretNames(lines).length > 0;
};

export const computeDeclarations: Readonly<Record<string, Declare>> = {
  aws_security_group: securityGroup,
  aws_default_security_group: securityGroup,
  aws_security_group_rule: (a) => ({
    target: groupArn(a, a.text("security_group_id")),
    declares: {
      ingress: a.text("type") === "ingress" ? [blockRule(a, a.text("security_group_id"))] : undefined,
    },
  }),
  aws_vpc_security_group_ingress_rule: (a) => ({
    target: groupArn(a, a.text("security_group_id")),
    declares: {
      ingress: [
        ingress({
          protocol: a.text("ip_protocol"),
          fromPort: a.number("from_port"),
          toPort: a.number("to_port"),
          cidrs: [...some(a.text("cidr_ipv4")), ...some(a.text("cidr_ipv6"))],
          prefixLists: some(a.text("prefix_list_id")),
          groups: some(a.text("referenced_security_group_id")),
        }),
      ],
    },
  }),
  aws_instance: (a) => ({
    target:
      a.text("arn") ??
      (a.text("id") === undefined ? undefined : arnOf(a.home, "ec2", `instance/${a.text("id") ?? ""}`)),
    declares: {
      ...metadata(a),
      securityGroups: a.has("vpc_security_group_ids") ? a.texts("vpc_security_group_ids") : undefined,
      publicIp: a.text("public_ip"),
      subnet: a.text("subnet_id"),
      instanceProfile: a.text("iam_instance_profile"),
      userDataSecrets: userDataSecrets(a),
    },
  }),
  aws_launch_template: (a) => ({ target: a.text("arn"), declares: metadata(a) }),
  aws_launch_configuration: (a) => ({ target: a.text("arn"), declares: metadata(a) }),
  aws_ec2_instance_metadata_defaults: (a) =>
    regional(a, "ec2.instanceMetadataDefaults.httpTokens", a.text("http_tokens")),
  aws_lambda_function: (a) => {
    const environment = a.block("environment");
    const role = a.text("role");
    return {
      target: a.text("arn") ?? functionArn(a, a.text("function_name")),
      declares: {
        environmentSecrets: a.has("environment")
          ? secretNames(variables(environment?.map("variables")))
          : undefined,
        runsAs: role,
      },
    };
  },
  aws_lambda_function_url: (a) => ({
    target: a.text("function_arn") ?? functionArn(a, a.text("function_name")),
    declares: { "url.authType": a.text("authorization_type"), qualifier: a.text("qualifier") },
  }),
  aws_lambda_permission: lambdaPermission,
  aws_ecs_task_definition: (a) => {
    const containers = listOf(parseJson(a.text("container_definitions") ?? "")).filter(isRecord);
    const pairs = containers.flatMap((container) =>
      listOf(container["environment"]).flatMap((item) =>
        isRecord(item) ? [[textOf(item["name"]) ?? "", textOf(item["value"]) ?? ""] as const] : [],
      ),
    );
    return {
      target: a.text("arn"),
      declares: {
        environmentSecrets: a.has("container_definitions") ? secretNames(pairs) : undefined,
        runsAs: a.text("task_role_arn"),
      },
    };
  },
  aws_eks_cluster: (a) => {
    const vpc = a.block("vpc_config");
    return {
      target:
        a.text("arn") ??
        (a.text("name") === undefined ? undefined : arnOf(a.home, "eks", `cluster/${a.text("name") ?? ""}`)),
      declares: {
        endpointPublicAccess: vpc?.flag("endpoint_public_access"),
        publicAccessCidrs:
          vpc?.has("public_access_cidrs") === true ? vpc.texts("public_access_cidrs") : undefined,
        authenticationMode: a.block("access_config")?.text("authentication_mode"),
      },
    };
  },
};

function functionArn(a: Attributes, name: string | undefined): string | undefined {
  return name === undefined || name.startsWith("arn:") ? name : arnOf(a.home, "lambda", `function:${name}`);
}

/** One `AddPermission` statement as Lambda writes it into the function's policy. */
function lambdaPermission(a: Attributes): ReturnType<Declare> {
  const target = functionArn(a, a.text("function_name"))?.replace(/(:function:[^:]+):.*$/, "$1");
  const principal = a.text("principal");
  const action = a.text("action");
  if (principal === undefined || action === undefined) return { target, declares: {} };
  const equals = {
    "AWS:SourceAccount": a.text("source_account"),
    "aws:PrincipalOrgID": a.text("principal_org_id"),
    "lambda:FunctionUrlAuthType": a.text("function_url_auth_type"),
  };
  const stringEquals = Object.fromEntries(Object.entries(equals).filter(([, value]) => value !== undefined));
  const source = a.text("source_arn");
  const condition = {
    ...(Object.keys(stringEquals).length === 0
      ? {}
      : { StringEquals: stringEquals as Record<string, string> }),
    ...(source === undefined ? {} : { ArnLike: { "AWS:SourceArn": source } }),
  };
  const who = principal === "*" ? "*" : principal.includes(".") ? { Service: principal } : { AWS: principal };
  return {
    target,
    declares: {
      qualifier: a.text("qualifier"),
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: a.text("statement_id") ?? "",
            Effect: "Allow",
            Principal: who,
            Action: action,
            Resource: target ?? "*",
            ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
          },
        ],
      },
    },
  };
}
