/** Passwords and other secrets, recognised by the word before them in many languages. */
import { isNoSecret } from "./isNoSecret.ts"
import { keyAfter } from "./issuedKeys.ts"
import type { Groups, Recogniser } from "./Recogniser.ts"

const either = (words: string): string => words.trim().split(/\s+/).join("|")

/** A "." stands for a blank. Compounds may end with these words. */
const endings = either(`
  password passwort kennwort passphrase passcode l[öo]senord(?:et)? wachtwoord
  adgangskode[nr]? kodeord(?:et)? passord(?:et)? salasana(?:n[ai]|si|mme)? palavra.passe`)

const passwords = either(`
  passwd pwd pw pass(?=.?[:=]|.is) (?<pin>pin(?:.?(?:code|number|nummer|kod[ei]?))?)
  code.pin cv[vc]2? (?:one.time.|verification.|security.|2fa.)code otp mot.de.passe
  contrase(?:ñ|n|ny)a clave senha has[łl]o парол[ьаяюе][а-яё]{0,3} heslo
  jelsz(?:[óo]|av)[a-zà-ÿ]{0,4} parola(?:m|n|s[ıi]|mız|nız)? [şs]ifre(?:m|n|si|miz|niz)?
  lozinka zaporka slapta[žz]odis κωδικ[όο][ςσ]? סיסמ(?:ה|תי|ת) كلمة.(?:المرور|السر|مرور|سر)
  الرقم.السري رمز.عبور पासवर्ड รหัสผ่าน mật.khẩu (?:kata.)?sandi 密[码碼] 口令 パスワード 暗証番号 비밀번호 비번
  암호 패스워드`)

const tokens = either(`
  (?:api|access|account|secret|private|auth|signing|encryption)[\\W_]?(?:access[\\W_]?)?key
  (?:access|auth|client|refresh|api|bot|id)[\\W_]?(?:token|secret)
  (?:api|zugangs).?schlüssel clé.(?:d.)?api (?:clave|chave).(?:de.)?api ключ.api
  api.(?:ключ|nyckel|nøgle|kulcs) klucz.api secret token authorization`)

/** Words between the announcement and the secret; the Finnish one is an English preposition too. */
const told = either(`
  is was are now to (?:re)?set.to changed.to ist lautet war heißt est c'est es era é è e er
  var är jest on(?<=salasana.{0,5}) brzmi je bylo este είναι هي هو הוא היא है là adalah คือ
  это такой -`)
const prepositions = either(`
  for of on from fürs? von zum zur pour de[ls]? du para d[ao]s? per di della voor van för
  til till dla для от`)
const possessives = either(`
  mitt? mio mia mea mijn meu minha mein moje moja μου שלי saya aku của.tôi tôi мой atual nova antiga
  actual nueva anterior actuel provisoire attuale nuova temporanea`)

const possessive = `(?: (?:${possessives})(?=[ :=]))?`
const announced =
  `(?:(?<![a-zà-ÿ])(?:(?<token>${tokens})|${passwords})|${endings})(?![\\w\\xc0-\\u052f-])["']?` +
  `(?:${possessive}(?<of> (?:${prepositions}) [^\\n.,:;=!?"'“”]{1,30}?)?` +
  `(?:(?: (?:${told}))? {0,2}(?<equals>[:=])[:=]{0,2} {0,2}` +
  `|(?: (?<told>${told})|(?<owned>['’]s)) | ?(?<particle>[是为為は는은이가]) ?)|${possessive} )`

/** An ampersand belongs to a password unless it begins the next parameter. */
const sign = "(?:[^\\s\"'“”<>,;&[\\]\\u3000-\\uffff]|&(?!\\w{1,40}=|[a-z]{2,6};))"
const lastSign = "[^\\s\"'“”<>,;&[\\]\\u3000-\\uffff:.?)]"

const isMixed = /\d|[a-z][A-Z]|[!#$%^&*_+=~@]/
const hasBoth = (value: string): boolean => /\p{L}/u.test(value) && /\d/.test(value)

/** The clause ends after the word. */
const isLast = /^\s*(?:$|[\n.,;)}])/

/** Words that many passwords are, and that no remark about a password begins with. */
const isUsual = new RegExp(
  "^(?:letmein|qwert[yz]|azerty|iloveyou|sunshine|princess|football|welcome|monkey|dragon|hunter" +
    "|starwars|swordfish|hallo|schatz|soleil|doudou|passw[o0]rd)$",
  "i"
)

/** Names in code have one underscore or more. */
const isVariable = /^[a-z]+(?:_[a-z]+)+$/

/** The weaker the announcement of a secret, the more it has to look like one. */
const isAnnounced = (value: string, before: string, after: string, groups: Groups): boolean => {
  const { equals, of, owned, particle, pin, told, token } = groups
  const isSpoken = (told ?? owned ?? particle) !== undefined
  if (/^\d+$/.test(value)) {
    // a PIN, while a short number beside a token is an amount
    return token === undefined
      ? value.length > 2 &&
          (equals !== undefined || isSpoken || (pin !== undefined && value.length > 3))
      : value.length > 7 && equals !== undefined
  }
  const isQuoted = /["'“](?:\w+ )?$/.test(before)
  if (equals === "=") {
    if (isQuoted || !/ $/.test(before)) return true
    return !isVariable.test(value) && (isMixed.test(value) || isLast.test(after))
  }
  if (equals !== undefined) {
    return (
      isQuoted ||
      isMixed.test(value) ||
      (of === undefined && value.length > 3 && isLast.test(after))
    )
  }
  if (isSpoken) {
    if (isQuoted || isUsual.test(value)) return true
    return value.length > 3 && isMixed.test(value) && (token === undefined || hasBoth(value))
  }
  return (
    value.length > 5 && hasBoth(value) && (token === undefined || /[a-z]\d|\d[a-z]/i.test(value))
  )
}

/** Words that a sentence in quotation marks has, and a passphrase has not. */
const isSentence =
  /(?<!\S)(?:is|are|must|should|not|the|your|at|or|and|please|enter|too|muss|est|debe)(?!\S)/i

const phrase = '[^\\s"“”[\\]]{1,48}(?: [^\\s"“”[\\]]{1,48}){1,9}'

export const announcedSecrets: ReadonlyArray<Recogniser> = [
  keyAfter(
    `${announced}["'“]?(?:(?:bearer|basic|token) )?`,
    `(?:(?<=["“])(?<phrase>${phrase})(?=["”])|${sign}{1,127}${lastSign})`,
    "gi",
    (value, before, after, groups) => {
      if (groups.phrase !== undefined) {
        return groups.token !== undefined || isSentence.test(value) ? 0 : value.length
      }
      const bare = value.replace(/[!?…]+$/, "")
      if (isNoSecret(bare, after)) return 0
      return isAnnounced(bare, before, after, groups) ? value.length : 0
    }
  )
]
