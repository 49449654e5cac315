/** Values that a field may hold in a message of a foreign sender. */
const texts: ReadonlyArray<string> = [
  "",
  " ",
  "\u0000\u0007\u001B[31m\u007F\u0085\u2028",
  "\uD800",
  "\uDC00 backwards \uD83D",
  "\uFFFE\uFFFF\uFEFF",
  "👩‍💻 é \u202E",
  "__proto__",
  "constructor",
  "null",
  "1e400",
  "2026-11-16T09:30:00Z",
  "\"'`;--<script>{{= <% %> =}}",
  "x".repeat(1_048_576)
]

const numbers: ReadonlyArray<number> = [
  0,
  -0,
  1,
  -1,
  0.5,
  1.5,
  5e-324,
  -5e-324,
  1.7976931348623157e308,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 53,
  1e21,
  253_402_300_799_999,
  253_402_300_800_000,
  8_640_000_000_000_001
]

const others: ReadonlyArray<unknown> = [
  null,
  true,
  false,
  [],
  ["query"],
  [[[]]],
  {},
  { toString: "no function", valueOf: null, toJSON: "text" },
  { length: 1, 0: "x" },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  Array.from({ length: 200 }).reduce((inner) => [inner], [])
]

export const hostileValues: ReadonlyArray<unknown> = [...texts, ...numbers, ...others]

type Path = ReadonlyArray<string>

/** The paths of all fields, including inner ones. */
export const fieldsOf = (value: object, path: Path = []): ReadonlyArray<Path> =>
  Object.entries(value).flatMap(([name, inner]) => [
    [...path, name],
    ...(typeof inner === "object" && inner !== null ? fieldsOf(inner, [...path, name]) : [])
  ])

type Change = (fields: Readonly<Record<string, unknown>>, name: string) => object

const changed = (value: object, [name = "", ...rest]: Path, change: Change): object => {
  const fields = { ...value } as Record<string, unknown>
  return rest.length === 0
    ? change(fields, name)
    : { ...fields, [name]: changed(fields[name] as object, rest, change) }
}

/** The message with one field left out. */
export const without = (value: object, path: Path): object =>
  changed(value, path, ({ ...fields }, name) => {
    const { [name]: _, ...rest } = fields
    return rest
  })

/** The message with one field replaced. */
export const withField = (value: object, path: Path, field: unknown): object =>
  changed(value, path, (fields, name) => ({ ...fields, [name]: field }))
