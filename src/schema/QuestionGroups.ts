import { total } from "./Counts.ts"

export interface CountedQuestion {
  readonly text: string
  readonly count: number
}

export interface QuestionGroup {
  readonly representative: string
  readonly count: number
  readonly members: ReadonlyArray<number>
}

export const groupQuestions = (
  questions: ReadonlyArray<CountedQuestion>
): ReadonlyArray<QuestionGroup> =>
  [...Map.groupBy(questions.keys(), (index) => questions[index]?.text ?? "")].map(
    ([representative, members]) => ({
      representative,
      count: total(members.map((index) => questions[index]?.count ?? 0)),
      members
    })
  )
