import * as Context from "effect/Context"

/** Origins of pages that may ask, beside the Worker's own; `*` is all. */
export const AllowedOrigins = Context.Reference<ReadonlyArray<string>>("edge/AllowedOrigins", {
  defaultValue: () => []
})
