locals {
  provisioned = var.billing_mode == "PROVISIONED"
}

resource "aws_dynamodb_table" "analytics" {
  name         = var.name
  billing_mode = var.billing_mode
  hash_key     = "requestId"
  range_key    = "timestamp"

  write_capacity = local.provisioned ? var.capacity.table.write : null
  read_capacity  = local.provisioned ? var.capacity.table.read : null

  deletion_protection_enabled = var.deletion_protection

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

  # The provider deprecates hash_key and range_key of an index since 6.29. Their successor, key_schema,
  # made every plan of the first releases change an index that has a range key.
  global_secondary_index {
    name            = "week-index"
    hash_key        = "week"
    range_key       = "timestamp"
    write_capacity  = local.provisioned ? var.capacity.week_index.write : null
    read_capacity   = local.provisioned ? var.capacity.week_index.read : null
    projection_type = "INCLUDE"

    # AWS's API takes 20 at most
    non_key_attributes = [
      "sessionId",
      "question",
      "country",
      "lostBefore",
      "agent",
      "device",
      "browser",
      "referrerHost",
      "own",
      "askedIn",
      "matchType",
      "matchScore",
      "processingTimeMs",
      "outcome",
      "model",
      "tokens",
      "answeredIn",
      "vote",
    ]
  }

  global_secondary_index {
    name               = "session-index"
    hash_key           = "sessionId"
    range_key          = "timestamp"
    write_capacity     = local.provisioned ? var.capacity.session_index.write : null
    read_capacity      = local.provisioned ? var.capacity.session_index.read : null
    projection_type    = "INCLUDE"
    non_key_attributes = ["status", "question"]
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }
}
