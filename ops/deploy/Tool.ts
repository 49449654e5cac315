/** The other programs that a deployment runs, and the oldest version of each that is enough. */
export const howToInstall = {
  terraform: "Install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install",
  wrangler: "npm ci installs it.",
  node: "npm ci fetches Node 24 on Linux; elsewhere: https://nodejs.org"
} as const

export type Tool = keyof typeof howToInstall

/** The state's lock in S3 needs Terraform 1.10; Node runs TypeScript by itself since 22.18. */
export const leastVersions: Readonly<Record<Tool, readonly [major: number, minor: number]>> = {
  node: [22, 18],
  terraform: [1, 10],
  wrangler: [4, 36]
}
