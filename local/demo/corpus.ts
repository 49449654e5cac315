import career from "./corpus/career.json" with { type: "json" }
import hiring from "./corpus/hiring.json" with { type: "json" }
import outside from "./corpus/outside.json" with { type: "json" }
import profile from "./corpus/profile.json" with { type: "json" }
import projects from "./corpus/projects.json" with { type: "json" }
import skills from "./corpus/skills.json" with { type: "json" }

/** One thing that visitors want to know, with the questions in which they ask for it. */
export interface Intent {
  readonly id: string
  /** How often it is asked, relative to the others; about one over its rank. */
  readonly popularity: number
  /** True when the CV in examples/cv-chatbot/knowledge/ answers it, fully or in part. */
  readonly answerable: boolean
  readonly questions: ReadonlyArray<string>
}

export const corpus: ReadonlyArray<Intent> = [
  ...profile,
  ...career,
  ...skills,
  ...projects,
  ...hiring,
  ...outside
]
