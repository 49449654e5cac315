/** The account that is looked at: what Terraform's definitions are called in it. */
import type { Deployed } from "../../infra/definitions/Terraform.ts"

export interface Account {
  readonly id: string
  /** `aws`, but for China and for governments. */
  readonly partition: string
  readonly region: string
}

/** What a resource's ARN has around its region and account, before its name. */
const kinds: Readonly<Record<string, readonly [service: string, prefix: string]>> = {
  aws_sqs_queue: ["sqs", ""],
  aws_dynamodb_table: ["dynamodb", "table/"],
  aws_cloudwatch_log_group: ["logs", "log-group:"]
}

/** What only AWS knows, as far as it follows from the names: ARNs, and the ids of roles. */
export const namesIn =
  ({ id, partition, region }: Account): Deployed =>
  (path, lookup) => {
    const [type = "", name = "", attribute] = path
    const kind = kinds[type]
    if (kind !== undefined && attribute === "arn") {
      const [service, prefix] = kind
      return `arn:${partition}:${service}:${region}:${id}:${prefix}${lookup([type, name, "name"])}`
    }
    if (type === "aws_iam_role" && attribute === "id") return lookup([type, name, "name"])
    return {
      "data.aws_caller_identity.current.account_id": id,
      "data.aws_partition.current.partition": partition
    }[path.join(".")]
  }
