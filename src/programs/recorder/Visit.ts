import { visitorNetwork } from "../../runtime/visitorNetwork.ts"

/** A request without its body, which belongs to the chatbot. */
export interface Visit extends Pick<Request, "headers" | "url"> {
  /** Cloudflare's knowledge of the request. */
  readonly cf?: { readonly country?: unknown } | undefined
}

/** Stands for an unknown visitor, when `record` gets no request. */
export const nobody: Visit = { headers: new Headers(), url: "about:blank" }

export const countryOf = ({ cf }: Visit): string | undefined =>
  typeof cf?.country === "string" ? cf.country : undefined

export const hostOf = ({ url }: Visit): string => new URL(url).host

/** Identifies a visitor for one day; `undefined` when the platform names no address. */
export const visitorOf = (visit: Visit): string | undefined => {
  const network = visitorNetwork(visit)
  if (network === undefined) return undefined
  return [network, visit.headers.get("user-agent") ?? "", hostOf(visit)].join("\n")
}

/** The request for functions of the owner; its body stays with the handler. */
export const withoutBody = ({ headers, method, url }: Request): Request =>
  new Request(url, { headers, method })
