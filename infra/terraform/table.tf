resource "aws_dynamodb_table" "analytics" {
  name         = var.name
  billing_mode = "PROVISIONED"
  hash_key     = "requestId"
  range_key    = "timestamp"

  # the free 25 units are shared by the table and its indexes
  write_capacity = 15
  read_capacity  = 9

  attribute {
    name = "requestId"
    type = "S"
  }

  attribute {
    name = "timestamp"
    type = "N"
  }

  attribute {
    name = "week"
    type = "S"
  }

  attribute {
    name = "sessionId"
    type = "S"
  }

  global_secondary_index {
    name            = "week-index"
    hash_key        = "week"
    range_key       = "timestamp"
    write_capacity  = 5
    read_capacity   = 12
    projection_type = "INCLUDE"

    non_key_attributes = [
      "status",
      "sessionId",
      "question",
      "country",
      "agent",
      "botReason",
      "device",
      "browser",
      "language",
      "referrerHost",
      "own",
      "matchType",
      "matchScore",
      "processingTimeMs",
      "outcome",
      "model",
      "inputTokens",
      "outputTokens",
      "cachedInputTokens",
      "reasoningTokens",
      "expiresAt",
    ]
  }

  global_secondary_index {
    name               = "session-index"
    hash_key           = "sessionId"
    range_key          = "timestamp"
    write_capacity     = 5
    read_capacity      = 4
    projection_type    = "INCLUDE"
    non_key_attributes = ["status", "question"]
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }
}

output "table_name" {
  description = "Where the processor writes and the reporter reads."
  value       = aws_dynamodb_table.analytics.name
}
