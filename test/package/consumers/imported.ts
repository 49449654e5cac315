/** A Worker whose project has no globals, because it imports the types of its platform. */
import type { ExecutionContext, Request, Response } from "@cloudflare/workers-types"
import { tell, withAnalytics } from "cv-analytics"

interface Env {
  readonly CHATBOT: { fetch(request: Request): Promise<Response> }
}

export default withAnalytics(
  {
    async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
      tell(request, { model: "gpt-oss-20b" })
      context.passThroughOnException()
      return env.CHATBOT.fetch(request)
    }
  },
  { session: (request: Request) => request.headers.get("x-visitor") ?? undefined }
)
