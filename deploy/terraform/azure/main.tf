# A managed cluster for deploy/kubernetes: Kubernetes over three zones, PostgreSQL with a standby in another zone, and a
# vault for the master key. The database and the nodes' own ports are reached from inside the network only.

data "azurerm_client_config" "current" {}

resource "azurerm_resource_group" "smcp" {
  name     = var.name
  location = var.location
}

resource "azurerm_virtual_network" "smcp" {
  name                = var.name
  location            = azurerm_resource_group.smcp.location
  resource_group_name = azurerm_resource_group.smcp.name
  address_space       = ["10.0.0.0/14"]
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = azurerm_resource_group.smcp.name
  virtual_network_name = azurerm_virtual_network.smcp.name
  address_prefixes     = ["10.1.0.0/16"]
}

resource "azurerm_subnet" "postgres" {
  name                 = "postgres"
  resource_group_name  = azurerm_resource_group.smcp.name
  virtual_network_name = azurerm_virtual_network.smcp.name
  address_prefixes     = ["10.2.0.0/24"]

  delegation {
    name = "postgres"

    service_delegation {
      name    = "Microsoft.DBforPostgreSQL/flexibleServers"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

resource "azurerm_kubernetes_cluster" "smcp" {
  name                      = var.name
  location                  = azurerm_resource_group.smcp.location
  resource_group_name       = azurerm_resource_group.smcp.name
  dns_prefix                = var.name
  kubernetes_version        = var.kubernetes_version
  local_account_disabled    = true
  automatic_upgrade_channel = "patch"
  node_os_upgrade_channel   = "NodeImage"
  sku_tier                  = "Standard"

  default_node_pool {
    name                        = "nodes"
    vm_size                     = var.node_size
    vnet_subnet_id              = azurerm_subnet.nodes.id
    zones                       = ["1", "2", "3"]
    auto_scaling_enabled        = true
    min_count                   = var.nodes_min
    max_count                   = var.nodes_max
    os_sku                      = "AzureLinux"
    temporary_name_for_rotation = "rotation"

    # One machine more while upgrading, and time for a node of the cluster to hand over (docs/operations.md).
    upgrade_settings {
      max_surge                     = "1"
      drain_timeout_in_minutes      = 10
      node_soak_duration_in_minutes = 1
    }
  }

  identity {
    type = "SystemAssigned"
  }

  azure_active_directory_role_based_access_control {
    azure_rbac_enabled     = true
    admin_group_object_ids = var.administrators
  }

  api_server_access_profile {
    authorized_ip_ranges = var.api_networks
  }

  # The network policies of deploy/kubernetes hold only where there is somebody to enforce them.
  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "cilium"
    network_data_plane  = "cilium"
    pod_cidr            = "10.244.0.0/16"
    service_cidr        = "10.96.0.0/16"
    dns_service_ip      = "10.96.0.10"
  }
}

resource "azurerm_private_dns_zone" "postgres" {
  name                = "${var.name}.private.postgres.database.azure.com"
  resource_group_name = azurerm_resource_group.smcp.name
}

resource "azurerm_private_dns_zone_virtual_network_link" "postgres" {
  name                  = "postgres"
  resource_group_name   = azurerm_resource_group.smcp.name
  private_dns_zone_name = azurerm_private_dns_zone.postgres.name
  virtual_network_id    = azurerm_virtual_network.smcp.id
}

resource "random_password" "postgres" {
  length  = 48
  special = false
}

resource "azurerm_postgresql_flexible_server" "smcp" {
  name                          = "${var.name}-${random_id.unique.hex}"
  location                      = azurerm_resource_group.smcp.location
  resource_group_name           = azurerm_resource_group.smcp.name
  version                       = "17"
  sku_name                      = var.postgres_size
  storage_mb                    = var.postgres_storage_mb
  auto_grow_enabled             = true
  backup_retention_days         = 14
  delegated_subnet_id           = azurerm_subnet.postgres.id
  private_dns_zone_id           = azurerm_private_dns_zone.postgres.id
  public_network_access_enabled = false
  administrator_login           = "smcp"
  administrator_password        = random_password.postgres.result
  zone                          = "1"

  high_availability {
    mode                      = "ZoneRedundant"
    standby_availability_zone = "2"
  }

  lifecycle {
    # After a failover the zones are the other way round.
    ignore_changes  = [zone, high_availability[0].standby_availability_zone]
    prevent_destroy = true
  }

  depends_on = [azurerm_private_dns_zone_virtual_network_link.postgres]
}

resource "azurerm_postgresql_flexible_server_database" "smcp" {
  name      = "smcp"
  server_id = azurerm_postgresql_flexible_server.smcp.id

  lifecycle {
    prevent_destroy = true
  }
}

resource "random_id" "unique" {
  byte_length = 3
}

# 256 bits: the master key that everything stored is encrypted under.
resource "random_bytes" "master_key" {
  length = 32

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_key_vault" "smcp" {
  name                       = "${var.name}-${random_id.unique.hex}"
  location                   = azurerm_resource_group.smcp.location
  resource_group_name        = azurerm_resource_group.smcp.name
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
}

resource "azurerm_role_assignment" "vault" {
  scope                = azurerm_key_vault.smcp.id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = data.azurerm_client_config.current.object_id
}

resource "azurerm_key_vault_secret" "master_keys" {
  name         = "smcp-master-keys"
  key_vault_id = azurerm_key_vault.smcp.id
  value        = "1:${random_bytes.master_key.base64}"
  depends_on   = [azurerm_role_assignment.vault]

  lifecycle {
    # Another version is added by hand when the key is rotated.
    ignore_changes  = [value]
    prevent_destroy = true
  }
}

resource "azurerm_key_vault_secret" "postgres" {
  name         = "smcp-postgres"
  key_vault_id = azurerm_key_vault.smcp.id
  value = join(";", [
    "Host=${azurerm_postgresql_flexible_server.smcp.fqdn}",
    "Database=${azurerm_postgresql_flexible_server_database.smcp.name}",
    "Username=${azurerm_postgresql_flexible_server.smcp.administrator_login}",
    "Password=${random_password.postgres.result}",
    "SSL Mode=VerifyFull",
  ])
  depends_on = [azurerm_role_assignment.vault]
}
