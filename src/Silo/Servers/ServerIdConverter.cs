using Smcp.Wire;

namespace Smcp.Servers;

[RegisterConverter]
internal sealed class ServerIdConverter : IConverter<ServerId, TextSurrogate>
{
    public ServerId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<ServerId>();

    public TextSurrogate ConvertToSurrogate(in ServerId value) => TextSurrogate.Of(value);
}
