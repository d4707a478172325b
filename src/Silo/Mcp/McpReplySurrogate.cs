using Orleans.Serialization.Cloning;

namespace Smcp.Mcp;

[GenerateSerializer]
internal struct McpReplySurrogate
{
    [Id(0)]
    public bool IsError;

    [Id(1)]
    public ReadOnlyMemory<byte> Body;

    [RegisterConverter]
    internal sealed class Converter : IConverter<McpReply, McpReplySurrogate>
    {
        public McpReply ConvertFromSurrogate(in McpReplySurrogate surrogate) =>
            new() { IsError = surrogate.IsError, Body = surrogate.Body };

        public McpReplySurrogate ConvertToSurrogate(in McpReply value) =>
            new() { IsError = value.IsError, Body = value.Body };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<McpReply>;
}
