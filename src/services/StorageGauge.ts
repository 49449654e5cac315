import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"

/** How large the table and its indexes are, in bytes; none when nobody can tell, and no error. */
export class StorageGauge extends Context.Service<
  StorageGauge,
  { readonly bytes: Effect.Effect<Option.Option<number>> }
>()("services/StorageGauge") {}
