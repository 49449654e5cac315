/** Words that point one way of two. A question that says neither agrees with either. */
import type { MarkTable, PatternTable } from "./MarkTable.ts"

/** A group never holds two values of one of these. */
export const opposites: Readonly<Record<string, MarkTable>> = {
  amount: {
    more: {
      en: "more increase* raise",
      de: "mehr erhöh*",
      fr: "augment*",
      es: "más aument*",
      it: "più aument*",
      pt: "mais aument*",
      nl: "meer verhog*",
      sv: "mer fler",
      no: "mer flere",
      da: "mere flere",
      pl: "więcej",
      cs: "více víc",
      ru: "больше",
      uk: "більше",
      tr: "fazla",
      fi: "enemmän"
    },
    less: {
      en: "decrease* reduce* lower*",
      de: "senk* reduzier* verringer*",
      fr: "rédui* diminu*",
      es: "reduc* disminu*",
      it: "ridu* diminu*",
      pt: "reduz* diminu*",
      nl: "verlaag* verminder*"
    }
  },
  era: {
    now: {
      en: "current currently present presently",
      de: "aktuell* jetzig* derzeitig* derzeit",
      fr: "actuel*",
      es: "actual*",
      it: "attual*",
      pt: "atual*",
      nl: "huidig*",
      sv: "nuvarande"
    },
    past: {
      en: "previous previously former formerly",
      de: "vorherig* ehemalig*",
      fr: "précédent*",
      es: "anterior*",
      it: "precedent*",
      pt: "anterior*",
      nl: "vorige",
      sv: "förra tidigare"
    }
  },
  time: {
    before: { de: "vor", nl: "voor", cs: "před", ru: "до", uk: "до", pl: "przed" },
    after: { de: "nach", nl: "na", cs: "po", ru: "после", uk: "після", pl: "po" }
  },
  open: {
    open: {
      ar: "فتح أفتح مفتوح تفتح يفتح",
      cs: "otevř* otevír*",
      da: "åbn* åben",
      de: "öffne* geöffnet* offen eröffn* aufmachen",
      en: "open opens opened opening reopen*",
      es: "abrir abro abre abren abierto abierta",
      fi: "avaa* avata auki avoinna",
      fr: "ouvr* ouvert*",
      hi: "खोल* खुल* खुला",
      it: "aprire apro apre aprono aperto aperta aprite",
      nl: "open opent openen geopend",
      no: "åpn* åpen*",
      pl: "otwiera* otworzyć otwart* otwórz*",
      pt: "abrir abro abre abrem aberto aberta",
      ru: "открыт* откры* открой*",
      sv: "öppn* öppet",
      tr: "aç açık açma* açar* açab* açıl*",
      uk: "відкри* відчин*"
    },
    close: {
      ar: "إغلاق أغلق مغلق تغلق يغلق اغلاق",
      cs: "zavř* zavír* zruš*",
      da: "lukk* lukket",
      de: "schließ* geschlossen* schliess* zumachen",
      en: "close closes closed closing shut",
      es: "cerrar cierro cierra cierran cerrado cerrada",
      fi: "sulke* sulje* kiinni",
      fr: "ferm* clôtur* clotur*",
      hi: "बंद",
      it: "chiudere chiudo chiude chiudono chiuso chiusa",
      nl: "sluit* gesloten dicht",
      no: "steng* lukk*",
      pl: "zamyka* zamknąć zamknięt* zamknij*",
      pt: "fechar fecho fecha fecham fechado fechada encerrar",
      ru: "закры*",
      sv: "stäng* stängt",
      tr: "kapat* kapalı kapan*",
      uk: "закри* зачин*"
    }
  },
  course: {
    start: {
      en: "start starts started starting begin begins began",
      de: "anfang* anfäng* beginn* begonnen starte*",
      fr: "commenc* débu*",
      es: "empez* empiez* comenz* comienz*",
      it: "inizi* cominci*",
      pt: "começ* inici*",
      nl: "begin* start*",
      pl: "zacz* rozpocz*",
      ru: "нача* начин*"
    },
    stop: {
      en: "stop stops stopped stopping end ends ended ending finish* leave leaves left quit",
      de: "ende* beend* aufhör* stopp*",
      fr: "arrêt* termin* fini*",
      es: "termin* acab* parar",
      it: "finisc* finit* termin*",
      pt: "termin* acab* parar",
      nl: "stop* eindig*",
      pl: "kończ* zakończ*",
      ru: "законч* конч* останов*"
    }
  },
  trade: {
    buy: {
      en: "buy buys buying bought purchase*",
      de: "kauf* gekauft",
      fr: "achet* achat*",
      es: "compr*",
      it: "compr* acquist*",
      pt: "compr*",
      nl: "koop* kopen",
      pl: "kup*",
      ru: "куп* покуп*",
      tr: "satın_al satın_almak satın_alabilir"
    },
    sell: {
      en: "sell sells selling sold",
      de: "verkauf*",
      fr: "vend* vente*",
      es: "vend* venta*",
      it: "vend*",
      pt: "vend*",
      nl: "verkoop* verkopen",
      pl: "sprzeda*",
      ru: "прода*",
      tr: "sat satmak"
    }
  },
  transfer: {
    send: {
      en: "send sends sending sent",
      de: "send* schick* versend*",
      fr: "envoy*",
      es: "envi*",
      ru: "отправ*"
    },
    receive: {
      en: "receive* receiving",
      de: "empfang* erhalt* bekomm*",
      fr: "reçoi* recev* reçu*",
      es: "recib*",
      ru: "получ*"
    }
  },
  change: {
    add: {
      en: `add adds adding added install* enable* activate* subscribe* lock* block* connect*
        freeze* upload* import* login hire* follow* deposit* accept*`,
      de: "hinzufüg* aktivier* installier* abonnier* einlog* anmeld* hochlad*",
      fr: "ajout* activ* install* télécharg*",
      es: "añad* agreg* activ* instal*"
    },
    remove: {
      en: `remove* removing delete* deleting uninstall* disable* deactivate* unsubscribe*
        unlock* unblock* disconnect* unfreeze* download* export* logout fire unfollow*
        withdraw* decline* reject* cancel*`,
      de: `entfern* lösch* deaktivier* deinstallier* abbestell* kündig* auslog* abmeld*
        herunterlad*`,
      fr: "supprim* désactiv* désinstall* annul*",
      es: "elimin* borr* desactiv* desinstal* cancel*"
    }
  },
  extent: {
    least: {
      en: "minimum min minimal smallest lowest least earliest cheapest first",
      de: "mindest* minimal* erste* kleinste*"
    },
    most: {
      en: "maximum max maximal biggest largest highest most latest last",
      de: "höchst* maximal* letzte* größte*"
    }
  },
  travel: {
    arrive: { en: "arrive* arrival* arriving", de: "ankunft ankomm*", fr: "arriv*", es: "lleg*" },
    depart: {
      en: "depart* departure*",
      de: "abfahr* abflug*",
      fr: "départ* part",
      es: "salir salida*"
    }
  }
}

export const oppositePatterns: Readonly<Record<string, PatternTable>> = {
  open: {
    open: /打开|打開|开(?:户|通|门|放)|開(?:戶|く|け)|열(?:어|기|리|려|고|수)/u,
    close: /关(?:闭|门)|關閉|閉(?:じ|め|ま)|닫/u
  },
  trade: { buy: /买|買|購入|구매|사(?:고|려)/u, sell: /卖|賣|売|판매|팔/u },
  course: { start: /开始|開始|始ま|시작/u, stop: /结束|結束|終わ|終了|끝|종료/u },
  change: { add: /添加|追加|登録|추가|등록/u, remove: /删除|刪除|取消|削除|解約|삭제|취소|해지/u }
}
