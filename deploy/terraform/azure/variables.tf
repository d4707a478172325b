variable "name" {
  description = "What everything is named after: small letters and digits."
  type        = string
  default     = "smcp"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,11}$", var.name))
    error_message = "3 to 12 small letters and digits, a letter first."
  }
}

variable "location" {
  description = "The Azure region. It must have availability zones."
  type        = string
  default     = "westeurope"
}

variable "kubernetes_version" {
  description = "The version of Kubernetes; null takes the region's default."
  type        = string
  default     = null
}

variable "node_size" {
  description = "The size of the machines."
  type        = string
  default     = "Standard_D4s_v5"
}

variable "nodes_min" {
  description = "Machines at least; three, so that each zone has one."
  type        = number
  default     = 3

  validation {
    condition     = var.nodes_min >= 3
    error_message = "A cluster of silos survives the loss of a machine with three or more."
  }
}

variable "nodes_max" {
  description = "Machines at most."
  type        = number
  default     = 12
}

variable "postgres_size" {
  description = "The size of the database server."
  type        = string
  default     = "GP_Standard_D2ds_v5"
}

variable "postgres_storage_mb" {
  description = "The room of the database in MiB; it grows by itself."
  type        = number
  default     = 131072
}

variable "administrators" {
  description = "Object ids of the Entra groups that administer the Kubernetes cluster."
  type        = list(string)
}

variable "api_networks" {
  description = "Networks (CIDR) from which the Kubernetes API is reached."
  type        = list(string)
}
