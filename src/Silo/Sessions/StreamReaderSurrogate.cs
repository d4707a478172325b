using Orleans.Serialization.Cloning;

namespace Smcp.Sessions;

[GenerateSerializer]
internal struct StreamReaderSurrogate
{
    [Id(0)]
    public string Gateway;

    [Id(1)]
    public string Connection;

    [RegisterConverter]
    internal sealed class Converter : IConverter<StreamReader, StreamReaderSurrogate>
    {
        public StreamReader ConvertFromSurrogate(in StreamReaderSurrogate surrogate) =>
            new(surrogate.Gateway, surrogate.Connection);

        public StreamReaderSurrogate ConvertToSurrogate(in StreamReader value) =>
            new() { Gateway = value.Gateway, Connection = value.Connection };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<StreamReader>;
}
