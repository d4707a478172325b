output "credentials_command" {
  description = "Lets kubectl reach the cluster."
  value       = "az aks get-credentials --resource-group ${azurerm_resource_group.smcp.name} --name ${azurerm_kubernetes_cluster.smcp.name}"
}

output "secret_command" {
  description = "Makes the secret that deploy/kubernetes asks for, without showing it."
  value       = <<-EOT
    kubectl create namespace smcp --dry-run=client -o yaml | kubectl apply -f -
    kubectl -n smcp create secret generic smcp \
      --from-literal=Smcp__Encryption__MasterKeys="$(az keyvault secret show --vault-name ${azurerm_key_vault.smcp.name} --name smcp-master-keys --query value -o tsv)" \
      --from-literal=Smcp__Postgres__ConnectionString="$(az keyvault secret show --vault-name ${azurerm_key_vault.smcp.name} --name smcp-postgres --query value -o tsv)"
  EOT
}
