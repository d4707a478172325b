using Smcp.Wire;

namespace Smcp.Identity.OAuth;

[RegisterConverter]
internal sealed class ClientIdConverter : IConverter<ClientId, TextSurrogate>
{
    public ClientId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<ClientId>();

    public TextSurrogate ConvertToSurrogate(in ClientId value) => TextSurrogate.Of(value);
}
