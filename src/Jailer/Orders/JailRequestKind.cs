using System.Text.Json.Serialization;

namespace Smcp.Jailer.Orders;

/// <summary>What a jailer is asked for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JailRequestKind>))]
public enum JailRequestKind
{
    /// <summary>What jails of it are worth. Answered by <see cref="JailReplyKind.Ready"/>.</summary>
    Probe = 0,

    /// <summary>A jail, for as long as the connection lives.</summary>
    Start = 1,

    /// <summary>The jail's processor time is bounded from now on.</summary>
    BoundCpu = 2,

    /// <summary>What the jail takes. Answered by <see cref="JailReplyKind.Usage"/>.</summary>
    Measure = 3,

    /// <summary>The jail's end.</summary>
    Kill = 4,
}
