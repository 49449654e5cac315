import type { Counting } from "../../src/programs/reporter/count.ts"
import type { Installation } from "../installation/Installation.ts"
import type { InstallationFlags } from "../installation/installationFlags.ts"
import type { Source } from "./ConsoleData.ts"

/** The installation that a console looks at, and how it shows it. */
export interface Opening {
  readonly installation: Installation
  /** The flags that named it. */
  readonly given: InstallationFlags
  readonly source: Pick<Source, "kind" | "name" | "showsTexts">
  readonly counting: Omit<Counting, "listLength">
}
