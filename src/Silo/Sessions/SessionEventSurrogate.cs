using Orleans.Serialization.Cloning;

namespace Smcp.Sessions;

[GenerateSerializer]
internal struct SessionEventSurrogate
{
    [Id(0)]
    public long Sequence;

    [Id(1)]
    public ReadOnlyMemory<byte> Message;

    [RegisterConverter]
    internal sealed class Converter : IConverter<SessionEvent, SessionEventSurrogate>
    {
        public SessionEvent ConvertFromSurrogate(in SessionEventSurrogate surrogate) =>
            new(surrogate.Sequence, surrogate.Message);

        public SessionEventSurrogate ConvertToSurrogate(in SessionEvent value) =>
            new() { Sequence = value.Sequence, Message = value.Message };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<SessionEvent>;
}
