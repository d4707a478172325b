using System.Text.Json.Serialization;

namespace Smcp.Jailer.Orders;

/// <summary>What a jailer says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JailReplyKind>))]
public enum JailReplyKind
{
    /// <summary>What its jails are worth, and what is missing.</summary>
    Ready = 0,

    /// <summary>The jail runs; the listening sockets of its ports are beside the message.</summary>
    Started = 1,

    /// <summary>No jail was made, and the reason. The connection ends.</summary>
    Refused = 2,

    Usage = 3,

    /// <summary>Nothing of the jail is left. The connection ends.</summary>
    Exited = 4,
}
