/** Lists the findings of axe in a page as text. */
import axe, { type AxeResults, type NodeResult, type Result, type RunOptions } from "axe-core"
import type { Page } from "playwright-core"

const told = ({ help, id, nodes }: Result): string =>
  `${id}: ${help}: ${nodes.length} such as ${(nodes[0]?.html ?? "").slice(0, 160)}`

/** The arrow of a change has no letters to read, and the words beside it say the same. */
const isDrawing = ({ any }: NodeResult): boolean =>
  any.some(({ data, id }) => id === "color-contrast" && data?.messageKey === "nonBmp")

const withoutDrawings = (results: ReadonlyArray<Result>): ReadonlyArray<Result> =>
  results
    .map((result) => ({ ...result, nodes: result.nodes.filter((node) => !isDrawing(node)) }))
    .filter(({ nodes }) => nodes.length > 0)

export interface Accessibility {
  /** Broken rules, each with an element that breaks it. */
  readonly violations: ReadonlyArray<string>
  /** Rules that the checker cannot decide, which count as failed. */
  readonly undecided: ReadonlyArray<string>
}

/** Evaluates axe from outside, because a page's policy may forbid its script. */
export const accessibility = async (
  page: Page,
  rules: NonNullable<RunOptions["rules"]> = {}
): Promise<Accessibility> => {
  const options: RunOptions = { rules, resultTypes: ["violations", "incomplete"] }
  await page.evaluate(axe.source)
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return {
    violations: results.violations.map(told),
    undecided: withoutDrawings(results.incomplete).map((result) => `undecided: ${told(result)}`)
  }
}
