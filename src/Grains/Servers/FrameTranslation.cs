using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>
/// The server of a parked call knows the progress token of its first request only; a later request of the client brings
/// its own, or none, and must not see another's (2026-07-28 progress).
/// </summary>
internal sealed class FrameTranslation(JsonNode? progressToken)
{
    public static FrameTranslation For(McpCall call) =>
        new(RawJson.Parse(call.Params)?["_meta"]?[McpMetaKeys.ProgressToken]);

    /// <summary>The frame as the later request must see it; null when it must not.</summary>
    public McpFrame? Apply(McpFrame frame)
    {
        if (frame.Method != McpMethods.Progress)
        {
            return frame;
        }

        if (progressToken is null || RawJson.Parse(frame.Body) is not { } body)
        {
            return null;
        }

        body[McpMetaKeys.ProgressToken] = progressToken.DeepClone();
        return frame with { Body = RawJson.Write(body) };
    }
}
