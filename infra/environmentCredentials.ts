/**
 * Takes the place of the AWS clients' search for credentials in the Lambda bundles: a function's
 * role arrives in its environment, so files, SSO and instance metadata are code that never runs.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "",
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "",
  sessionToken: process.env.AWS_SESSION_TOKEN ?? ""
})
