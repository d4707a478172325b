using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smcp.Protocol;

/// <summary>
/// The id of a JSON-RPC request, kept as the JSON token that stood on the wire (<c>"a"</c> or <c>12</c>),
/// so that an answer repeats it exactly. Default is "no id".
/// </summary>
[JsonConverter(typeof(JsonRpcIdConverter))]
public readonly record struct JsonRpcId(string? Token)
{
    /// <summary>Whether there is no id: the message is a notification.</summary>
    public bool IsNone => Token is null;

    /// <summary>An id that is a number of ours.</summary>
    public static JsonRpcId FromNumber(long number) =>
        new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>An id that is a string of ours.</summary>
    public static JsonRpcId FromText(string text) => new(JsonSerializer.Serialize(text));

    /// <inheritdoc/>
    public override string ToString() => Token ?? "(none)";
}
