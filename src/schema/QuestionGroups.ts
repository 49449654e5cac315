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
  questions.map(({ count, text }, index) => ({ representative: text, count, members: [index] }))
