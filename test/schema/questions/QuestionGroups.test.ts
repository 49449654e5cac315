import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { agreement } from "../../../bench/grouping/Agreement.ts"
import { corpus } from "../../../local/demo/corpus.ts"
import type { Nearness } from "../../../src/schema/questions/Nearness.ts"
import {
  type CountedQuestion,
  type GroupOptions,
  groupQuestions
} from "../../../src/schema/questions/QuestionGroups.ts"
import { shuffled } from "../report/SummaryExamples.ts"

const asked = (questions: ReadonlyArray<string>): ReadonlyArray<CountedQuestion> =>
  questions.map((question) => ({ question, count: 1 }))

const demo = corpus.flatMap((intent) => intent.questions)

/** Groups as questions, so that the places of the input do not show. */
const grouped = (all: ReadonlyArray<CountedQuestion>, options?: GroupOptions) =>
  groupQuestions(all, options).map(({ count, members, question }) => ({
    count,
    question,
    questions: members.map((index) => all[index]?.question)
  }))

const together = (...questions: ReadonlyArray<string>) => {
  for (const others of [[], demo]) {
    const groups = grouped(asked([...questions, ...others]))
    const home = groups.find((group) => group.questions.includes(questions[0]))
    for (const question of questions)
      assert.include(home?.questions ?? [], question, `among ${others.length} others`)
  }
}

const apart = (...questions: ReadonlyArray<string>) => {
  for (const others of [[], demo]) {
    for (const group of grouped(asked([...questions, ...others]))) {
      const met = questions.filter((question) => group.questions.includes(question))
      assert.isAtMost(met.length, 1, `${met.join(" | ")}, among ${others.length} others`)
    }
  }
}

const Question = Schema.Literals([
  "Any tests?",
  "any TESTS",
  "tests",
  "Does she write tests?",
  "Salary?",
  "salary expectations",
  "What is her salary expectation?",
  "my salary",
  "What is your salary expectation?",
  "When does she write tests?",
  "why does she write tests",
  "react 18",
  "react 19",
  "¿?",
  "🤖",
  "薪水是多少？",
  ""
])
const Asked = Schema.Struct({
  question: Question,
  count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 9 }))
})
const Week = Schema.Array(Asked)

describe("Groups of questions", () => {
  it.prop("are the same in every order of the questions", [Week, Schema.Int], ([week, seed]) => {
    assert.deepStrictEqual(grouped(shuffled(week, seed)), grouped(week))
  })

  it("are the same in every order of a real set of questions", () => {
    const expected = grouped(asked(demo))
    for (const seed of [1, 2, 3]) {
      assert.deepStrictEqual(grouped(asked(shuffled(demo, seed))), expected)
    }
  })

  it.prop("hold every question once, and all that was asked", [Week], ([week]) => {
    const groups = groupQuestions(week)
    const members = groups.flatMap((group) => group.members)
    assert.deepStrictEqual(
      [...members].sort((a, b) => a - b),
      [...week.keys()]
    )
    for (const { count, members: own } of groups) {
      assert.strictEqual(
        count,
        own.reduce((sum, index) => sum + week[index]!.count, 0)
      )
    }
  })

  it.prop("hold all repeats of a text together", [Week], ([week]) => {
    const homes = groupQuestions(week).map(
      ({ members }) => new Set(members.map((i) => week[i]!.question))
    )
    const texts = homes.flatMap((home) => [...home])
    assert.strictEqual(texts.length, new Set(texts).size)
  })

  it.prop("come most asked first, then in code-unit order", [Week], ([week]) => {
    const groups = groupQuestions(week)
    for (const [index, group] of groups.slice(1).entries()) {
      const before = groups[index]!
      assert.isTrue(
        before.count > group.count ||
          (before.count === group.count && before.question < group.question)
      )
    }
  })

  it("are named by the question asked most, the first in code-unit order among equals", () => {
    const named = (b: number, c: number) =>
      groupQuestions([
        { question: "salary?", count: 2 },
        { question: "Salary?", count: b },
        { question: "her SALARY", count: c }
      ]).map(({ question }) => question)
    assert.deepStrictEqual(named(1, 3), ["her SALARY"])
    assert.deepStrictEqual(named(2, 2), ["Salary?"])
  })

  it("are empty without questions", () => {
    assert.deepStrictEqual(groupQuestions([]), [])
  })
})

describe("One group holds", () => {
  it("what differs in case, punctuation, accents, width and space", () => {
    together("Does she know Python?", "DOES SHE KNOW PYTHON", "  does  she know python…")
    together("What is on her resume?", "what’s on her résumé", "ｒｅｓｕｍｅ")
  })
  it("what differs in inflection and in the order of words", () => {
    together("Which cloud certificates does she have?", "cloud certificate?")
    together("Is she an expert in database migration?", "in migrating databases, is she an expert")
  })
  it("what differs in courtesy and in contraction", () => {
    together("Could you please tell me about her pancake recipe?", "pancake recipe pls")
    together("Why doesn't she like Scala?", "why does she not like scala")
  })
  it("a slip of the pen and what was meant", () => {
    together("Does she know Kubernetes?", "does she know kubernetes", "kuberentes")
    together("Any accommodation budget?", "accommodation budget", "acommodation budget?")
  })
  it("questions in scripts without spaces that share most of their characters", () => {
    together("她会说什么语言？", "她会说什么语言")
  })
})

describe("Different groups hold", () => {
  it("the two ends of a thing", () => {
    apart("how do I open an account", "how do I close my account")
    apart("When did she start at Quillfen?", "When did she leave Quillfen?")
    apart("How do I turn the light on?", "How do I turn the light off?")
    apart("Can I sign in with Google?", "Can I sign out with Google?")
  })
  it("a question and its negation", () => {
    apart("Does she like working with Java?", "Does she not like working with Java?")
    apart("Why can she travel abroad?", "Why can't she travel abroad?")
  })
  it("different numbers", () => {
    apart("Does she know React 18?", "Does she know React 19?", "does she know react")
    apart("What is 2+2?", "What is 2+3?")
  })
  it("different names in one and the same sentence", () => {
    apart("Does she have experience with Java?", "Does she have experience with Rust?")
    apart("What did she do at Ombrello Pay?", "What did she do at Quillfen Freight?")
    apart("Does she know C?", "Does she know C++?", "Does she know C#?")
    apart("contact?", "contract?")
  })
  it("a question and that for the amount", () => {
    apart("How do I get a parking permit?", "How much is a parking permit?")
  })
  it("different ways of asking about one subject", () => {
    apart("Where did Tove work?", "When did Tove work?", "Why did Tove work?", "Who did Tove work?")
  })
})

describe("Odd texts", () => {
  it("are grouped by their signs where they have no words", () => {
    apart("🤖🤖🤖", "👋", "???", "...", "", "+")
    together("🤖 🤖", "🤖  🤖!")
  })

  it("of any script stay apart where they say different things", () => {
    apart(
      "ما هو راتبها؟",
      "كم عمرها",
      "מה שלומך היום?",
      "她住在哪里？",
      "給与はいくらですか",
      "ตำแหน่ง"
    )
  })

  it("of 64 KB are read up to a limit, and do not hold up the others", () => {
    const long = [
      "a".repeat(65_536),
      "why ".repeat(16_384),
      "🐉".repeat(16_384),
      "薪".repeat(30_000)
    ]
    const groups = grouped(asked([...long, "salary?", "Salary", "\uD800", "\0"]))
    assert.deepStrictEqual(
      groups.filter(({ questions }) => questions.length > 1).map(({ questions }) => questions),
      [["Salary", "salary?"]]
    )
  })
})

describe("More questions than can be compared", () => {
  const few = { questions: 3, terms: 1000 }
  const alone = (all: ReadonlyArray<CountedQuestion>, options: GroupOptions) =>
    groupQuestions(all, options)
      .filter(({ isCompared }) => !isCompared)
      .map(({ count, question }) => [question, count])

  it("are counted each by itself, the seldom asked ones and then the long ones", () => {
    const week = [
      { question: "Any tests?", count: 3 },
      { question: "any TESTS", count: 2 },
      { question: "Salary?", count: 1 },
      { question: "tests", count: 1 },
      { question: "salary expectations", count: 1 }
    ]
    assert.deepStrictEqual(alone(week, { limits: few }), [
      ["Salary?", 1],
      ["salary expectations", 1]
    ])
    assert.deepStrictEqual(grouped(week, { limits: few })[0], {
      question: "Any tests?",
      count: 6,
      questions: ["Any tests?", "any TESTS", "tests"]
    })
  })

  it("are bounded by their terms as well, whatever their number", () => {
    const [long, short] = ["one two three four five six", "Salary?"]
    const week = asked([long, short])
    assert.deepStrictEqual(alone(week, { limits: { questions: 9, terms: 6 } }), [[long, 1]])
    assert.deepStrictEqual(alone(week, { limits: { questions: 9, terms: 0 } }), [
      [short, 1],
      [long, 1]
    ])
    assert.deepStrictEqual(alone(week, {}), [])
  })

  it.prop("are the same in every order", [Week, Schema.Int], ([week, seed]) => {
    const limits = { questions: 3, terms: 8 }
    assert.deepStrictEqual(grouped(shuffled(week, seed), { limits }), grouped(week, { limits }))
    const total = groupQuestions(week, { limits }).reduce((sum, { count }) => sum + count, 0)
    assert.strictEqual(
      total,
      week.reduce((sum, { count }) => sum + count, 0)
    )
  })
})

/** Directions by a word that a question holds; other questions have no known meaning. */
const meant = (words: Readonly<Record<string, ReadonlyArray<number>>>) => ({
  vectorOf: (question: string) => {
    const word = Object.keys(words).find((known) => question.includes(known))
    return word === undefined ? undefined : Float32Array.from(words[word] ?? [])
  },
  similarityMin: 0.8
})

describe("Nearness by meaning", () => {
  const sizes = (questions: ReadonlyArray<string>, nearness: Nearness) =>
    groupQuestions(asked(questions), { nearness }).map(({ members }) => members.length)

  it("joins questions that share no word", () => {
    const questions = ["Does she have a dog?", "any pets?", "salary?"]
    assert.deepStrictEqual(
      sizes(questions, meant({ dog: [1, 0], pets: [0.99, 0.14], salary: [0, 1] })),
      [2, 1]
    )
  })

  it("does not join a few questions that are only as near as most of a site are", () => {
    const questions = ["Does she have a dog?", "any pets?"]
    assert.deepStrictEqual(sizes(questions, meant({ dog: [1, 0], pets: [0.95, 0.31] })), [1, 1])
  })

  it("joins no opposites, however near they are", () => {
    const questions = ["Can I bring a dog?", "Can I not bring my pets?"]
    assert.deepStrictEqual(sizes(questions, meant({ dog: [1, 0], pets: [1, 0] })), [1, 1])
  })

  it("leaves a question alone whose vector is no number", () => {
    const questions = ["Does she have a dog?", "any pets?"]
    const nan = Number.NaN
    assert.deepStrictEqual(sizes(questions, meant({ dog: [nan, nan], pets: [1, 0] })), [1, 1])
    assert.deepStrictEqual(sizes(questions, meant({ dog: [0, 0], pets: [1, 0] })), [1, 1])
  })
})

describe("On the demo's questions", () => {
  const labels = corpus.flatMap((intent) => intent.questions.map(() => intent.id))
  const groups = groupQuestions(asked(demo)).map(({ members }) => members)

  it("nine of ten pairs that are together belong together", () => {
    assert.isAtLeast(agreement(labels, groups).precision, 0.93)
  })

  it("more than equal texts meet", () => {
    assert.isAtLeast(agreement(labels, groups).recall, 0.06)
  })
})
