using System.Text.Json.Serialization;

namespace Smcp.Jailer.Orders;

/// <summary>What a jail of this jailer is worth.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JailLevel>))]
public enum JailLevel
{
    /// <summary>No jail can be made; the problems say why.</summary>
    Unavailable = 0,

    /// <summary>Made without root: namespaces and seccomp, but everything runs as one user. For one tenant.</summary>
    User = 1,

    /// <summary>Each jail has a user of its own, a cgroup and seccomp. For any number of tenants.</summary>
    Full = 2,
}
