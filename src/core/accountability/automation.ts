/** Session names and identities that machines choose: nobody can be called (ownership.md 6b, automation filter). */
export function isMachineName(name: string): boolean {
  const text = name.toLowerCase();
  return (
    isBotHandle(text) ||
    /(^|[-_.@/ ])(ci|cd|cicd|automation|terraform|tofu|pulumi|jenkins|gitlab|github|githubactions|gha|codebuild|codepipeline|cloudformation|lambda|ecs|eks|ssm|runner|deploy|deployer|deployment|service|svc|system|root|batch|job|cron|agent|robot|session|default|boto3?|botocore|awscli)([-_.@/ ]|\d*$)/.test(
      text,
    ) ||
    /^i-[0-9a-f]{8,}$|^[\d-]+$|\d{9,}|^[0-9a-f]{16,}$|[0-9a-f]{8}-[0-9a-f]{4}-/.test(text)
  );
}

/** Handles of bots in tags and CODEOWNERS. Narrower: a team may well be called `@acme/ci`. */
export function isBotHandle(name: string): boolean {
  return /\[bot\]$|(^|[-_./@])bot$|^@?(dependabot|renovate|github-actions|snyk|mergify|codecov|greenkeeper)([-_[]|$)|(^|[/@])(svc|bot)[-_]/i.test(
    name,
  );
}
