using Orleans.Serialization.Cloning;

namespace Smcp.Sessions;

[GenerateSerializer]
internal struct BellSurrogate
{
    [Id(0)]
    public string Connection;

    [Id(1)]
    public long StreamId;

    [Id(2)]
    public long Sequence;

    [RegisterConverter]
    internal sealed class Converter : IConverter<Bell, BellSurrogate>
    {
        public Bell ConvertFromSurrogate(in BellSurrogate surrogate) =>
            new(surrogate.Connection, surrogate.StreamId, surrogate.Sequence);

        public BellSurrogate ConvertToSurrogate(in Bell value) =>
            new() { Connection = value.Connection, StreamId = value.StreamId, Sequence = value.Sequence };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<Bell>;
}
