using Orleans.Serialization.Cloning;

namespace Smcp.Mcp;

[GenerateSerializer]
internal struct StreamTicketSurrogate
{
    [Id(0)]
    public CallId Call;

    [Id(1)]
    public long StreamId;

    [RegisterConverter]
    internal sealed class Converter : IConverter<StreamTicket, StreamTicketSurrogate>
    {
        public StreamTicket ConvertFromSurrogate(in StreamTicketSurrogate surrogate) =>
            new(surrogate.Call, surrogate.StreamId);

        public StreamTicketSurrogate ConvertToSurrogate(in StreamTicket value) =>
            new() { Call = value.Call, StreamId = value.StreamId };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<StreamTicket>;
}
