using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>The key of a task grain: <c>tenant/server/task</c>.</summary>
public readonly record struct TaskKey(TenantId Tenant, ServerId Server, TaskId Task)
{
    public static TaskKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3
            ? new TaskKey(TenantId.Parse(parts[0]), ServerId.Parse(parts[1]), TaskId.Parse(parts[2]))
            : throw new FormatException("Not a valid task key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Server}/{Task}";
}
