using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>The key of a task list grain: <c>tenant/server/principal</c>.</summary>
public readonly record struct TaskListKey(TenantId Tenant, ServerId Server, PrincipalId Principal)
{
    public static TaskListKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3
            ? new TaskListKey(TenantId.Parse(parts[0]), ServerId.Parse(parts[1]), PrincipalId.Parse(parts[2]))
            : throw new FormatException("Not a valid task list key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Server}/{Principal}";
}
