using Orleans.Serialization.Cloning;
using Smcp.Protocol;

namespace Smcp.Mcp;

[GenerateSerializer]
internal struct McpCallSurrogate
{
    [Id(0)]
    public string Method;

    [Id(1)]
    public JsonRpcId Id;

    [Id(2)]
    public ReadOnlyMemory<byte> Params;

    [RegisterConverter]
    internal sealed class Converter : IConverter<McpCall, McpCallSurrogate>
    {
        public McpCall ConvertFromSurrogate(in McpCallSurrogate surrogate) =>
            new()
            {
                Method = surrogate.Method,
                Id = surrogate.Id,
                Params = surrogate.Params,
            };

        public McpCallSurrogate ConvertToSurrogate(in McpCall value) =>
            new()
            {
                Method = value.Method,
                Id = value.Id,
                Params = value.Params,
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<McpCall>;
}
