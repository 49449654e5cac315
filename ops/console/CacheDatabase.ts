/** The SQLite database of a cache: prepared for its rows, and replaced when it is damaged. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite"
import { isDamage, RowsLost } from "./RowsLost.ts"
import { type Row, tablesOf } from "./rowTables.ts"

/** Another version's rows are not read, because they can be had again. */
const version = 1

export interface DatabaseOptions {
  /** Texts are in the file; otherwise they are held for the time of this process alone. */
  readonly keepsTexts: boolean
  /** Puts an empty file in the place of a damaged one. */
  readonly renew?: () => void
}

export class CacheDatabase {
  readonly #open: () => DatabaseSync
  readonly #renew: (() => void) | undefined
  readonly #statements = new Map<string, StatementSync>()
  #database: DatabaseSync
  /** Counts the databases that were opened, each of which numbers its changes from 0. */
  beginnings = 1

  /** Throws for an unfit file; damage that is met later throws `RowsLost`, and is gone by then. */
  constructor(file: string, { keepsTexts, renew }: DatabaseOptions) {
    this.#open = () => {
      const database = new DatabaseSync(file, { timeout: 5000 })
      try {
        prepare(database, { isFile: file !== ":memory:", keepsTexts })
      } catch (error) {
        database.close()
        throw error
      }
      return database
    }
    this.#renew = renew
    this.#database = this.#open()
  }

  all(sql: string, ...values: ReadonlyArray<SQLInputValue>): ReadonlyArray<Row> {
    return this.#unlessDamaged(() => this.#prepared(sql).all(...values))
  }

  run(sql: string, ...values: ReadonlyArray<SQLInputValue>): void {
    this.#prepared(sql).run(...values)
  }

  /** Makes all changes or none. */
  together(change: () => void): void {
    this.#unlessDamaged(() => inTransaction(this.#database, change))
  }

  close(): void {
    this.#database.close()
  }

  #prepared(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #unlessDamaged<A>(work: () => A): A {
    try {
      return work()
    } catch (error) {
      if (this.#renew === undefined || !isDamage(error)) throw error
      this.#database.close()
      this.#statements.clear()
      this.#renew()
      this.#database = this.#open()
      this.beginnings += 1
      throw new RowsLost()
    }
  }
}

const inTransaction = (database: DatabaseSync, change: () => void): void => {
  database.exec("BEGIN IMMEDIATE")
  try {
    change()
    database.exec("COMMIT")
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK")
    throw error
  }
}

/** Fails for a file that is damaged or of another version. */
const prepare = (
  database: DatabaseSync,
  { isFile, keepsTexts }: { readonly isFile: boolean; readonly keepsTexts: boolean }
): void => {
  database.exec("PRAGMA secure_delete = ON; PRAGMA synchronous = NORMAL")
  if (isFile) database.exec("PRAGMA journal_mode = WAL")
  if (!keepsTexts) database.exec("ATTACH ':memory:' AS aside")
  inTransaction(database, () => {
    const { user_version: found } = { ...database.prepare("PRAGMA user_version").get() }
    const { tables } = {
      ...database.prepare("SELECT COUNT(*) AS tables FROM main.sqlite_schema").get()
    }
    if (found !== version && tables !== 0) throw new Error("another version")
    database.exec(tablesOf(keepsTexts ? "main" : "aside"))
    database.exec(`PRAGMA user_version = ${version}`)
  })
}
