import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import * as Effect from "effect/Effect"
import { Sts } from "../aws/Clients.ts"
import type { Target } from "../deploy/Target.ts"

/** The account that is examined. */
export interface Account {
  readonly id: string
  /** `aws`, except in China and for governments. */
  readonly partition: string
  readonly region: string
}

/** The account of the credentials; their ARN tells the partition. */
export const readAccount = ({ region }: Target) =>
  Effect.map(
    Sts.use((send) => send(new GetCallerIdentityCommand({}))),
    ({ Account: id = "", Arn = "" }): Account => {
      const [, partition = "aws"] = Arn.split(":")
      return { id, partition, region }
    }
  )

/** The ARN of what has that name in the account. */
export const arnOf = ({ id, partition, region }: Account, service: string, name: string): string =>
  `arn:${partition}:${service}:${region}:${id}:${name}`
