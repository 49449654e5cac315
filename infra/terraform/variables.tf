variable "region" {
  description = "AWS region of every resource."
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "The region must be the code of an AWS region, for example eu-west-1."
  }
}

variable "name" {
  description = "Name of the table and the queue, and prefix of every other name; one for each stage."
  type        = string
  default     = "cv-analytics"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name))
    error_message = "The name must be 3 to 40 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "tags" {
  description = "Tags of every resource, beside Application and ManagedBy."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for key in keys(var.tags) : !startswith(lower(key), "aws:")])
    error_message = "The tags must not begin with aws:, which AWS keeps for itself."
  }
}

variable "processor_timeout_seconds" {
  description = "Timeout of the processor function; the queue hides a received message six times as long."
  type        = number
  default     = 60

  validation {
    condition = (
      floor(var.processor_timeout_seconds) == var.processor_timeout_seconds
      && var.processor_timeout_seconds >= 10 && var.processor_timeout_seconds <= 900
    )
    error_message = "The timeout must be 10 to 900 whole seconds, Lambda's longest."
  }
}

variable "max_receive_count" {
  description = "Receives after which a message goes to the dead-letter queue."
  type        = number
  default     = 5

  validation {
    condition = (
      floor(var.max_receive_count) == var.max_receive_count
      && var.max_receive_count >= 5 && var.max_receive_count <= 1000
    )
    error_message = "The receives must be 5 to 1000: with fewer, throttling alone kills healthy events."
  }
}

variable "delivery" {
  description = "How the processor gets its messages: trigger polls the queue day and night, schedule drains it every few minutes with a fifth of the requests."
  type        = string
  default     = "trigger"

  validation {
    condition     = contains(["trigger", "schedule"], var.delivery)
    error_message = "The delivery must be trigger or schedule."
  }
}

variable "drain_minutes" {
  description = "Minutes between two drains of the queue, where delivery is schedule."
  type        = number
  default     = 1

  validation {
    condition = (
      floor(var.drain_minutes) == var.drain_minutes && var.drain_minutes >= 1 && var.drain_minutes <= 60
    )
    error_message = "The drains must be 1 to 60 whole minutes apart."
  }
}

variable "watch" {
  description = "Whether the reporter looks every hour for failing answers, silence and the like, and mails what it finds."
  type        = bool
  default     = true
}

variable "billing_mode" {
  description = "PROVISIONED is free up to 25 units; PAY_PER_REQUEST has neither a limit nor a free part."
  type        = string
  default     = "PROVISIONED"

  validation {
    condition     = contains(["PROVISIONED", "PAY_PER_REQUEST"], var.billing_mode)
    error_message = "The billing mode must be PROVISIONED or PAY_PER_REQUEST."
  }
}

variable "capacity" {
  description = "Split of the free 25 write and 25 read units; ignored on demand."
  type = object({
    table         = object({ write = number, read = number })
    week_index    = object({ write = number, read = number })
    session_index = object({ write = number, read = number })
  })
  default = {
    table         = { write = 15, read = 9 }
    week_index    = { write = 5, read = 12 }
    session_index = { write = 5, read = 4 }
  }

  validation {
    condition = alltrue([
      for part in values(var.capacity) :
      part.write >= 1 && floor(part.write) == part.write && part.read >= 1 && floor(part.read) == part.read
    ])
    error_message = "The capacity must be whole units, at least one of each kind for each part."
  }

  validation {
    condition     = sum(values(var.capacity)[*].write) <= 25
    error_message = "The write capacity of the table and its indexes must not be above the free 25 units."
  }

  validation {
    condition     = sum(values(var.capacity)[*].read) <= 25
    error_message = "The read capacity of the table and its indexes must not be above the free 25 units."
  }
}

variable "point_in_time_recovery" {
  description = "Continuous backups of the table, at 0.20 dollars per GB and month."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "AWS refuses to delete the table while this is true; set it to false before an intended destroy."
  type        = bool
  default     = true
}

variable "report_time_zone" {
  description = "IANA time zone whose weeks are reported and whose Monday morning sends the e-mail."
  type        = string
  default     = "Etc/UTC"

  validation {
    condition     = can(regex("^(UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$", var.report_time_zone))
    error_message = "The time zone must be an IANA name, for example Europe/London."
  }
}

variable "report_from" {
  description = "Sender of the weekly e-mail, verified in SES; the reporter may use no other."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.report_from))
    error_message = "The sender must be a plain e-mail address."
  }
}

variable "alarm_email" {
  description = "Address for alarms and the budget's warnings; AWS asks it once for a confirmation."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "The alarm address must be a plain e-mail address."
  }
}

variable "budget_dollars" {
  description = "Monthly cost of the whole account, before credits, above which AWS warns."
  type        = number
  default     = 1

  validation {
    condition     = var.budget_dollars > 0
    error_message = "The budget must be above 0 dollars."
  }
}

variable "log_retention_days" {
  description = "Days that the functions' logs are kept; they never hold a question or an answer."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "The retention must be one that CloudWatch has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365 days."
  }
}

variable "code_bucket" {
  description = "Name of the bundles' bucket where the usual one, the name and the account, is taken by a stranger."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])?$", var.code_bucket))
    error_message = "The bucket must have 3 to 63 lower-case letters, digits and hyphens."
  }
}
