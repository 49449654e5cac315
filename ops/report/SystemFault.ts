import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import {
  type StoreError,
  StoreRejected,
  StoreUnavailable
} from "../../src/services/InteractionStore.ts"
import { MailerUnavailable, MailRejected } from "../../src/services/Mailer.ts"
import { badCredentials } from "../dlq/QueueFault.ts"

/** A service gave no answer; the same command may work later. */
export class SystemUnavailable extends Data.TaggedError("SystemUnavailable")<{
  readonly service: "DynamoDB" | "SES"
  readonly place: string
  readonly detail: string
}> {
  override get message() {
    return `${this.service} does not answer at ${this.place} (${this.detail})`
  }
}

/** A service refused; the same command will not work later. */
export class SystemRejected extends Data.TaggedError("SystemRejected")<{
  readonly detail: string
}> {
  override get message() {
    return this.detail
  }
}

export interface Where {
  readonly tableName: string
  readonly table: string
  readonly mail: string
}

const refusedByStore = ({ table, tableName }: Where, { detail, operation }: StoreRejected) => {
  if (detail === "ResourceNotFoundException") {
    return `there is no table ${tableName} at ${table}: another --region or --table?`
  }
  return badCredentials.has(detail)
    ? `AWS does not let these credentials ${operation} on ${tableName} at ${table} (${detail})`
    : `DynamoDB refused ${operation} on ${tableName} at ${table} (${detail})`
}

/** One clear line for what the services fail with; every other error passes. */
export const clearly =
  (where: Where) =>
  <A, E, R>(effect: Effect.Effect<A, E | StoreError | MailerUnavailable | MailRejected, R>) =>
    Effect.mapError(effect, (error) => {
      if (error instanceof StoreUnavailable) {
        const { detail } = error
        return new SystemUnavailable({ service: "DynamoDB", place: where.table, detail })
      }
      if (error instanceof MailerUnavailable) {
        const { detail } = error
        return new SystemUnavailable({ service: "SES", place: where.mail, detail })
      }
      if (error instanceof StoreRejected) {
        return new SystemRejected({ detail: refusedByStore(where, error) })
      }
      if (error instanceof MailRejected) {
        const detail = `SES at ${where.mail} refused the e-mail (${error.detail})`
        return new SystemRejected({ detail: `${detail}: is --from-address verified there?` })
      }
      return error
    })
