variable "region" {
  description = "AWS region of every resource."
  type        = string
  default     = "eu-west-1"
}

variable "name" {
  description = "Name of the table, and prefix of every other name."
  type        = string
  default     = "cv-analytics"
}

variable "processor_timeout_seconds" {
  description = "Timeout of the processor function; the queue hides a received message six times as long."
  type        = number
  default     = 60
}

variable "max_receive_count" {
  description = "Receives after which a message goes to the dead-letter queue."
  type        = number
  default     = 5
}

variable "report_time_zone" {
  description = "IANA time zone whose weeks are reported and whose Monday morning sends the e-mail."
  type        = string
  default     = "Etc/UTC"
}
