using Orleans.Serialization.Cloning;
using Smcp.Mcp;

namespace Smcp.Servers;

[GenerateSerializer]
internal struct InstanceCallSurrogate
{
    [Id(0)]
    public CallId Id;

    [Id(1)]
    public McpCall Call;

    [Id(2)]
    public string? Session;

    [RegisterConverter]
    internal sealed class Converter : IConverter<InstanceCall, InstanceCallSurrogate>
    {
        public InstanceCall ConvertFromSurrogate(in InstanceCallSurrogate surrogate) =>
            new() { Id = surrogate.Id, Call = surrogate.Call, Session = surrogate.Session };

        public InstanceCallSurrogate ConvertToSurrogate(in InstanceCall value) =>
            new() { Id = value.Id, Call = value.Call, Session = value.Session };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<InstanceCall>;
}
