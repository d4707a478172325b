namespace Smcp.Network.Forwarding;

/// <summary>What one proxy said of who called it: address, scheme and host, as far as it said them.</summary>
internal readonly record struct ForwardedHop(string? For, string? Proto, string? Host);
