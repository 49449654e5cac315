/** Hono and the AWS client, as a tutorial has them. */
import { Hono } from "hono"
import type { Env } from "./answer.ts"
import { answerWith } from "./plainWorker.ts"
import { sendWithSdk } from "./sendWithSdk.ts"

const answer = answerWith(sendWithSdk)
const app = new Hono<{ Bindings: Env }>()
app.post("/query", ({ env, executionCtx, req }) => answer(req.raw, env, executionCtx))

export default app
