/** Words that deny, exclude or say that something is missing: all of them say "not". */
import { anyOf } from "./anyOf.ts"
import type { MarkTable, PatternTable } from "./MarkTable.ts"

export const negations: MarkTable = {
  not: {
    ar: `لا لم لن ليس ليست لست ليسوا غير بدون بلا دون ولا ينقص ينقصه تنقصه تنقصها ينقصها يفتقر
      تفتقر لايمكن لايوجد`,
    cs: `ne není nejsem nejsi nejsou nemůžu nemohu nemůže nemůžete nemůžeš nelze nemá nemám
      nemáte nemají nejde nefunguje nikdy žádný žádná žádné bez nic nikdo chybí postrádá
      nechci nemusím nemusí nebyl nebyla nebude nesmí nesmím nedá neumí`,
    da: "ikke ingen intet aldrig uden hverken mangler mangle ej kan_ikke",
    de: `nicht nichts kein keine keinen keinem keiner keines nie niemals niemand ohne weder
      fehlt fehlen fehlende fehlendes mangelt mangels nicht* unmöglich* unfähig* ungültig*
      unbekannt* unsicher* unvollständig*`,
    en: `not no never without cannot cant dont doesnt didnt isnt arent wasnt werent wont
      wouldnt shouldnt couldnt hasnt havent hadnt aint nor none nobody nothing neither
      lack lacks lacked lacking unable missing fail_to failed_to fails_to nt impossible
      unavailable invalid incorrect incomplete inactive incompatible unknown unpaid unused
      unlimited unsafe unlike mustnt neednt doesn didn isn aren wasn weren wouldn shouldn
      couldn hasn haven hadn unwilling inaccessible unaffected unsure undelivered
      unauthorized unauthorised unverified unsuccessful rather_than instead`,
    es: `no nunca jamás sin ningún ninguna ninguno nada nadie tampoco ni falta faltan carece
      carecen imposible`,
    fi: `ei en et emme ette eivät eikö enkö etkö emmekö ettekö eivätkö eikä ilman älä älkää
      koskaan puuttuu puuttuvat mahdoton *matta *mättä`,
    fr: `ne n pas jamais aucun aucune sans rien personne ni guère manque manquent dépourvu
      impossible non`,
    hi: "नहीं नही न मत बिना बग़ैर बगैर ना कभी_नहीं अभाव",
    it: "non mai senza nessun nessuno nessuna niente nulla né manca mancano impossibile",
    nl: `niet niets geen nooit zonder niemand noch ontbreekt ontbreken mist onmogelijk ongeldig`,
    no: "ikke ingen intet aldri uten verken mangler mangle ei",
    pl: `nie nigdy bez żaden żadna żadne żadnych nikt nic brak brakuje brakowało niemożliwe ani`,
    pt: `não nunca jamais sem nenhum nenhuma nada ninguém nem falta faltam carece impossível`,
    ru: `не нет никогда без нельзя ни никто ничего ничто отсутствует отсутствуют невозможно
      недоступно недоступен неверный нету`,
    sv: "inte ej inga ingen inget aldrig utan varken saknar saknas icke omöjligt",
    tr: `değil yok hiç olmadan olmaksızın yoktur değilim değilsin hayır asla kimse eksik
      imkansız *mıyor *miyor *muyor *müyor *mıyorum *miyorum *muyorum *müyorum *mıyorsun
      *miyorsun *mıyoruz *miyoruz *mıyorlar *miyorlar *maz *mez *mazsa *mezse *mazsam
      *mezsem *madı *medi *madım *medim *madan *meden *mayan *meyen *mamış *memiş
      *ayacak_değil *amam *emem *maması *memesi *sız *siz *suz *süz *mayacak *meyecek`,
    uk: `не ні немає нема ніколи без ніхто нічого ніщо неможливо бракує відсутній відсутня відсутнє`
  }
}

/** A Chinese question may say "can or cannot" without denying. */
export const negationPatterns: PatternTable = {
  not: anyOf(
    "u",
    "不(?!错|好意思|过|同|仅|但|断|管|论|久)|没(?!收|问题)|沒|無(?!料)|无(?!线|论|锡)|未(?!来|來)|别(?=再|让|的用)|勿",
    "缺(?:少|乏)|ない(?!か[?？])|ません|なかっ|なく(?:ても|て|なる|なり)|なし|ずに|ぬまま|不可",
    String.raw`(?<![\p{L}])(?:안|못)(?=\s)|못(?:하|해|했|합)|없(?!이?나마)|않|아니[다에라요]|아닌|아닙|지\s?마`
  )
}

/** Expressions that hold a sign of negation without denying. */
export const noNegation = anyOf(
  "gu",
  String.raw`(.)[不没沒]\1|(.).不\2|可不可以|能不能|有没有|有沒有|对不起|對不起|差不多|不知道|少ない|危ない|かもしれない`,
  "(?:いただけ|頂け|ください|もらえ|くれ)ませんか|すみません|ではないか|じゃないか|なければなら?ない|なければなりません",
  "ないといけ(?:ない|ません)|안녕"
)
