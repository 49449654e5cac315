/** Questions that no table of words expects: whatever comes, each is in one group. */
import { assert, describe, it } from "@effect/vitest"
import { groupQuestions } from "../../../src/schema/questions/QuestionGroups.ts"
import { shuffled } from "../report/SummaryExamples.ts"

/** The groups as lists of questions. */
const grouped = (questions: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const counted = questions.map((question) => ({ question, count: 1 }))
  return groupQuestions(counted).map(({ members }) => members.map((at) => questions[at] ?? ""))
}

const assertOne = (...questions: ReadonlyArray<string>): void => {
  assert.strictEqual(grouped(questions).length, 1, questions.join(" | "))
}

const assertApart = (...questions: ReadonlyArray<string>): void => {
  for (const group of grouped(questions)) assert.strictEqual(group.length, 1, group.join(" | "))
}

const readLengthMax = 4_000

describe("One question in several Unicode forms", () => {
  const questions = [
    "Où avez-vous étudié à l’école ?",
    "¿Cuánto cuesta un año?",
    "Tiếng Việt của cô ấy thế nào?",
    "Ёлка и йод?",
    "한국어 할 수 있어요?",
    "がくせいですか",
    "क्या वह हिंदी में पढ़ती है?",
    "ما هو أصل كلمة آب؟"
  ]
  it.each(questions)("is one group, composed and decomposed: %s", (question) => {
    const forms = ["NFC", "NFD", "NFKC", "NFKD"].map((form) => question.normalize(form))
    assertOne(...new Set(forms))
  })

  it("stays apart from the question with another letter", () => {
    assertApart("がくせいですか", "かくせいですか".normalize("NFD"))
  })

  it("is one group however long it is", () => {
    for (const letter of ["é", "한", "ế"]) {
      const long = `${letter} `.repeat(readLengthMax / 2)
      assertOne(long, long.normalize("NFD"))
    }
  })

  it("is one group with characters that are not seen", () => {
    assertOne("Erfahrung mit Java?", "Erfah\u00adrung mit Java?", "\ufeffErfahrung\u200b mit Java?")
    assertOne("می‌خواهم", "میخواهم")
    assertApart("Can she n\u00adot drive?", "Can she drive?")
  })
})

describe("A question without a word", () => {
  it("is one group when it is empty or blank", () => {
    assertOne("", " ", "\t\r\n", "\u00a0", "\u200b\u2060")
  })

  it("is one group when its signs are repeated, and another with other signs", () => {
    assertOne("?", "??", "???", "? ?", " ? ")
    assertApart("?", "!", "...", "", "+", "?!")
  })

  it("is grouped by its emoji, whatever signs and selectors surround them", () => {
    assertOne("❤️", "❤", "❤!")
    assertApart("👍", "👎", "🇩🇪", "🇫🇷", "🤷", "❤️")
  })
})

describe("A question of one letter", () => {
  it("is grouped by this letter, in any case", () => {
    assertOne("x", "X", "x?", " X ")
    assertApart("x", "y", "я", "水", "क", "ب")
  })
})

describe("Code and addresses", () => {
  it("are apart by their signs, numbers and paths", () => {
    assertApart("const x = 1", "const x = 2", "let x = 1")
    assertApart("if (a > b) return", "if (a < b) return")
    assertApart("a == b", "a != b", "i++", "i--")
    assertApart("git push", "git pull")
    assertApart(
      ...["https://example.com/a", "https://example.com/b", "https://example.com/a?x=1"],
      ...["example.org", "www.example.org"]
    )
  })

  it("are one when they differ in blanks alone", () => {
    assertOne("SELECT * FROM users", "select *  from users;", "SELECT *\n FROM users")
    assertOne("https://example.com/a", "https://example.com/a/", " https://example.com/a ")
  })
})

describe("A question in several scripts", () => {
  it("is apart from the same question for another thing", () => {
    assertApart("Does she speak Русский?", "Does she speak 日本語?", "Does she speak Deutsch?")
    assertApart("彼女はPythonを知っていますか", "彼女はJavaを知っていますか")
    assertApart("هل تعرف Python؟", "هل تعرف Java؟")
  })

  it("is one in any case", () => {
    assertOne("Она знает Python?", "она знает PYTHON", "ОНА ЗНАЕТ python?")
  })
})

describe("A question of 4,000 characters", () => {
  const long = `Does she know ${"very ".repeat(readLengthMax / 5)}`.slice(0, readLengthMax)
  const forms = [long, long.toUpperCase(), `${long} and more`, `  ${long}`]

  it("is read to that length, whatever follows", () => {
    assertOne(...forms.slice(0, 3))
    assertOne("薪".repeat(readLengthMax), "薪".repeat(2 * readLengthMax))
    assertOne("😀".repeat(readLengthMax / 2), `${"😀".repeat(readLengthMax / 2)}x`)
  })

  it("does not change the groups of others", () => {
    const short = ["salary?", "Salary", "Any tests?", "any TESTS"]
    const groups = grouped([...forms, ...short]).filter((group) => group[0]!.length < 20)
    assert.sameDeepMembers(
      groups.map((group) => [...group].sort()),
      [
        ["Salary", "salary?"],
        ["Any tests?", "any TESTS"]
      ]
    )
  })
})

describe("A thousand wordings of one question", () => {
  const text = "tell me about training for teams"
  const cased = Array.from({ length: 1000 }, (_, n) =>
    [...text].map((letter, at) => ((n >> (at % 10)) & 1 ? letter.toUpperCase() : letter)).join("")
  )
  const polite = "hi hello hey please pls just really maybe quickly thanks".split(" ")
  const courteous = Array.from({ length: 1000 }, (_, n) =>
    [n % 10, Math.floor(n / 10) % 10, Math.floor(n / 100)]
      .map((at) => polite[at])
      .concat(text)
      .join(" ")
  )

  for (const [how, questions] of [
    ["case", cased],
    ["courtesy", courteous]
  ] as const) {
    it(`are one group where they differ in ${how}, alone and among others`, () => {
      assert.strictEqual(new Set(questions).size, 1000)
      assertOne(...questions)
      const others = ["salary?", "Where did she study?", "Does she know Java?"]
      const groups = grouped(shuffled([...questions, ...others], 5))
      assert.deepStrictEqual(
        groups.map((group) => group.length),
        [1000, 1, 1, 1]
      )
    })
  }

  it("are named by one that nobody shouted", () => {
    const [group] = groupQuestions(
      [...cased, text.toUpperCase()].map((question) => ({ question, count: 1 }))
    )
    assert.isAbove(group?.question.match(/\p{Ll}/gu)?.length ?? 0, 4)
    assert.deepStrictEqual(group?.others, [])
  })

  it("stay apart where they differ in a number", () => {
    const numbered = Array.from({ length: 1000 }, (_, n) => `${text} ${n}`)
    assert.strictEqual(grouped(numbered).length, 1000)
  })
})
