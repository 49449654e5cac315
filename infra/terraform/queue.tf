resource "aws_sqs_queue" "events" {
  name       = "${var.name}.fifo"
  fifo_queue = true

  # every message brings its own deduplication id; this is the net below it
  content_based_deduplication = true

  visibility_timeout_seconds = 6 * var.processor_timeout_seconds
  message_retention_seconds  = 1209600
  receive_wait_time_seconds  = 20
  max_message_size           = 1048576
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.max_receive_count
  })
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${var.name}-dead-letters.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
  max_message_size          = 1048576
  sqs_managed_sse_enabled   = true
}

output "queue_url" {
  description = "Where the Worker sends events."
  value       = aws_sqs_queue.events.url
}

output "dead_letters_url" {
  description = "What the reporter counts, and the operator redrives."
  value       = aws_sqs_queue.dead_letters.url
}

output "dead_letters_arn" {
  description = "The queue that the reporter may count."
  value       = aws_sqs_queue.dead_letters.arn
}

output "queue_arn" {
  description = "Source of the processor's event source mapping."
  value       = aws_sqs_queue.events.arn
}
