import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { Original } from "./Deduplication.ts"
import type { Journal } from "./FifoQueue.ts"
import type { Message } from "./Message.ts"
import type { QueueAttributes } from "./QueueAttributes.ts"

export interface QueueRecord {
  readonly name: string
  readonly attributes: QueueAttributes
  readonly createdAt: number
  readonly modifiedAt: number
}

/** AUTOINCREMENT remembers the highest sequence, also when its message is deleted. */
const tables = `
  CREATE TABLE IF NOT EXISTS queue (name TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, content TEXT NOT NULL,
    receive_count INTEGER NOT NULL, first_received_at INTEGER, visible_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS original (
    queue TEXT NOT NULL, key TEXT NOT NULL, message_id TEXT NOT NULL, sequence INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, PRIMARY KEY (queue, key)
  ) STRICT, WITHOUT ROWID;
`

const open = (folder: string | undefined): DatabaseSync => {
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  const file = folder === undefined ? ":memory:" : join(folder, "sqs.sqlite")
  const database = new DatabaseSync(file, { timeout: 2000 })
  // The exclusive lock keeps a second server off the folder. It ends with the process.
  database.exec(
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"
  )
  database.exec(tables)
  return database
}

/**
 * The state of every queue in one SQLite file. Finished transactions survive the death of the
 * process; a loss of power may take the last ones, but leaves the file readable.
 */
export class Store implements Journal {
  readonly #database: DatabaseSync
  readonly #statements

  constructor(folder: string | undefined) {
    const database = open(folder)
    this.#database = database
    this.#statements = {
      add: database.prepare("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)"),
      change: database.prepare(
        `UPDATE message SET receive_count = ?, first_received_at = ?, visible_at = ?
         WHERE sequence = ?`
      ),
      remove: database.prepare("DELETE FROM message WHERE sequence = ?"),
      remember: database.prepare("INSERT OR REPLACE INTO original VALUES (?, ?, ?, ?, ?)"),
      forget: database.prepare("DELETE FROM original WHERE queue = ? AND expires_at <= ?")
    }
  }

  readonly added = (message: Message): void => {
    const {
      sequence,
      queue,
      receiveCount,
      firstReceivedAt,
      visibleAt,
      gone: _,
      ...content
    } = message
    this.#statements.add.run(
      sequence,
      queue,
      JSON.stringify(content),
      receiveCount,
      firstReceivedAt ?? null,
      visibleAt
    )
  }

  readonly changed = (message: Message): void => {
    const { sequence, receiveCount, firstReceivedAt, visibleAt } = message
    this.#statements.change.run(receiveCount, firstReceivedAt ?? null, visibleAt, sequence)
  }

  readonly removed = (message: Message): void => {
    this.#statements.remove.run(message.sequence)
  }

  readonly remembered = (queue: string, key: string, original: Original): void => {
    const { messageId, sequence, expiresAt } = original
    this.#statements.remember.run(queue, key, messageId, sequence, expiresAt)
  }

  readonly forgotten = (queue: string, expiredAt: number): void => {
    this.#statements.forget.run(queue, expiredAt)
  }

  saveQueue(record: QueueRecord): void {
    const statement = this.#database.prepare("INSERT OR REPLACE INTO queue VALUES (?, ?)")
    statement.run(record.name, JSON.stringify(record))
  }

  deleteQueue(name: string): void {
    this.#database.prepare("DELETE FROM message WHERE queue = ?").run(name)
    this.#database.prepare("DELETE FROM original WHERE queue = ?").run(name)
    this.#database.prepare("DELETE FROM queue WHERE name = ?").run(name)
  }

  queues(): ReadonlyArray<QueueRecord> {
    const rows = this.#database.prepare("SELECT record FROM queue ORDER BY name").all()
    return rows.map((row): QueueRecord => JSON.parse(String(row.record)))
  }

  *messages(): Generator<Message> {
    const rows = this.#database.prepare("SELECT * FROM message ORDER BY sequence").iterate()
    for (const row of rows) {
      const firstReceivedAt = row.first_received_at
      yield {
        // Written by `added`: absent attributes stay absent.
        ...JSON.parse(String(row.content)),
        sequence: Number(row.sequence),
        queue: String(row.queue),
        receiveCount: Number(row.receive_count),
        firstReceivedAt: firstReceivedAt === null ? undefined : Number(firstReceivedAt),
        visibleAt: Number(row.visible_at),
        gone: false
      }
    }
  }

  *originals(): Generator<{ queue: string; key: string; original: Original }> {
    const rows = this.#database.prepare("SELECT * FROM original ORDER BY expires_at").iterate()
    for (const row of rows) {
      const original = {
        messageId: String(row.message_id),
        sequence: Number(row.sequence),
        expiresAt: Number(row.expires_at)
      }
      yield { queue: String(row.queue), key: String(row.key), original }
    }
  }

  lastSequence(): number {
    const last = this.#database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'message'")
    return Number(last.get()?.seq ?? 0)
  }

  /** Undoes all changes of a command that fails. */
  transaction<A>(command: () => A): A {
    this.#database.exec("BEGIN")
    try {
      const result = command()
      this.#database.exec("COMMIT")
      return result
    } catch (cause) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK")
      throw cause
    }
  }

  close(): void {
    this.#database.close()
  }
}
