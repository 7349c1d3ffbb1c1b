import { describe, expect, test } from "vitest";
import { principalId, type Principal } from "../../core/estate/index.js";
import { configReader } from "../aws-config/index.js";
import { kmsReader } from "../aws-kms/index.js";
import { resourcePoliciesReader } from "../aws-resource-policies/index.js";
import type { EstateReader, EstateReading } from "../estate-reader.js";
import { computeReader, resolveRunsAs } from "./index.js";

function read(
  reader: EstateReader,
  value: unknown,
  hints: { accountHint?: string; regionHint?: string } = {},
  path = "x.json",
): EstateReading {
  const source = { path, digest: "0", kind: reader.kind };
  const document = { source, format: "json" as const, value, text: "" };
  expect(reader.recognises(document)).toBe(true);
  return reader.read(document, { source, ...hints });
}

const value = (reading: EstateReading, name: string): unknown =>
  reading.facts.resources?.[0]?.properties.get(name)?.value;
const here = { accountHint: "222222222222", regionHint: "eu-west-1" };

describe("compute listings", () => {
  test("environment secrets are names only, and a key id in a value links the place to the key (R7)", () => {
    const variables = {
      DB_PASSWORD: "hunter2",
      MODE: "fast",
      SECRET_ARN: "arn:aws:secretsmanager:x",
      KEY: "AKIAIOSFODNN7EXAMPLE",
    };
    const reading = read(computeReader, {
      Functions: [
        {
          FunctionArn: "arn:aws:lambda:eu-west-1:222222222222:function:f",
          Role: "arn:aws:iam::222222222222:role/r",
          Environment: { Variables: variables },
        },
      ],
    });
    expect(value(reading, "environmentSecrets")).toEqual(["DB_PASSWORD", "KEY"]);
    expect(reading.facts.links?.[0]).toMatchObject({
      kind: "secret-copy",
      to: "aws:access-key/AKIAIOSFODNN7EXAMPLE",
      at: "KEY",
    });
    expect(reading.facts.resources?.[0]?.runsAs).toBe("arn:aws:iam::222222222222:role/r");
    expect(JSON.stringify(reading)).not.toContain("hunter2");
  });

  test("an instance's token setting, groups and profile; the role comes from the profile (recreation.md 9)", () => {
    const instance = {
      InstanceId: "i-1",
      Placement: { AvailabilityZone: "eu-west-1b" },
      MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "enabled", HttpPutResponseHopLimit: 2 },
      SecurityGroups: [{ GroupId: "sg-1" }],
      NetworkInterfaces: [],
      IamInstanceProfile: { Arn: "arn:aws:iam::222222222222:instance-profile/p" },
    };
    const reading = read(computeReader, {
      Reservations: [{ OwnerId: "222222222222", Instances: [instance] }],
    });
    const [found] = reading.facts.resources ?? [];
    expect(found?.id).toBe("arn:aws:ec2:eu-west-1:222222222222:instance/i-1");
    expect(value(reading, "metadataOptions.httpTokens")).toBe("optional");
    expect(value(reading, "publicIp")).toBeNull();
    const role = {
      id: principalId("arn:aws:iam::222222222222:role/r"),
      instanceProfiles: ["arn:aws:iam::222222222222:instance-profile/p"],
    } as unknown as Principal;
    expect(resolveRunsAs(reading.facts.resources ?? [], [role])[0]?.runsAs).toBe(role.id);
    expect(resolveRunsAs(reading.facts.resources ?? [], [])[0]?.runsAs).toBeUndefined();
  });

  test("a listing without Region is rejected with a hint, not placed somewhere", () => {
    const groups = {
      SecurityGroups: [
        {
          GroupId: "sg-1",
          OwnerId: "222222222222",
          IpPermissions: [
            {
              IpProtocol: "tcp",
              FromPort: 22,
              ToPort: 22,
              IpRanges: [{ CidrIp: "0.0.0.0/0" }],
              Ipv6Ranges: [{ CidrIpv6: "::/0" }],
            },
          ],
        },
      ],
    };
    expect(read(computeReader, groups).rejected[0]?.hint).toMatch(/Region/);
    expect(value(read(computeReader, groups, here), "ingress")).toEqual([
      {
        protocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrs: ["0.0.0.0/0", "::/0"],
        prefixLists: [],
        groups: [],
      },
    ]);
  });

  test("a snapshot is public when it is shared with all (recreation.md 3b, 4)", () => {
    const shared = { SnapshotId: "snap-1", CreateVolumePermissions: [{ Group: "all" }] };
    expect(value(read(computeReader, shared, here), "public")).toBe(true);
    expect(
      value(read(computeReader, { ...shared, CreateVolumePermissions: [{ UserId: "1" }] }, here), "public"),
    ).toBe(false);
    const attributes = {
      DBSnapshotAttributesResult: {
        DBSnapshotIdentifier: "s",
        DBSnapshotAttributes: [{ AttributeName: "restore", AttributeValues: ["all"] }],
      },
    };
    expect(value(read(computeReader, attributes, here), "public")).toBe(true);
  });

  test("an account switch of a Region (recreation.md 4)", () => {
    const reading = read(computeReader, { State: "block-all-sharing" }, here);
    expect(value(reading, "ec2.snapshotBlockPublicAccess.eu-west-1")).toBe("block-all-sharing");
  });
});

describe("AWS Config", () => {
  const item = (status: string, at: string, cidr: string): object => ({
    resourceType: "AWS::EC2::SecurityGroup",
    resourceId: "sg-1",
    arn: "arn:aws:ec2:eu-west-1:222222222222:security-group/sg-1",
    configurationItemStatus: status,
    configurationItemCaptureTime: at,
    configuration: JSON.stringify({
      ipPermissions: [{ ipProtocol: "tcp", fromPort: 22, toPort: 22, ipRanges: [cidr] }],
    }),
  });

  test("of a history only the newest item is the present, with its own time and a pointer into the text", () => {
    const reading = read(configReader, {
      configurationItems: [
        item("OK", "2026-11-02T00:00:00Z", "10.0.0.0/8"),
        item("OK", "2026-11-01T00:00:00Z", "0.0.0.0/0"),
      ],
    });
    const fact = reading.facts.resources?.[0]?.properties.get("ingress");
    expect(fact?.value).toMatchObject([{ cidrs: ["10.0.0.0/8"] }]);
    expect(fact?.origin).toMatchObject({
      pointer: "/configurationItems/0/configuration",
      inner: "/ipPermissions",
    });
    expect(fact?.origin.source.observedAt).toBe("2026-11-02T00:00:00.000Z");
  });

  test("a deleted resource is counted, not present", () => {
    const reading = read(configReader, {
      configurationItems: [item("ResourceDeleted", "2026-11-02T00:00:00Z", "0.0.0.0/0")],
    });
    expect(reading.facts.resources).toBeUndefined();
    expect(reading.entities).toMatchObject({ deleted: 1 });
  });
});

describe("resource policies", () => {
  const statement = (resource: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: resource }],
    });

  test("each alias of a function has a policy of its own (recreation.md 6)", () => {
    const arn = "arn:aws:lambda:eu-west-1:222222222222:function:f";
    const plain = read(resourcePoliciesReader, { Policy: statement(arn) });
    const alias = read(resourcePoliciesReader, { Policy: statement(`${arn}:live`) });
    expect([...(plain.facts.resources?.[0]?.policies?.keys() ?? [])]).toEqual([""]);
    expect([...(alias.facts.resources?.[0]?.policies?.keys() ?? [])]).toEqual(["live"]);
    expect(alias.facts.resources?.[0]?.id).toBe(arn);
  });

  test("a key policy is placed by account, Region and key id of its path, never otherwise", () => {
    const policy = {
      Policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}',
    };
    const path = "222222222222/eu-west-1/key-policy-1234abcd-12ab-34cd-56ef-1234567890ab.json";
    expect(read(kmsReader, policy, here, path).facts.resources?.[0]?.id).toBe(
      "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    );
    expect(read(kmsReader, policy, here).facts.resources).toBeUndefined();
  });

  test("grants of a page are not taken for all grants", () => {
    const grants = {
      Grants: [
        {
          KeyId: "arn:aws:kms:eu-west-1:222222222222:key/k",
          GrantId: "g",
          GranteePrincipal: "p",
          Operations: ["Decrypt"],
        },
      ],
    };
    expect(value(read(kmsReader, { ...grants, Truncated: false }), "grants")).toEqual([
      { id: "g", grantee: "p", operations: ["Decrypt"] },
    ]);
    expect(read(kmsReader, { ...grants, Truncated: true }).facts.resources).toBeUndefined();
  });
});
