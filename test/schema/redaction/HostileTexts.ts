/** Texts that a redactor could trip over. */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

/** Pieces of what is looked for, and what stands around it. */
export const pieces = [
  "a@",
  "@",
  "a.",
  "anna@example.org",
  "(at)",
  " dot ",
  "password ",
  "password: ",
  "password is ",
  '"',
  "pin",
  "token=",
  "?token=",
  "&",
  "://",
  "://a:",
  "eyJ",
  "eyJa.",
  "sk-",
  "hooks.slack.com/services/",
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN ",
  "-----END PRIVATE KEY-----",
  "bearer ",
  "1",
  "01",
  "0 ",
  "(0",
  "(01)",
  "+1",
  "00",
  "1-",
  "1.",
  "1.1.1.1",
  "4111 ",
  "4111111111111111",
  "DE89 ",
  "AB12",
  "tel ",
  "ssn ",
  "order ",
  "::",
  "a:",
  "%40",
  "\u200b",
  "a\u00ad",
  "@名.",
  "パスワードは",
  "password for the ",
  "mot de passe du ",
  "ИНН ",
  "CNPJ 1/",
  "1/1-",
  "MTA4aaaaaaaaaaaaaaaaaaaaaa.",
  "https://a.example/reset/",
  "reset/",
  "xai-",
  "[e-mail]",
  "[",
  "]",
  "\n",
  " ",
  "\t",
  "\0",
  "\u0660",
  "\uff11",
  "é",
  "は",
  "\ud800",
  "\udc00",
  "👩‍💻"
] as const

/** Any sequence of code units and of those pieces. */
export const anyText = Arbitrary.array(
  Arbitrary.all({
    unit: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff }))),
    piece: Arbitrary.schema(Schema.Literals(pieces)),
    isPiece: Arbitrary.schema(Schema.Literals([true, true, true, false]))
  }),
  { maxLength: 24 }
).pipe(
  Arbitrary.map((parts) =>
    parts.map(({ isPiece, piece, unit }) => (isPiece ? piece : String.fromCharCode(unit))).join("")
  )
)
