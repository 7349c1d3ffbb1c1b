export interface FileSetting {
  /** As remit.config.yaml has it. */
  readonly name: string;
  readonly variable: string;
  readonly about: string;
}

/** What only whoever runs the server sets, before it starts: docs/operations.md. */
export const fileSettings: readonly FileSetting[] = [
  { name: "home", variable: "REMIT_HOME", about: "folder of the embedded installation" },
  { name: "databaseUrl", variable: "REMIT_DATABASE_URL", about: "PostgreSQL instead of it" },
  { name: "secretKey", variable: "REMIT_SECRET_KEY", about: "master key that seals uploads and names" },
  { name: "host", variable: "REMIT_HOST", about: "where it listens" },
  { name: "port", variable: "REMIT_PORT", about: "and on which port" },
  { name: "publicUrl", variable: "REMIT_PUBLIC_URL", about: "its address as browsers see it" },
  { name: "oidc.issuer", variable: "REMIT_OIDC_ISSUER", about: "login of the organisation" },
  { name: "oidc.clientId", variable: "REMIT_OIDC_CLIENT_ID", about: "what it is called there" },
  { name: "oidc.clientSecret", variable: "REMIT_OIDC_CLIENT_SECRET", about: "its secret there" },
  { name: "policies", variable: "REMIT_POLICIES", about: "Cedar policies instead of those that ship" },
  { name: "retention", variable: "REMIT_RETENTION", about: "days that kinds of data are kept" },
  {
    name: "webhookAllow",
    variable: "REMIT_WEBHOOK_ALLOW",
    about: "what lies inside and webhooks may be sent to all the same",
  },
  { name: "logLevel", variable: "REMIT_LOG_LEVEL", about: "how much it writes to its log" },
];
