using Orleans.Serialization.Cloning;
using Smcp.Mcp;

namespace Smcp.Sessions;

[GenerateSerializer]
internal struct StreamPageSurrogate
{
    [Id(0)]
    public SessionEvent[] Events;

    [Id(1)]
    public bool More;

    [Id(2)]
    public bool Ended;

    [Id(3)]
    public bool Close;

    [Id(4)]
    public McpFault? Fault;

    [RegisterConverter]
    internal sealed class Converter : IConverter<StreamPage, StreamPageSurrogate>
    {
        public StreamPage ConvertFromSurrogate(in StreamPageSurrogate surrogate) =>
            new()
            {
                Events = surrogate.Events,
                More = surrogate.More,
                Ended = surrogate.Ended,
                Close = surrogate.Close,
                Fault = surrogate.Fault,
            };

        public StreamPageSurrogate ConvertToSurrogate(in StreamPage value) =>
            new()
            {
                Events = [.. value.Events],
                More = value.More,
                Ended = value.Ended,
                Close = value.Close,
                Fault = value.Fault,
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<StreamPage>;
}
