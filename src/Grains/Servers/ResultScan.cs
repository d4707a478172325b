using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>
/// What of 2026-07-28's result fields stands in a raw result, found in one pass that allocates nothing.
/// </summary>
internal readonly ref struct ResultScan
{
    private ResultScan(ReadOnlySpan<byte> body) => Body = body;

    public ReadOnlySpan<byte> Body { get; }

    public bool IsObject { get; private init; }

    public bool IsEmpty { get; private init; }

    public bool HasResultType { get; private init; }

    public bool IsInputRequired { get; private init; }

    public bool HasTtl { get; private init; }

    public bool HasCacheScope { get; private init; }

    public bool HasServerInfo { get; private init; }

    /// <summary>Where the members of the object begin.</summary>
    public int MembersAt { get; private init; }

    /// <summary>Where the members of <c>_meta</c> begin; 0 where there is none.</summary>
    public int MetaMembersAt { get; private init; }

    /// <summary>Whether <c>_meta</c> is there and empty.</summary>
    public bool IsMetaEmpty { get; private init; }

    public static ResultScan Of(ReadOnlySpan<byte> body)
    {
        var scan = new ResultScan(body);
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return scan;
        }

        scan = scan with { IsObject = true, IsEmpty = true, MembersAt = (int)reader.BytesConsumed };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            scan = scan.WithMember(ref reader) with { IsEmpty = false };
        }

        return scan;
    }

    private ResultScan WithMember(scoped ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("resultType"u8))
        {
            reader.Read();
            var inputRequired = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("input_required"u8);
            return this with { HasResultType = true, IsInputRequired = inputRequired };
        }

        if (reader.ValueTextEquals("_meta"u8))
        {
            reader.Read();
            return reader.TokenType == JsonTokenType.StartObject ? WithMeta(ref reader) : this;
        }

        var ttl = HasTtl || reader.ValueTextEquals("ttlMs"u8);
        var scope = HasCacheScope || reader.ValueTextEquals("cacheScope"u8);
        reader.Read();
        reader.Skip();
        return this with { HasTtl = ttl, HasCacheScope = scope };
    }

    private ResultScan WithMeta(scoped ref Utf8JsonReader reader)
    {
        var scan = this with { MetaMembersAt = (int)reader.BytesConsumed, IsMetaEmpty = true };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var serverInfo = scan.HasServerInfo || reader.ValueTextEquals(McpMetaKeys.ServerInfo);
            reader.Read();
            reader.Skip();
            scan = scan with { HasServerInfo = serverInfo, IsMetaEmpty = false };
        }

        return scan;
    }
}
