/** Stands between pages and OpenAI, so that the key stays here. */
import { withAnalytics } from "cv-analytics"

interface Env {
  readonly UPSTREAM: string
  readonly OPENAI_API_KEY: string
}

const isOpen = (pathname: string): boolean =>
  pathname === "/v1/chat/completions" || pathname === "/v1/responses"

export default withAnalytics({
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (!isOpen(pathname)) return new Response("Nothing here.", { status: 404 })
    const forwarded = new Request(new URL(pathname, env.UPSTREAM), request)
    forwarded.headers.set("authorization", `Bearer ${env.OPENAI_API_KEY}`)
    return fetch(forwarded)
  }
} satisfies ExportedHandler<Env>)
