/** An access key is two secrets. */
export const keySecrets = ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"] as const
