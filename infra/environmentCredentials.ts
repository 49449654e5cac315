/**
 * Replaces the AWS clients' search for credentials in the Lambda bundles. A function's role arrives
 * in its environment, so code for files, SSO and instance metadata would never run.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "",
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "",
  sessionToken: process.env.AWS_SESSION_TOKEN ?? ""
})
