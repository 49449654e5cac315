import career from "./corpus/career.json" with { type: "json" }
import hiring from "./corpus/hiring.json" with { type: "json" }
import outside from "./corpus/outside.json" with { type: "json" }
import profile from "./corpus/profile.json" with { type: "json" }
import projects from "./corpus/projects.json" with { type: "json" }
import skills from "./corpus/skills.json" with { type: "json" }

/** One thing that visitors want to know, in the words that different visitors find for it. */
export interface Intent {
  readonly id: string
  /** How often it is asked, relative to the others; about one over its rank. */
  readonly popularity: number
  /** Whether the CV in knowledge/ says anything about it, fully or in part. */
  readonly answerable: boolean
  readonly wordings: ReadonlyArray<string>
}

export const corpus: ReadonlyArray<Intent> = [
  ...profile,
  ...career,
  ...skills,
  ...projects,
  ...hiring,
  ...outside
]
