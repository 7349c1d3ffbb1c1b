import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../settings.js";
import { loadFiles } from "./load-files.js";

const purl = "pkg:apk/alpine/musl@1.1.22-r3?arch=x86_64&distro=3.10.9";

/** A scan of an image with one flaw of one package. */
const scan = (artifact = "registry.example/shop:1", id = "CVE-2024-10004") => ({
  SchemaVersion: 2,
  CreatedAt: "2026-11-01T00:00:00Z",
  ArtifactName: artifact,
  ArtifactType: "container_image",
  Results: [
    {
      Target: `${artifact} (alpine 3.10.9)`,
      Class: "os-pkgs",
      Type: "alpine",
      Vulnerabilities: [
        {
          VulnerabilityID: id,
          PkgName: "musl",
          PkgIdentifier: { PURL: purl },
          InstalledVersion: "1.1.22-r3",
          FixedVersion: "1.1.22-r4",
          Severity: "HIGH",
        },
      ],
    },
  ],
});

interface Said {
  readonly status?: string;
  readonly justification?: string;
  readonly products?: readonly unknown[];
  readonly vulnerability?: unknown;
  readonly timestamp?: string;
}

const vex = (...statements: readonly Said[]) => ({
  "@context": "https://openvex.dev/ns/v0.2.0",
  "@id": "https://example.test/vex-1",
  author: "shop team",
  timestamp: "2026-10-01T00:00:00Z",
  statements: statements.map((said) => ({
    vulnerability: { name: "CVE-2024-10004" },
    products: [{ "@id": "pkg:apk/alpine/musl@1.1.22-r3" }],
    status: "not_affected",
    justification: "vulnerable_code_not_in_execute_path",
    ...said,
  })),
});

/** The scanner's own exposure: VEX rows are about products. */
const scanned = async (...contents: readonly unknown[]) => {
  const { exposures, counts } = await loadFiles(...contents);
  const [found] = exposures.filter((each) => each.findings.some((row) => row.tool === "trivy"));
  return { found: found!, counts };
};

describe("a VEX statement", () => {
  it("mutes what a scanner sees of the same flaw and product, with its reason; the row is kept", async () => {
    const { found, counts } = await scanned(scan(), vex({}));
    expect(found.state).toBe("muted-external");
    expect(found.findings[0]).toMatchObject({
      result: "muted",
      muting: {
        source: "vex",
        reason: "vulnerable_code_not_in_execute_path",
        by: "shop team",
        at: "2026-10-01T00:00:00.000Z",
      },
    });
    // Both rows are in exactly one bucket: the scanner's, and the statement itself.
    expect(counts).toMatchObject({ rows: 2, failing: 0, muted: 2, exposureOrAccess: 0 });
  });

  it.each([
    ["without a reason", { justification: undefined }],
    ["about another version", { products: [{ "@id": "pkg:apk/alpine/musl@1.1.24-r0" }] }],
    ["about another distribution", { products: [{ "@id": "pkg:apk/alpine/musl@1.1.22-r3?distro=3.11" }] }],
    ["about another package", { products: [{ "@id": "pkg:apk/alpine/musl-utils@1.1.22-r3" }] }],
    ["about another flaw", { vulnerability: { name: "CVE-2024-10005" } }],
    [
      "about a product that is named without a package URL",
      { products: [{ "@id": "https://example.test/shop" }] },
    ],
    [
      "about the package in another image",
      { products: [{ "@id": "pkg:oci/bank", subcomponents: [{ "@id": "pkg:apk/alpine/musl" }] }] },
    ],
    // A fix is only believed when seen.
    ["that claims a fix", { status: "fixed" }],
    ["that is still looked into", { status: "under_investigation" }],
  ] as const)("%s mutes nothing", async (_, said) => {
    const { found } = await scanned(scan(), vex(said as Said));
    expect(found.state).toBe("open");
    expect(found.findings[0]?.muting).toBeUndefined();
  });

  it.each([
    ["an image by name", { "@id": "pkg:oci/shop" }],
    ["an image by place and tag", { "@id": "pkg:oci/shop@1?repository_url=registry.example%2Fshop" }],
  ])("about %s and a part of it mutes the part there", async (_, product) => {
    const said = vex({ products: [{ ...product, subcomponents: [{ "@id": "pkg:apk/alpine/musl" }] }] });
    expect((await scanned(scan(), said)).found.state).toBe("muted-external");
    expect((await scanned(scan("registry.example/bank:1"), said)).found.state).toBe("open");
  });

  it("about one build does not hide another that has the same flaw", async () => {
    const said = vex({
      products: [
        {
          "@id": "pkg:oci/shop@1?repository_url=registry.example%2Fshop",
          subcomponents: [{ "@id": "pkg:apk/alpine/musl" }],
        },
      ],
    });
    const both = [scan("registry.example/shop:1"), scan("registry.example/shop:2"), said];
    for (const contents of [both, [...both].reverse()])
      expect((await scanned(...contents)).found.state).toBe("open");
  });

  it("speaks for the alias that the scanner uses", async () => {
    const said = vex({
      vulnerability: { name: "CVE-2024-10004", aliases: ["GHSA-aaaa-bbbb-cccc"] },
    });
    expect((await scanned(scan(undefined, "GHSA-aaaa-bbbb-cccc"), said)).found.state).toBe("muted-external");
  });

  it("is overruled by a newer one, and by caution at the same time", async () => {
    const earlier = { status: "affected", timestamp: "2026-09-01T00:00:00Z" };
    const later = { status: "affected", timestamp: "2026-10-02T00:00:00Z" };
    const same = { status: "affected", timestamp: "2026-10-01T00:00:00Z" };
    expect((await scanned(scan(), vex({}, earlier))).found.state).toBe("muted-external");
    expect((await scanned(scan(), vex({}, later))).found.state).toBe("open");
    expect((await scanned(scan(), vex({}, same))).found.state).toBe("open");
  });

  it("says the same whatever the order of files and statements", async () => {
    const saids: readonly Said[] = [
      {},
      { status: "affected", timestamp: "2026-09-01T00:00:00Z" },
      { status: "under_investigation", timestamp: "2026-10-01T00:00:00Z" },
      { justification: "component_not_present" },
    ];
    const contents = [scan(), scan("registry.example/bank:2"), ...saids.map((said) => vex(said))];
    const plain = (loaded: Awaited<ReturnType<typeof loadFiles>>) =>
      loaded.exposures.map((each) => [each.id, each.state, each.findings.map((row) => row.muting)]);
    const expected = plain(await loadFiles(...contents));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(contents, { minLength: contents.length }), async (shuffled) => {
        expect(plain(await loadFiles(...shuffled))).toEqual(expected);
      }),
      { numRuns: runs.slowProperty },
    );
  });

  it("of CSAF and of CycloneDX mutes too", async () => {
    const csaf = {
      document: {
        csaf_version: "2.0",
        publisher: { name: "Alpine" },
        tracking: { current_release_date: "2026-10-01T00:00:00Z" },
      },
      product_tree: {
        branches: [
          {
            branches: [
              { product: { product_id: "P1", name: "musl", product_identification_helper: { purl } } },
            ],
          },
        ],
      },
      vulnerabilities: [
        {
          cve: "CVE-2024-10004",
          product_status: { known_not_affected: ["P1"] },
          flags: [{ label: "component_not_present", product_ids: ["P1"] }],
        },
      ],
    };
    const bom = {
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      vulnerabilities: [
        {
          id: "CVE-2024-10004",
          analysis: { state: "not_affected", justification: "code_not_reachable" },
          affects: [{ ref: "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg:apk/alpine/musl@1.1.22-r3" }],
        },
      ],
    };
    expect((await scanned(scan(), csaf)).found.findings[0]?.muting?.reason).toBe("component_not_present");
    expect((await scanned(scan(), bom)).found.findings[0]?.muting?.reason).toBe("code_not_reachable");
    // Said of a part of a product that no package URL names: it holds for no other product that has the part.
    const ofProduct = {
      ...bom,
      metadata: { component: { name: "bank", type: "application", "bom-ref": "root" } },
      components: [{ name: "musl", "bom-ref": "m", purl: "pkg:apk/alpine/musl@1.1.22-r3" }],
      vulnerabilities: [{ ...bom.vulnerabilities[0], affects: [{ ref: "m" }] }],
    };
    expect((await scanned(scan(), ofProduct)).found.state).toBe("open");
  });
});

describe("KEV and EPSS", () => {
  const kev = (id: string) => ({
    catalogVersion: "2026.11.01",
    vulnerabilities: [
      { cveID: id, dateAdded: "2026-01-01", dueDate: "2026-01-22", knownRansomwareCampaignUse: "Unknown" },
    ],
  });
  const epss = [{ cve: "CVE-2024-10004", epss: 0.9, percentile: 0.99, date: "2026-11-01" }];

  it("weigh the findings there are and make none", async () => {
    const alone = await loadFiles(kev("CVE-2024-10004"), epss);
    expect(alone.exposures).toEqual([]);
    expect(alone.rejected).toEqual([]);
    const { found } = await scanned(epss, kev("CVE-2024-10004"), scan());
    expect(found.findings[0]?.vulnerability).toMatchObject({
      exploited: true,
      epss: { score: 0.9, percentile: 0.99, date: "2026-11-01" },
    });
    const other = await scanned(scan(), kev("CVE-2024-1"));
    // That a flaw is not in the catalogue does not say that nobody uses it.
    expect(other.found.findings[0]?.vulnerability?.exploited).toBeUndefined();
  });

  it("come as tables and as the answer of an API too", async () => {
    const header = "cveID,vendorProject,product,dateAdded,dueDate,knownRansomwareCampaignUse";
    const table = await loadFiles(`${header}\nCVE-2024-10004,a,"b, c",2026-01-01,2026-01-22,Known\n`);
    expect(table.rejected).toEqual([]);
    expect(table.facts).toEqual([
      {
        id: "CVE-2024-10004",
        source: "kev",
        exploited: { since: "2026-01-01", due: "2026-01-22", ransomware: true },
      },
    ]);
    const data = [{ cve: "CVE-2024-10004", epss: "0.9", percentile: "0.99", date: "2026-11-01" }];
    expect((await loadFiles({ status: "OK", data })).facts).toEqual([
      { id: "CVE-2024-10004", source: "epss", epss: { score: 0.9, percentile: 0.99, date: "2026-11-01" } },
    ]);
    const daily =
      "#model_version:v2025.03.14,score_date:2026-11-01T00:00:00+0000\ncve,epss,percentile\nCVE-2024-10004,0.9,0.99\n";
    expect((await loadFiles(daily)).facts[0]?.epss?.date).toBe("2026-11-01");
  });

  it("a row that is no score is named", async () => {
    const { rejected } = await loadFiles([{ cve: "CVE-2024-1", epss: 7, percentile: 1 }]);
    expect(rejected[0]?.reason).toBe("`epss` of CVE-2024-1 is no share between 0 and 1");
  });
});
