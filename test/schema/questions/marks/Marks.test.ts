import { assert, describe, it } from "@effect/vitest"
import { corpus } from "../../../../local/demo/corpus.ts"
import { joinedMarks } from "../../../../src/schema/questions/marks/Marks.ts"
import { readMarks } from "../../../../src/schema/questions/marks/readMarks.ts"
import { groupQuestions } from "../../../../src/schema/questions/QuestionGroups.ts"

type Sets = ReadonlyArray<ReadonlyArray<string>>

const pairsOf = (sets: Sets) =>
  sets.flatMap((set) => set.flatMap((one, at) => set.slice(at + 1).map((two) => [one, two])))

const agree = (one = "", two = "") =>
  joinedMarks(readMarks(one).marks, readMarks(two).marks) !== undefined

const apart = (sets: Sets) =>
  assert.deepStrictEqual(
    pairsOf(sets).filter(([one, two]) => agree(one, two)),
    []
  )

const together = (sets: Sets) =>
  assert.deepStrictEqual(
    pairsOf(sets).filter(([one, two]) => !agree(one, two)),
    []
  )

describe("The marks of two questions contradict each other", () => {
  it("where one denies, excludes or lacks what the other has, in 21 languages", () => {
    apart([
      ["هل يمكنني الدفع نقدا", "هل لا يمكنني الدفع نقدا"],
      ["Proč můžu platit kartou?", "Proč nemůžu platit kartou?"],
      ["Kan jeg betale med kort?", "Kan jeg ikke betale med kort?"],
      ["Kann man mit Karte zahlen?", "Kann man nicht mit Karte zahlen?"],
      ["Ist das Wasser mit Kohlensäure?", "Ist das Wasser ohne Kohlensäure?"],
      ["Gibt es einen Parkplatz?", "Gibt es keinen Parkplatz?"],
      ["Raucherzimmer", "Nichtraucherzimmer"],
      ["Does the app work offline?", "Doesn’t the app work offline?"],
      ["Rooms with a view", "Rooms without a view"],
      ["Does he have a licence?", "Does he lack a licence?"],
      ["¿Puedo pagar con tarjeta?", "¿No puedo pagar con tarjeta?"],
      ["Habitación con baño", "Habitación sin baño"],
      ["Voinko maksaa kortilla?", "Enkö voi maksaa kortilla?"],
      ["Huone ikkunan kanssa", "Huone ilman ikkunaa"],
      ["J'arrive à me connecter", "Je n'arrive plus à me connecter"],
      ["Chambre avec balcon", "Chambre sans balcon"],
      ["क्या मैं ऑर्डर रद्द कर सकता हूँ", "क्या मैं ऑर्डर रद्द नहीं कर सकता हूँ"],
      ["Posso pagare con carta?", "Non posso pagare con carta?"],
      ["カードで払えますか", "カードで払えません"],
      ["砂糖入りのコーヒー", "砂糖なしのコーヒー"],
      ["카드로 결제할 수 있나요?", "카드로 결제할 수 없나요?"],
      ["로그인이 돼요", "로그인이 안 돼요"],
      ["Kan ik met kaart betalen?", "Kan ik niet met kaart betalen?"],
      ["Kan jeg få refusjon?", "Kan jeg ikke få refusjon?"],
      ["Czy mogę zapłacić kartą?", "Czy nie mogę zapłacić kartą?"],
      ["Posso pagar com cartão?", "Não posso pagar com cartão?"],
      ["Можно оплатить картой?", "Нельзя оплатить картой?"],
      ["Kan jag betala med kort?", "Kan jag inte betala med kort?"],
      ["Giriş yapabiliyorum", "Giriş yapamıyorum"],
      ["Şekerli kahve", "Şekersiz kahve"],
      ["Чи можна скасувати?", "Чи не можна скасувати?"],
      ["我能登录账户", "我不能登录账户"]
    ])
  })

  it("where numbers, signs, addresses and paths differ, in any digits", () => {
    apart([
      ["Does it cost 1.5 or less?", "Does it cost 15 or less?"],
      ["Is 5 > 3?", "Is 5 < 3?", "Is 3 > 5?"],
      ["x >= y", "x <= y", "x != y"],
      ["Is it -5 outside?", "Is it 5 outside?"],
      ["5% off", "5 € off"],
      ["What is 2+3?", "What is 2-3?", "What is 2*3?"],
      ["Open /etc/hosts", "Open /etc/passwd"],
      ["what is src/a.ts", "what is src/b.ts"],
      ["is C:\\Temp safe", "is C:\\Users safe"],
      ["mail to info@shop.example", "mail to help@shop.example"],
      ["git push --force", "git push --dry-run"],
      ["بعد ٣ أيام", "بعد ٥ أيام"]
    ])
  })

  it("where the way leads back, or the comparison is turned round", () => {
    apart([
      ["Züge von Berlin nach Paris", "Züge von Paris nach Berlin"],
      ["Trains de Berlin à Paris", "Trains de Paris à Berlin"],
      ["Trenes de Madrid a Lisboa", "Trenes de Lisboa a Madrid"],
      ["Treni da Roma a Milano", "Treni da Milano a Roma"],
      ["Treinen van Gent naar Luik", "Treinen van Luik naar Gent"],
      ["Tåg från Lund till Malmö", "Tåg från Malmö till Lund"],
      ["Pociągi z Krakowa do Gdańska", "Pociągi z Gdańska do Krakowa"],
      ["Поезда из Москвы в Казань", "Поезда из Казани в Москву"],
      ["قطارات من باريس إلى برلين", "قطارات من برلين إلى باريس"],
      ["दिल्ली से मुंबई तक ट्रेन", "मुंबई से दिल्ली तक ट्रेन"],
      ["Ankara'dan İzmir'e tren", "İzmir'den Ankara'ya tren"],
      ["从北京到上海的火车", "从上海到北京的火车"],
      ["東京から大阪まで", "大阪から東京まで"],
      ["서울에서 부산까지 기차", "부산에서 서울까지 기차"],
      ["English to German", "German to English"],
      ["flights to Oslo", "flights from Oslo"],
      ["Is Rust faster than Java?", "Is Java faster than Rust?"],
      ["euro → dollar", "dollar → euro"]
    ])
  })

  it("where one says before, on, more, in or open, and the other says its opposite", () => {
    apart([
      ["vor dem Essen", "nach dem Essen"],
      ["avant le repas", "après le repas"],
      ["antes de comer", "después de comer"],
      ["吃饭之前", "吃饭之后"],
      ["食事の前に", "食事の後に"],
      ["식사 전에", "식사 후에"],
      ["yemekten önce", "yemekten sonra"],
      ["खाने से पहले", "खाने के बाद"],
      ["قبل الأكل", "بعد الأكل"],
      ["до обеда", "после обеда"],
      ["turn the light on", "turn the light off"],
      ["Licht einschalten", "Licht ausschalten"],
      ["打开通知", "关闭通知"],
      ["more than two guests", "less than two guests"],
      ["mehr als zwei Gäste", "weniger als zwei Gäste"],
      ["plus de deux enfants", "moins de deux enfants"],
      ["sign in", "sign out"],
      ["Konto eröffnen", "Konto schließen"],
      ["Comment ouvrir un compte", "Comment fermer un compte"],
      ["buy shares", "sell shares"],
      ["lock the card", "unlock the card"]
    ])
  })

  it("where one asks for the speaker, and the other for the listener", () => {
    apart([
      ["What is my name?", "What is your name?"],
      ["Wie heißt mein Chef?", "Wie heißt dein Chef?"],
      ["Quel est mon tarif ?", "Quel est votre tarif ?"],
      ["¿Cuál es mi nombre?", "¿Cuál es tu nombre?"],
      ["Как меня найти мой заказ", "Как меня найти ваш заказ"],
      ["我的名字是什么", "你的名字是什么"],
      ["मेरा नाम क्या है", "आपका नाम क्या है"],
      ["Can I call you?", "Can you call me?"],
      ["Kann ich dir helfen?", "Kannst du mir helfen?"],
      ["Je peux vous aider ?", "Vous pouvez m'aider ?"],
      ["我能帮你吗", "你能帮我吗"],
      ["Yardım edebilir miyim?", "Yardım edebilir misin?"],
      ["هل يمكنني المساعدة؟", "هل يمكنك المساعدة؟"]
    ])
  })

  it("where they ask for different things", () => {
    apart([
      ["When did it open?", "Where did it open?", "Why did it open?", "Who did it open?"],
      ["How far is it?", "How old is it?", "How long is it?", "How is it?"],
      ["Wann fährt er?", "Wo fährt er?", "Warum fährt er?", "Wie fährt er?", "Wer fährt?"],
      ["Quand part-il ?", "Où part-il ?", "Pourquoi part-il ?", "Comment part-il ?"],
      ["¿Cuándo abre?", "¿Dónde abre?", "¿Por qué abre?", "¿Cómo abre?"],
      ["什么时候开始", "在哪里开始", "为什么开始", "怎么开始"],
      ["いつ始まりますか", "どこで始まりますか", "なぜ始まりますか"],
      ["언제 시작해요", "어디서 시작해요", "왜 시작해요"],
      ["متى يبدأ", "أين يبدأ", "لماذا يبدأ", "كيف يبدأ"],
      ["कब शुरू होता है", "कहाँ शुरू होता है", "क्यों शुरू होता है"],
      ["Когда начало?", "Где начало?", "Почему начало?"],
      ["Ne zaman başlıyor?", "Nerede başlıyor?", "Nasıl başlıyor?"]
    ])
  })
})

describe("The marks of two questions agree", () => {
  it("where they say one thing in two ways", () => {
    together([
      ["It doesn't work", "it does not work", "IT DOES NOT WORK", "it doesn’t work"],
      ["Abo ohne Werbung", "Abo, keine Werbung"],
      ["10,000 users", "10.000 users", "１０，０００ users", "١٠٠٠٠ users"],
      ["from Berlin to Paris", "to Paris from Berlin"],
      ["Can you tell me how I cancel?", "How do I cancel?", "cancel"],
      ["How much is it?", "How many are there?"],
      ["能不能退款", "可以退款吗"],
      ["怎么付款", "如何付款"],
      ["対応していただけませんか", "対応してください"]
    ])
  })

  it("where one says nothing about it", () => {
    together([
      ["When does it start?", "start"],
      ["your e-mail", "e-mail"],
      ["Berlin Paris", "Berlin to Paris"],
      ["Does she know Java?", "Java"]
    ])
  })
})

describe("A group", () => {
  it("holds no two questions whose marks contradict each other, among hundreds", () => {
    const questions = corpus.flatMap((intent) => intent.questions)
    const groups = groupQuestions(questions.map((question) => ({ question, count: 1 })))
    const held = groups.map(({ members }) => members.map((index) => questions[index] ?? ""))
    together(held)
  })

  it("takes a question without an asking word in, and none that would contradict it", () => {
    const questions = ["When did the firm start?", "Where did the firm start?", "the firm start"]
    const groups = groupQuestions(questions.map((question) => ({ question, count: 1 })))
    for (const { members } of groups) assert.notIncludeMembers([...members], [0, 1])
    assert.isAtLeast(groups.length, 2)
  })
})
