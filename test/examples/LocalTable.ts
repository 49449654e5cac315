/** The local system behind the queue: what it has stored, as the check compares it. */
import { ScanCommand } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as LocalSystem from "../../local/LocalSystem.ts"
import { interactionOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import { isVoteItem } from "../../src/layers/dynamodb/VoteItem.ts"
import { type Interaction, interactionKey } from "../../src/schema/Interaction.ts"
import type { Recorded } from "./Visit.ts"

/** Starts the whole system on free ports. */
export const startSystem = (folder: string) =>
  LocalSystem.start({
    ports: { worker: 0, inbox: 0, sqs: 0, dynamoDb: 0, metrics: 0 },
    folder,
    variables: {},
    siteName: "shop.example.com",
    reportFrom: "reports@example.com",
    reportTo: "owner@example.com",
    reportRetryDelays: ["1 seconds", "2 seconds"],
    onEvent: () => Effect.void
  })

/** Half of an interaction has its status in place of all else. */
type Stored = Recorded | { readonly session: string; readonly status: string }

const storedIn = (interaction: Interaction | undefined): Stored => {
  if (interaction === undefined) return { session: "", status: "unreadable" }
  if (interaction.status === "awaiting_query") {
    return { session: interaction.response.sessionId, status: interaction.status }
  }
  const { query } = interaction
  if (interaction.status === "awaiting_response") {
    return { session: query.sessionId, status: interaction.status }
  }
  const { response } = interaction
  const { tokens } = response
  return {
    question: query.query,
    answer: response.response,
    outcome: response.outcome,
    matchType: response.matchType,
    model: response.model,
    tokens: tokens && { input: tokens.input, output: tokens.output },
    session: query.sessionId,
    turn: query.turn
  }
}

const timeOf = (interaction: Interaction | undefined): number =>
  interaction === undefined ? 0 : interactionKey(interaction).timestamp

/** Reads the whole table: the interactions in the order of their questions, and the votes. */
export const stored = ({ definitions, dynamoDb }: LocalSystem.LocalSystem) =>
  Effect.promise(() =>
    dynamoDb.send(new ScanCommand({ TableName: definitions.table.TableName, ConsistentRead: true }))
  ).pipe(
    Effect.map(({ Items = [] }) => ({
      interactions: Items.filter((item) => !isVoteItem(item))
        .map(interactionOf)
        .toSorted((a, b) => timeOf(a) - timeOf(b))
        .map(storedIn),
      votes: Items.filter(isVoteItem).length
    }))
  )
