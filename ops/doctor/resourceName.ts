/** Terraform's resources by the names that an owner finds in the console. */
import type { ResourceChange } from "./TerraformPlan.ts"

/** A noun for each type, and the attribute that has the name. */
const kinds: Readonly<Record<string, readonly [noun: string, attribute: string]>> = {
  aws_budgets_budget: ["budget", "name"],
  aws_cloudwatch_log_group: ["log", "name"],
  aws_cloudwatch_metric_alarm: ["alarm", "alarm_name"],
  aws_dynamodb_table: ["table", "name"],
  aws_iam_role: ["role", "name"],
  aws_iam_role_policies_exclusive: ["all permissions of role", "role_name"],
  aws_iam_role_policy: ["permissions of role", "role"],
  aws_iam_role_policy_attachments_exclusive: ["attached policies of role", "role_name"],
  aws_iam_user: ["user", "name"],
  aws_iam_user_policies_exclusive: ["all permissions of user", "user_name"],
  aws_iam_user_policy: ["permissions of user", "user"],
  aws_iam_user_policy_attachments_exclusive: ["attached policies of user", "user_name"],
  aws_s3_bucket: ["bucket", "bucket"],
  aws_scheduler_schedule: ["schedule", "name"],
  aws_sns_topic: ["topic", "name"],
  aws_sns_topic_policy: ["policy of topic", "arn"],
  aws_sns_topic_subscription: ["subscriber of the alarms", "endpoint"],
  aws_sqs_queue: ["queue", "name"],
  aws_sqs_queue_policy: ["policy of queue", "queue_url"],
  aws_sqs_queue_redrive_allow_policy: ["redrive permission of queue", "queue_url"]
}

/** The last part of an ARN or of a queue's URL; a log's name has slashes too. */
const last = (text: string): string =>
  /^(?:arn:|https:)/.test(text) ? (text.split(/[:/]/).at(-1) ?? text) : text

export const resourceName = ({ address, change, type }: ResourceChange): string => {
  const [noun, attribute] = kinds[type] ?? [type.replace(/^aws_/, "").replaceAll("_", " "), ""]
  const values = { ...change.after, ...change.before }
  const name = values[attribute] ?? values.name ?? values.bucket
  return typeof name === "string" ? `${noun} ${last(name)} (${address})` : `${noun} (${address})`
}
